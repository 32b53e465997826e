"""Prompts: files of ours, whose variables are checked and whose words have a name."""

import pytest

from assistant.ports import Message
from assistant.prompting import Prompt, prompt


def test_a_prompt_is_a_system_part_and_a_user_part() -> None:
    made = Prompt("p", "Be kind to {{who}}.\n=== user ===\nHello {{who}}")
    assert made.fill(who="Ann") == (Message("system", "Be kind to Ann."), Message("user", "Hello Ann"))


@pytest.mark.parametrize("values", [{}, {"who": "x", "what": "y"}, {"what": "y"}])
def test_a_variable_that_is_missing_or_unknown_is_an_error(values: dict[str, str]) -> None:
    with pytest.raises(TypeError, match="takes who"):
        Prompt("p", "{{who}}").fill(**values)


def test_what_is_filled_in_is_never_read_for_variables() -> None:
    made = Prompt("p", "{{question}} {{secret}}")
    assert made.fill(question="{{secret}}", secret="s")[0].text == "{{secret}} s"


def test_the_hash_follows_the_words() -> None:
    assert Prompt("p", "a").hash != Prompt("p", "b").hash
    assert Prompt("p", "a").hash == Prompt("q", "a").hash


@pytest.mark.parametrize(
    ("name", "variables"),
    [
        ("draft", {"delimiter", "language", "history", "question", "passages"}),
        ("plan", {"delimiter", "most", "conversation", "question"}),
        ("repair", {"problem"}),
    ],
)
def test_our_prompts_take_what_they_are_given(name: str, variables: set[str]) -> None:
    filled = prompt(name).fill(**{each: f"<{each}>" for each in variables})
    text = "\n".join(each.text for each in filled)
    assert all(f"<{each}>" in text for each in variables)
    assert "{{" not in text
