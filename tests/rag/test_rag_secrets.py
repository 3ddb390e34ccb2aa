"""A password or a key inside an address is in nothing that an answer or an error carries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import DatelineError
from embeddings.embedders.models import resolve
from embeddings.milvus.address import parse
from rag.newsroom import Newsroom
from rag.settings import Settings
from rag.showing.exporting import FORMS
from rag.showing.transcript import Exchange, Transcript
from tests.rag.desks import HARBOUR_QUESTION, make_newsroom

SECRET = "hunter2"


def test_settings_are_dumped_without_secrets_and_used_with_them() -> None:
    settings = Settings(
        model=f"openai:http://me:{SECRET}@host/v1?key={SECRET}#big",
        embedder=f"hf:https://me:{SECRET}@hub/a/b@c",
        library=f"milvus:http://me:{SECRET}@host#news",
    )
    assert SECRET not in settings.model_dump_json()
    assert SECRET not in str(settings.model_dump(mode="json"))
    for address in (settings.model, settings.embedder, str(settings.library)):
        assert SECRET in address
    read = Settings.model_validate_json(settings.model_dump_json())
    assert read.model == "openai:http://…@host/v1?…#big"


def test_no_form_of_an_answer_carries_a_secret_of_the_settings(tmp_path: Path) -> None:
    with make_newsroom(tmp_path, least_answerable=1.0, style="short") as made:
        model = f"openai:http://me:{SECRET}@host/v1?key={SECRET}#big"
        settings = made.settings.model_copy(update={"model": model})
        # As the page and the command line open one: the model waits until it is needed.
        answer = Newsroom(made.library, made.embedder, None, settings).ask(HARBOUR_QUESTION)
    assert answer.fingerprint["generator"] == "openai:http://…@host/v1?…#big"
    assert "openai:http://…@host/v1?…#big" in answer.fingerprint["settings"]
    told = Transcript("Harbour", "library", date(2024, 3, 6), (Exchange(answer.question, answer),))
    assert "…@host" in FORMS["json"].write(told)
    for form in FORMS.values():
        assert SECRET not in form.write(told)


@pytest.mark.parametrize(
    ("read", "address"),
    [
        (resolve, f"openai:http://me:{SECRET}@host:80:80/v1"),
        (resolve, f"ftp://me:{SECRET}@host/model"),
        (parse, f"milvus:ftp://me:{SECRET}@host#news"),
    ],
)
def test_an_address_that_cannot_be_read_is_told_without_its_secret(
    read: Callable[[str], object], address: str
) -> None:
    with pytest.raises(DatelineError) as told:
        read(address)
    assert SECRET not in str(told.value)
    assert "…@host" in str(told.value)
