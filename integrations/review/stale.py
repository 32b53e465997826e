"""Corrections that no longer hold, put before their owners to be verified again."""

from hashlib import blake2b

from assistant.correction import Correction
from assistant.review import Why
from integrations.review.corrections import Corrections
from integrations.review.queue import OPEN, Reviews
from integrations.review.queue_rows import Waiting
from knowledge.access import plain_name


def ask_owners(corrections: Corrections, reviews: Reviews) -> list[str]:
    """Put every correction that no longer holds into the queue, once for each time it became so; the entries' ids.

    To be called after an ingest and once a day: that nothing stale is shown does not depend on it.
    """
    put = []
    for correction, audiences in corrections.unguarded(corrections.stale()):
        cited = tuple(dict.fromkeys(each.document for each in correction.cites))
        entry = Waiting(
            _id(correction), correction.answer, correction.id, "", correction.question, (Why.STALE,),
            plain_name(correction.coach), OPEN, reviews.now(), reviews.due(), "", 0.0, cited,
        )  # fmt: skip
        put.append(reviews.put(entry, audiences))
    return put


def _id(correction: Correction) -> str:
    """Another one as soon as it was verified again."""
    rested = sorted((each.document, each.version) for each in correction.cites)
    return blake2b(repr(("stale", correction.id, correction.expires, rested)).encode(), digest_size=10).hexdigest()
