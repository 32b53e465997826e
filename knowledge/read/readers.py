"""Which function reads which format."""

from collections.abc import Callable, Iterator, Mapping

from knowledge.read.attachment import Attachment
from knowledge.read.csv import read_csv
from knowledge.read.eml import read_eml
from knowledge.read.html import read_html
from knowledge.read.jsonl import read_jsonl
from knowledge.read.limits import Limits
from knowledge.read.markdown import read_markdown
from knowledge.read.office import read_ole, read_zip
from knowledge.read.pdf import read_pdf
from knowledge.read.reading import Failure, Reading
from knowledge.read.text import read_text

Reader = Callable[[bytes, str, Limits], Iterator[Reading | Failure | Attachment]]

TEXT: Mapping[str, Reader] = {
    "text": read_text,
    "markdown": read_markdown,
    "csv": read_csv,
    "jsonl": read_jsonl,
}
"""Formats that this process reads itself."""

ISOLATED: Mapping[str, Reader] = {
    "html": read_html,
    "eml": read_eml,
    "pdf": read_pdf,
    "zip": read_zip,
    "ole": read_ole,
}
"""Formats that need a parser which a hostile file can hang or crash."""
