"""Every error that knowledge raises.

KnowledgeError
├── Unreadable        a file or a part of one that cannot be read: says why, the rest goes on
├── WrongMetadata     a field (kind, audience, date) that cannot be understood
├── StoreError        a catalogue or an index that refuses its work
└── EmbedderError     an embedder that gave no vectors: says what to do
    └── TextRefused   this text is the reason, others are welcome
"""


class KnowledgeError(Exception):
    """Base of every error raised here; its message is one plain line."""


class Unreadable(KnowledgeError):
    """A document that cannot be read; the message is the reason, without the path."""


class WrongMetadata(KnowledgeError):
    """Metadata that cannot be understood; the message says what was expected."""


class StoreError(KnowledgeError):
    """The catalogue or an index cannot do what was asked."""


class EmbedderError(KnowledgeError):
    """No vectors were to be had; the message names what to do, and holds no key."""


class TextRefused(EmbedderError):
    """The embedder does not take this text, though it may take others."""
