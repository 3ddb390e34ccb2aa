"""What a reader may set: in `dateline.toml`, in `DATELINE_*` variables, or in code."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_serializer
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from corpus.errors import SettingsError
from corpus.masking import without_secrets
from embeddings.embedders.engines import EngineName
from embeddings.embedders.models import DEFAULT_EMBEDDER, DEFAULT_GENERATOR
from rag.answering.options import AnswerOptions
from rag.finding.readers import AUTO
from rag.finding.retrieve import RetrieveOptions
from rag.refuse import RefuseOptions
from rag.writing.prompt import PromptOptions, Style

_RETRIEVE, _REFUSE = RetrieveOptions(), RefuseOptions()


class Settings(BaseSettings):
    """All settings. Variables win over the file, and arguments in code win over both.

    Dumped, as an answer and a run of evals keep them, the addresses have no secrets in them.

    Attributes:
        model: URI of the generator.
        embedder: URI of the embedder; a library keeps the one that it was made with.
        engine: what runs the embedder: 'auto' takes the quickest that this machine has.
        library: the folder or `milvus:` URI that `dateline` uses when no --library is given.
        reader: the trained reader of the evidence: 'auto', the one that ships, beside the default
            embedder; 'off'; or the folder of an adapter.
        verifier: the trained verifier of sentences, as `reader`.
        answerer: the trained answerer, as `reader`, beside the default generator; it writes in
            the style 'trained'.
        style: 'short' (a few copied words and the quote), 'trained' (the same, with the trained
            answerer's say), 'cited' (whole sentences), or 'auto': 'trained' for the default model,
            'short' where that has no answerer, and 'cited' for any other.
        hits: passages read for one question.
        least_answerable: how good the best evidence must be for an answer, in [0, 1]; higher
            refuses more.
    """

    model_config = SettingsConfigDict(
        env_prefix="DATELINE_", toml_file="dateline.toml", extra="forbid", frozen=True
    )

    model: str = DEFAULT_GENERATOR
    embedder: str = DEFAULT_EMBEDDER
    engine: EngineName = "auto"
    library: Path | str = "dateline-library"
    reader: str = AUTO
    verifier: str = AUTO
    answerer: str = AUTO
    style: Literal["auto", "short", "cited", "trained"] = "auto"
    hits: int = Field(default=_RETRIEVE.hits, ge=1, le=50)
    least_answerable: float = Field(default=_REFUSE.least_answerable, ge=0.0, le=1.0)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Code, then variables, then the file; no .env file and no secrets folder."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @field_serializer("model", "embedder", "library")
    def _address(self, value: Path | str) -> str:
        return without_secrets(str(value))

    def answer_options(self) -> AnswerOptions:
        """The options of each stage that these settings amount to."""
        return AnswerOptions(
            retrieve=RetrieveOptions(hits=self.hits),
            refuse=RefuseOptions(least_answerable=self.least_answerable),
            prompt=PromptOptions(style=self._style()),
        )

    def _style(self) -> Style:
        if self.style == "auto":
            return "trained" if self.model == DEFAULT_GENERATOR else "cited"
        return self.style


def load_settings(**given: object) -> Settings:
    """Settings from code, variables and `dateline.toml` in the working folder.

    Args:
        given: settings by name; None means 'not given'.

    Raises:
        SettingsError: a setting is unknown or out of range, or the file is no TOML.
    """
    chosen = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**chosen)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        raise SettingsError(
            f"the setting {name} is wrong: {first['msg']}",
            where=f"dateline.toml, DATELINE_{name.upper()} or code",
            next_step=f"known settings: {', '.join(Settings.model_fields)}",
        ) from error
    except ValueError as error:  # tomllib.TOMLDecodeError
        raise SettingsError(
            f"the settings file is no TOML: {error}",
            where=Path("dateline.toml").resolve(),
            next_step="mend the line that it names",
        ) from error
