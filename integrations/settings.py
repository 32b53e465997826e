"""The settings, read once: environment variables, then `coach.toml` in the working directory."""

import json
import os
import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from knowledge.errors import KnowledgeError

SAMPLES = Path(__file__).resolve().parent.parent / "knowledge" / "samples"


def _either(name: str, common: str = "") -> AliasChoices:
    """Our name for a setting, its name in coach.toml, or the one that other tools use for it."""
    return AliasChoices(f"COACH_{name}", name.lower(), common or name)


class WrongSettings(KnowledgeError):
    """A setting that cannot be used; the message names it and says what to do."""


class Settings(BaseSettings):
    """What is in force. Names are those of the environment, without COACH_."""

    model_config = SettingsConfigDict(
        env_prefix="COACH_", toml_file="coach.toml", extra="forbid", frozen=True, env_ignore_empty=True
    )

    home: Path = Path(".coach")
    library: Annotated[tuple[Path, ...], NoDecode] = ()
    database_url: str = ""
    language: Literal["", "zh-Hans", "zh-Hant", "en"] = ""
    slack_bot_token: SecretStr = Field(default=SecretStr(""), validation_alias=_either("SLACK_BOT_TOKEN"))
    slack_app_token: SecretStr = Field(default=SecretStr(""), validation_alias=_either("SLACK_APP_TOKEN"))
    slack_signing_secret: SecretStr = Field(default=SecretStr(""), validation_alias=_either("SLACK_SIGNING_SECRET"))
    slack_client_id: str = Field(default="", validation_alias=_either("SLACK_CLIENT_ID"))
    slack_client_secret: SecretStr = Field(default=SecretStr(""), validation_alias=_either("SLACK_CLIENT_SECRET"))
    slack_port: int = Field(default=3000, ge=0, le=65535, validation_alias=_either("SLACK_PORT"))
    slack_api_url: str = ""
    web_port: int = Field(default=8800, ge=0, le=65535)
    web_url: str = ""
    health_port: int = Field(default=8799, ge=0, le=65535)
    model: str = ""
    model_url: str = "https://api.openai.com/v1"
    model_key: SecretStr = Field(default=SecretStr(""), validation_alias=_either("MODEL_KEY", "OPENAI_API_KEY"))
    model_seconds: float = Field(default=60.0, gt=0)
    model_price_read: float = Field(default=0.0, ge=0)
    model_price_written: float = Field(default=0.0, ge=0)
    judge: str = ""
    judge_url: str = ""
    judge_key: SecretStr = Field(default=SecretStr(""), validation_alias=_either("JUDGE_KEY"))
    passages: int = Field(default=10, ge=1, le=50)
    question_tokens: int = Field(default=12_000, ge=3_000)
    answer_tokens: int = Field(default=2_500, ge=200)
    day_tokens: int = Field(default=0, ge=0)
    embedder: str = ""
    embedder_url: str = "https://api.openai.com/v1"
    embedder_key: SecretStr = Field(default=SecretStr(""), validation_alias=_either("EMBEDDER_KEY", "OPENAI_API_KEY"))
    embedder_seconds: float = Field(default=1.5, gt=0)
    embedder_weight_en: float = Field(default=0.3, ge=0, lt=1)
    embedder_weight_zh: float = Field(default=0.2, ge=0, lt=1)
    chroma_url: str = ""
    people: Path = Path("people.yaml")
    audit_days: int = Field(default=180, ge=1)
    review_channel: str = ""
    review_share: float = Field(default=0.05, ge=0, le=1)
    review_hours: float = Field(default=24.0, gt=0)
    review_days: int = Field(default=90, ge=1)
    review_topics: dict[str, str] = {}
    review_digest: Literal["off", "mon", "tue", "wed", "thu", "fri", "sat", "sun"] = "mon"
    max_file_mb: int = Field(default=50, ge=1)
    read_seconds: float = Field(default=60.0, gt=0)

    @field_validator("model_url")
    @classmethod
    def _a_web_address(cls, url: str) -> str:
        """Anything else would only show once somebody asks."""
        if not re.fullmatch(r"https?://[^\s/]+\S*", url):
            raise ValueError("it must be an address like https://api.openai.com/v1")
        return url

    @field_validator("library", mode="before")
    @classmethod
    def _folders_named(cls, raw: object) -> object:
        """One folder, several as in PATH, or a JSON list."""
        if not isinstance(raw, str):
            return raw
        return json.loads(raw) if raw.startswith("[") else [each for each in raw.split(os.pathsep) if each]

    @cached_property
    def folders(self) -> tuple[Path, ...]:
        """What is indexed at the first question: the named folders, else the starter library."""
        return self.library or (_nearby(SAMPLES),)

    @cached_property
    def database(self) -> str:
        """The URL of the catalogue: the one set, else a file in `home`."""
        return self.database_url or f"sqlite:///{self.home / 'catalogue.sqlite'}"

    @cached_property
    def masked_database(self) -> str:
        """The catalogue's URL without its password."""
        return _masked(self.database)

    @cached_property
    def masked_model_url(self) -> str:
        """The model server's URL without a password or a query, either of which may be a key."""
        return _masked(self.model_url.partition("?")[0])

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment, then coach.toml; no .env file is read."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def _masked(url: str) -> str:
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", url)


def _nearby(path: Path) -> Path:
    """A path people can read: relative to where they are, when it lies below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def load() -> Settings:
    """Read the settings. Raises WrongSettings with one line that says what to mend."""
    try:
        return Settings()
    except ValidationError as error:
        raise WrongSettings(_first(error)) from None
    except (OSError, ValueError) as error:
        raise WrongSettings(f"coach.toml cannot be read: {error}") from None


def laid_over(base: Settings, file: Path) -> Settings:
    """Settings with what another file like coach.toml says instead. Raises WrongSettings, naming the file."""
    try:
        return Settings(**base.model_dump() | tomllib.loads(file.read_text("utf-8")))
    except ValidationError as error:
        raise WrongSettings(f"{file}: {_first(error)}") from None
    except (OSError, ValueError) as error:
        raise WrongSettings(f"{file} cannot be read: {error}") from None


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    name = "_".join(str(part) for part in first["loc"])
    return f"COACH_{name.upper()} is not usable: {first['msg'].lower()}"
