"""Stretches of time in the reader's language."""

from assistant.questions import Language

_UNITS: dict[Language, tuple[tuple[float, str, str], ...]] = {
    "en": ((86_400, "day", "days"), (3600, "hour", "hours"), (60, "minute", "minutes")),
    "zh-Hans": ((86_400, "天", "天"), (3600, "小时", "小时"), (60, "分钟", "分钟")),
    "zh-Hant": ((86_400, "天", "天"), (3600, "小時", "小時"), (60, "分鐘", "分鐘")),
}


def span(seconds: float, language: Language) -> str:
    """A stretch of time, down to what it fills twice of a unit: 47 hours, 2 days; empty under a minute."""
    for size, one, many in _UNITS[language]:
        number = int(seconds // size)
        if number >= 2 or (number == 1 and size == 60):
            return f"{number} {one if number == 1 else many}"
    return ""
