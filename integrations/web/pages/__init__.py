"""The sections of the console, in the order of the menu. A new one: a module here with its SECTION, named below."""

from integrations.web.console import Section
from integrations.web.pages.ask import SECTION as ASK
from integrations.web.pages.case import SECTION as CASE
from integrations.web.pages.correct import SECTION as CORRECT
from integrations.web.pages.corrections import SECTION as CORRECTIONS
from integrations.web.pages.documents import SECTION as DOCUMENTS
from integrations.web.pages.evaluations import SECTION as EVALUATIONS
from integrations.web.pages.gaps import SECTION as GAPS
from integrations.web.pages.queue import SECTION as QUEUE
from integrations.web.pages.search import SECTION as SEARCH
from integrations.web.pages.signin import SECTION as SIGNIN
from integrations.web.pages.statistics import SECTION as STATISTICS

SECTIONS: tuple[Section, ...] = (
    ASK, SEARCH, DOCUMENTS, QUEUE, CASE, CORRECT, CORRECTIONS, GAPS, STATISTICS, EVALUATIONS, SIGNIN,
)  # fmt: skip
