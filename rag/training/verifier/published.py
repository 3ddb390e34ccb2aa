"""Sentences that people have judged, out of the published sets, as examples to learn from.

Statements of several sentences are taken apart. A false one that differs from a true one on the
same text tells by the difference which words are wrong, and so which sentence; where there is none
to compare with and people marked no words, only a statement of one sentence is taken.
"""

from __future__ import annotations

import difflib
import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.sentences import sentence_spans
from rag.training.verifier.evidence import Nearest
from rag.training.verifier.example import Example, Span, Text
from rag.training.verifier.made import text_of

SHOWN = 4
"""Sentences of evidence."""

_TAG = re.compile(r"<[<\s/]*t\s*>")
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A statement that was judged.

    Attributes:
        text: the text that it is held against.
        said: the statement.
        supported: what was found.
        wrong: characters that are wrong, () of a true one, None where that is not known.
        kind: how it was made.
        pair: of statements that belong together.
    """

    text: Text
    said: str
    supported: bool
    wrong: tuple[Span, ...] | None
    kind: str
    pair: str


def examples(labelled: Iterable[Labelled]) -> Iterator[Example]:
    """Each sentence of the statements with the sentences that it is held against."""
    nearest: dict[tuple[str, str], Nearest] = {}
    seen: set[tuple[str, str, bool]] = set()
    for one in labelled:
        key = (one.text.domain, one.text.name)
        if key not in nearest:
            nearest[key] = Nearest(one.text.sentences)
        spans = sentence_spans(one.said)
        if not one.supported and one.wrong is None and len(spans) != 1:
            continue
        for number, (start, end) in enumerate(spans):
            sentence = one.said[start:end]
            wrong = _inside(one.wrong, start, end)
            supported = one.supported or wrong == ()
            if len(sentence.split()) < 4 or (one.text.name, sentence, supported) in seen:
                continue
            seen.add((one.text.name, sentence, supported))
            shown = nearest[key].texts(nearest[key].to(sentence, SHOWN))
            yield Example(
                sentence,
                shown,
                supported,
                wrong,
                one.kind,
                one.text.domain,
                one.text.name,
                f"{one.pair}/{number}" if one.pair else "",
            )


def _inside(wrong: tuple[Span, ...] | None, start: int, end: int) -> tuple[Span, ...] | None:
    if wrong is None:
        return None
    return tuple(
        (max(first, start) - start, min(last, end) - start)
        for first, last in wrong
        if first < end and last > start
    )


def read_fib(folder: Path) -> Iterator[Labelled]:
    """FIB (Tam et al. 2022): summaries of news; see `evals.sets.fib` for what its files hold.

    The exchanges that were made by rule (FactCC's) are left out: they are dev, kinds of edits
    that nobody here has written.
    """
    for file in sorted(folder.glob("*.jsonl*")):
        source = "xsum" if file.name.startswith("xsum") else "cnn_dm"
        if "factcc" in file.name:
            continue
        kind = "consistent" if "factually_consistent" in file.name else "inconsistent"
        for line in _lines(file):
            text = text_of(line["id"], f"fib/{source}", _plain(line["input"]))
            right, other = (
                _plain(line["list_choices"][at]) for at in (line["lbl"], 1 - line["lbl"])
            )
            pair = f"fib/{line['id']}"
            yield Labelled(text, right, True, (), "reference", pair)
            supported = kind == "consistent"
            yield Labelled(text, other, supported, () if supported else None, kind, pair)


def read_fib_rules(folder: Path) -> Iterator[Labelled]:
    """The exchanges in FIB that FactCC's rules made, and the references that they were made of."""
    for file in sorted(folder.glob("*factcc*.jsonl*")):
        source = "xsum" if file.name.startswith("xsum") else "cnn_dm"
        kind = re.sub(r".*using_|\.jsonl.*", "", file.name)
        for line in _lines(file):
            text = text_of(line["id"], f"fib/{source}", _plain(line["input"]))
            right, other = (
                _plain(line["list_choices"][at]) for at in (line["lbl"], 1 - line["lbl"])
            )
            pair = f"fib/{line['id']}/{kind}"
            yield Labelled(text, right, True, (), kind, pair)
            yield Labelled(text, other, False, _differing(right, other), kind, pair)


def read_summedits(folder: Path) -> Iterator[Labelled]:
    """SummEdits (Laban et al. 2023): summaries that were edited a little, true and false."""
    for file in sorted(folder.glob("*.json*")):
        domain = "summedits/" + file.name.split(".")[0].removeprefix("summedits_")
        with _opened(file) as stream:
            items = json.load(stream)
        for item in items:
            name = hashlib.sha256(item["doc"].encode()).hexdigest()[:12]
            text = text_of(name, domain, item["doc"])
            supported = item["label"] == 1
            wrong = () if supported else _differing(item["original_summary"], item["summary"])
            pair = f"{domain}/{item['id'].rpartition('_')[0]}"
            yield Labelled(text, item["summary"], supported, wrong, "edited", pair)


def read_fever(folder: Path) -> Iterator[Labelled]:
    """Symmetric FEVER (Schuster et al. 2019): a claim and one sentence of evidence."""
    for file in sorted(folder.glob("*.jsonl*")):
        for line in _lines(file):
            evidence = line.get("evidence") or line["evidence_sentence"]
            label = line.get("label") or line["gold_label"]
            name = hashlib.sha256(evidence.encode()).hexdigest()[:12]
            supported = label == "SUPPORTS"
            text = Text(name, "fever", (evidence,))
            yield Labelled(
                text, line["claim"], supported, () if supported else None, "claim", f"fever/{name}"
            )


def read_ragtruth(file: Path) -> Iterator[Labelled]:
    """RAGTruth (Niu et al. 2024): models' answers in which people marked what is not so."""
    for line in _lines(file):
        text = Text(line["source_id"], "ragtruth", tuple(_told(line["source"], "")))
        for response in line["responses"]:
            wrong = tuple((one["start"], one["end"]) for one in response["labels"])
            kind = "marked" if wrong else "faithful"
            yield Labelled(text, response["response"], not wrong, wrong, kind, "")


def _told(value: Any, name: str) -> Iterator[str]:
    """A structured source as sentences: 'Hours, Monday: 9:0-17:0.'"""
    if isinstance(value, dict):
        for key, one in value.items():
            label = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(key)).replace("_", " ")
            yield from _told(one, f"{name}, {label}" if name else label)
    elif isinstance(value, list):
        for one in value:
            yield from _told(one, name)
    elif isinstance(value, str) and len(value) > 120:
        for start, end in sentence_spans(value):
            yield value[start:end]
    elif value is not None:
        shown = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        yield f"{name}: {shown}."


def _differing(right: str, other: str) -> tuple[Span, ...]:
    """Characters of the other that are not as in the right one; at a gap the words beside it."""
    mine, theirs = list(_TOKEN.finditer(right)), list(_TOKEN.finditer(other))
    matcher = difflib.SequenceMatcher(
        None, [one[0].lower() for one in mine], [one[0].lower() for one in theirs], autojunk=False
    )
    found = []
    for tag, _, _, first, last in matcher.get_opcodes():
        if tag == "equal" or not theirs:
            continue
        if first == last:
            first, last = max(0, first - 1), min(len(theirs), first + 1)
        found.append((theirs[first].start(), theirs[last - 1].end()))
    return tuple(found)


def _plain(text: str) -> str:
    """Without tags, and with the signs of a tokenizer set back where they belong."""
    text = " ".join(_TAG.sub(" ", text).split())
    for old, new in (("-lrb- ", "("), (" -rrb-", ")"), ("`` ", '"'), (" ''", '"'), (" n't", "n't")):
        text = text.replace(old, new)
    text = re.sub(r" ('s|'re|'ve|'ll|'d|'m)\b", r"\1", text)
    return re.sub(r" ([.,;:!?])(?=\s|$)", r"\1", text).strip()


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with _opened(file) as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)


def _opened(file: Path) -> Any:
    return (
        gzip.open(file, "rt", encoding="utf-8")
        if file.suffix == ".gz"
        else file.open(encoding="utf-8")
    )
