"""What can go wrong in an evaluation, told in one line.

EvaluationError
├── WrongBenchmark   questions that cannot be used, with file and line
├── WrongRun         a run that is not there, is not whole or does not fit another
└── WrongLabels      judgements of coaches that cannot be read
"""

from knowledge.errors import KnowledgeError


class EvaluationError(KnowledgeError):
    """An evaluation that cannot go on; the message says what to do."""


class WrongBenchmark(EvaluationError):
    """Questions that cannot be used."""


class WrongRun(EvaluationError):
    """A run that is not there, is not whole, or does not fit what it is held against."""


class WrongLabels(EvaluationError):
    """Judgements of coaches that cannot be read."""
