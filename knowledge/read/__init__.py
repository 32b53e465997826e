"""Bytes to text: one file in, the documents in it out.

The way in       read, supported, Limits
What comes out   Reading (with its Heading and Page spans), Failure

A file that yields nothing raises `knowledge.errors.Unreadable`. Formats are told by content, then
by suffix; complicated ones are parsed in a child process with bounded memory and time.
"""

from knowledge.read.door import read, supported
from knowledge.read.limits import Limits
from knowledge.read.reading import Failure, Heading, Page, Reading

__all__ = ["Failure", "Heading", "Limits", "Page", "Reading", "read", "supported"]
