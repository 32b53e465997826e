"""Finds canaries in any text, whatever script, width or hidden characters it is written with."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tests.leaks.company import Company, Paper
from tests.leaks.words import simplified

_DROPPED = re.compile(r"[^0-9a-z\u3400-\u9fff]+")
_KEY = 4


def folded(text: str) -> str:
    """A text without marks, spaces and invisible characters: one width, one script, small letters."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return _DROPPED.sub("", simplified(plain))


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return folded(text)


class Canaries:
    """All secrets of a company: three forms a document, and the names of accounts that nothing public names.

    A secret is known by a document, or by the account itself.
    """

    def __init__(self, company: Company) -> None:
        self._by_start: dict[str, list[tuple[str, Paper | str]]] = defaultdict(list)
        for paper in company.secrets:
            assert paper.canary
            for form in paper.canary.forms:
                self._add(form, paper)
        for account in closed_accounts(company):
            self._add(account, account)

    def _add(self, form: str, secret: Paper | str) -> None:
        plain = folded(form)
        self._by_start[plain[:_KEY]].append((plain, secret))

    def within(self, text: str) -> Iterator[tuple[str, Paper | str]]:
        """Each form that stands in a text, with its secret."""
        plain = folded(text)
        for at in range(len(plain) - _KEY + 1):
            for form, secret in self._by_start.get(plain[at : at + _KEY], ()):
                if plain.startswith(form, at):
                    yield form, secret

    def said(self, texts: Iterable[str]) -> frozenset[str]:
        """The forms that people themselves typed."""
        return frozenset(form for text in texts for form, _ in self.within(text))


def holds(text: str, paper: Paper, but: Iterable[str] = ()) -> bool:
    """Whether a text has any form of a document's canary, other than some."""
    assert paper.canary
    plain = folded(text)
    return any(_folded(form) in plain for form in paper.canary.forms if _folded(form) not in but)


def closed_accounts(company: Company) -> frozenset[str]:
    """The names of accounts that nothing public names."""
    public = {account for account in company.scripts if any(_is_public_case(each, account) for each in company.papers)}
    return frozenset(company.scripts.keys() - public)


def _is_public_case(paper: Paper, account: str) -> bool:
    return not paper.canary and f'account: "{account}"' in paper.text
