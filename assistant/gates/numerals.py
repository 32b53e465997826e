"""The values of numerals in Chinese and English: digits with separators, characters, words."""

import re
from fractions import Fraction
from math import prod

Value = int | Fraction

_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORDS = {word: at for at, word in enumerate(_SMALL)} | {word: 20 + 10 * at for at, word in enumerate(TENS)}
GREAT = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
SHORT = {"k": 10**3, "m": 10**6, "mn": 10**6, "mm": 10**6, "mil": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12}
ORDINALS = {
    word: at
    for at, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
        fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth""".split(),
        start=1,
    )
} | {"thirtieth": 30}
PARTS = {word: at for word, at in ORDINALS.items() if 3 <= at <= 10} | {"half": 2, "quarter": 4}

HAN = "零〇一二两三四五六七八九十百千万亿廿卅"
HAN_FORMAL = "壹贰叁参肆伍陆柒捌玖拾佰仟"
_PLAIN = str.maketrans(f"〇{HAN_FORMAL}", "零一二三三四五六七八九十百千") | str.maketrans({"廿": "二十", "卅": "三十"})
_DIGITS = {each: at for at, each in enumerate("零一二三四五六七八九")} | {"两": 2}
STEPS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

ARABIC = (
    r"(?:\d{1,3}(?:(?:,\d{3}){1,99}|(?:[ ]\d{3}){1,99}|(?:\.\d{3}){2,99})(?!\d)(?:\.\d{1,99})?|\d{1,99}(?:\.\d{1,99})?)"
)
_TOKEN = re.compile(rf"{ARABIC}|.")


def arabic_value(digits: str) -> Value:
    """The value of digits; commas, spaces and more than one full stop only group them."""
    plain = re.sub(r"[, ]", "", digits)
    return simple(Fraction(plain.replace(".", "") if plain.count(".") > 1 else plain))


def english_value(words: str) -> int:
    """The value of a number in words: `two hundred and five`, `a dozen`."""
    total = current = 0
    for word in re.findall("[a-z]+", words):
        if word in WORDS:
            current += WORDS[word]
        elif word in GREAT:
            current = (current or 1) * GREAT[word]
            if GREAT[word] >= 1000:
                total, current = total + current, 0
    return total + current


def han_value(numeral: str) -> Value | None:
    """The value of a Chinese numeral, which may mix digits in: 三百五, 二〇二六, 12万5千; None for bare multipliers."""
    whole, _, decimals = numeral.translate(_PLAIN).partition("点")
    tokens = _TOKEN.findall(whole)
    if all(each in "百千万亿" for each in tokens):
        return None
    value = _positional(tokens) if len(tokens) > 1 and _DIGITS.keys() >= set(tokens) else _multiplied(tokens)
    return value + Fraction(_positional([*decimals]), 10 ** len(decimals)) if decimals else value


def _positional(digits: list[str]) -> int:
    return int("".join(str(_DIGITS[each]) for each in digits))


def _multiplied(tokens: list[str]) -> Value:
    """The value of digits and multipliers: what stands before 万 and 亿 is multiplied as a whole."""
    total: Value = 0
    section: Value = 0
    digit: Value | None = None
    for token in tokens:
        step = STEPS.get(token, 0)
        if not step:
            digit = _DIGITS[token] if token in _DIGITS else arabic_value(token)
        elif step < 10**4:
            section, digit = section + (1 if digit is None else digit) * step, None
        elif step == 10**4:
            total, section, digit = total + (section + (digit or 0)) * step, 0, None
        else:
            total, section, digit = (total + section + (digit or 0)) * step, 0, None
    return total + section + (digit or 0) * _implied(tokens)


def _implied(tokens: list[str]) -> int:
    """What the last digit counts: 三百五 is 350, but 三百零五 is 305 and 十五 is 15."""
    if len(tokens) < 2 or len(tokens[-1]) > 1:
        return 1
    return max(STEPS.get(tokens[-2], 10) // 10, 1)


def scale(numeral: str) -> int:
    """The multiplier that a Chinese numeral ends in, 十 left out: 10**4 for 三十万."""
    ending = numeral.translate(_PLAIN)
    return multiplier(ending[len(ending.rstrip("百千万亿")) :])


def multiplier(steps: str) -> int:
    """The product of multipliers: 10**6 for 百万."""
    return prod(STEPS.get(each, 1) for each in steps)


def simple(value: Value) -> Value:
    """The same value, as an integer when it is one."""
    return value.numerator if value.denominator == 1 else value
