"""How many tokens a text may take, counted without any model's own table."""

from knowledge.language import han_count

# Chinese characters take 0.6 to 1 tokens, other scripts a token for about four characters: counted on the safe side.
_OTHERS = 3.5


def tokens(text: str) -> int:
    """An estimate that is rather too high than too low."""
    han = han_count(text)
    return han + round((len(text) - han) / _OTHERS) + 1
