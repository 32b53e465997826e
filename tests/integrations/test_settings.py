"""Settings: where they come from, what they default to, and what is said when they are wrong."""

import os
from pathlib import Path

import pytest

from integrations.settings import SAMPLES, WrongSettings, load


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in os.environ if each.startswith("COACH_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def _toml(tmp_path: Path, text: str) -> None:
    (tmp_path / "coach.toml").write_text(text, encoding="utf-8")


def test_with_nothing_set_everything_has_a_default() -> None:
    settings = load()
    assert settings.home == Path(".coach")
    assert settings.database == "sqlite:///.coach/catalogue.sqlite"
    assert settings.folders == (SAMPLES,)
    assert SAMPLES.is_dir()
    assert (settings.language, settings.max_file_mb) == ("", 50)


def test_the_environment_goes_before_the_file_and_empty_counts_as_unset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _toml(tmp_path, 'home = "from-file"\nlanguage = "zh-Hant"\nlibrary = ["a", "b"]\n')
    monkeypatch.setenv("COACH_HOME", "from-environment")
    monkeypatch.setenv("COACH_LANGUAGE", "")
    settings = load()
    assert settings.home == Path("from-environment")
    assert settings.language == "zh-Hant"
    assert settings.folders == (Path("a"), Path("b"))


@pytest.mark.parametrize(
    ("raw", "folders"),
    [
        ("playbooks", ("playbooks",)),
        (f"play books{os.pathsep}cases", ("play books", "cases")),
        ('["play books", "cases"]', ("play books", "cases")),
    ],
)
def test_the_library_is_one_folder_or_several(
    monkeypatch: pytest.MonkeyPatch, raw: str, folders: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COACH_LIBRARY", raw)
    assert load().folders == tuple(map(Path, folders))


def test_the_starter_library_is_named_as_people_would_when_it_lies_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SAMPLES.parent.parent)
    assert load().folders == (Path("knowledge/samples"),)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COACH_LANGUAGE", "klingon"),
        ("COACH_MAX_FILE_MB", "0"),
        ("COACH_MAX_FILE_MB", "many"),
        ("COACH_READ_SECONDS", "-1"),
        ("COACH_LIBRARY", '["unclosed'),
    ],
)
def test_a_value_that_cannot_be_used_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSettings, match=name) as refused:
        load()
    assert "\n" not in str(refused.value)


def test_a_name_that_is_not_known_in_the_file_is_refused(tmp_path: Path) -> None:
    _toml(tmp_path, 'hoem = "x"\n')
    with pytest.raises(WrongSettings, match="HOEM"):
        load()


@pytest.mark.parametrize("text", ["home = ", "home", "\x00"])
def test_a_file_that_is_not_toml_is_refused(tmp_path: Path, text: str) -> None:
    _toml(tmp_path, text)
    with pytest.raises(WrongSettings, match=r"coach\.toml cannot be read"):
        load()


def test_a_password_in_the_address_of_the_database_is_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_DATABASE_URL", "postgresql://coach:s3cret@host/db")
    settings = load()
    assert settings.database.count("s3cret") == 1
    assert settings.masked_database == "postgresql://coach:***@host/db"


def test_settings_cannot_be_changed_once_read() -> None:
    settings = load()
    with pytest.raises(ValueError, match="frozen"):
        settings.home = Path("elsewhere")
