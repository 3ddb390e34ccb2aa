"""Let a judge judge a labelled set, and compare what it says with what people said."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from importlib.metadata import version

import numpy as np
from pydantic import TypeAdapter
from tqdm import tqdm

from evals.fingerprint import PACKAGES, code_digest
from evals.store import RunStore
from evals.support.agreement import Judged
from evals.support.claim import Claim, ClaimSet
from evals.support.judging import Judge, Judgement
from evals.support.report import SupportReport

SEED = 20261122
"""Of the draw when a limit is set; fixed, so that two judges get the same claims."""

_JUDGEMENT: TypeAdapter[Judgement | None] = TypeAdapter(Judgement | None)
_CLAIMS = TypeAdapter(tuple[Claim, ...])


def measure(
    claims: ClaimSet,
    judge: Judge,
    *,
    limit: int | None = None,
    seed: int = SEED,
    store: RunStore | None = None,
    fresh: bool = False,
    whole: bool = False,
) -> SupportReport:
    """Judge a set, or a sample of it.

    Args:
        claims: the labelled set.
        judge: one of `evals.support.judging.JUDGES`, or your own.
        limit: draw whole pairs, or whole documents where there are no pairs, until there are at
            least so many claims; None for all.
        seed: of the draw.
        store: keeps each judgement at once, so that a killed run goes on where it stopped.
        fresh: judge everything anew, though an unfinished run is there.
        whole: take a finished run for this one, where it has the same fingerprint.

    Returns:
        The same report for the same claims, whether the run was interrupted or not.
    """
    drawn = draw(claims, limit, seed)
    fingerprint = _fingerprint(claims, drawn, judge, limit, seed)
    if store is None:
        found = dict(_judgements(drawn, judge, {}))
    else:
        run = store.begin(
            kind="support",
            suite=claims.name,
            system=judge.name,
            items=len(drawn),
            fingerprint=fingerprint,
            fresh=fresh,
            whole=whole,
        )
        kept = {id_: _JUDGEMENT.validate_json(it) for id_, it in store.kept(run.id).items()}
        with closing(_judgements(drawn, judge, kept)) as steps:
            for id_, judgement in steps:
                store.keep(run.id, id_, _JUDGEMENT.dump_json(judgement))
                kept[id_] = judgement
        store.finish(run.id)
        found = kept
    judged = tuple(
        Judged(
            id=claim.id,
            kind=claim.kind,
            pair=claim.pair,
            document=hashlib.sha256(claim.document.encode("utf-8", "surrogatepass")).hexdigest(),
            supported=claim.supported,
            judgement=found[claim.id],
        )
        for claim in drawn
    )
    return SupportReport(claims.name, judge.name, len(claims.claims), judged, fingerprint)


def draw(claims: ClaimSet, limit: int | None, seed: int = SEED) -> tuple[Claim, ...]:
    """The claims to judge, in the order of the set. See `measure` for the arguments."""
    if limit is None or limit >= len(claims.claims):
        return claims.claims
    units: dict[tuple[str, str], list[int]] = {}
    for at, claim in enumerate(claims.claims):
        units.setdefault((claim.document, claim.pair), []).append(at)
    groups = list(units.values())
    chosen: list[int] = []
    for number in np.random.default_rng(seed).permutation(len(groups)):
        if len(chosen) >= limit:
            break
        chosen += groups[int(number)]
    return tuple(claims.claims[at] for at in sorted(chosen))


def _judgements(
    drawn: Sequence[Claim], judge: Judge, kept: Mapping[str, Judgement | None]
) -> Generator[tuple[str, Judgement | None], None, None]:
    """Each claim that is not kept with its judgement, document by document."""
    documents: dict[str, list[Claim]] = {}
    for claim in drawn:
        if claim.id not in kept:
            documents.setdefault(claim.document, []).append(claim)
    # Silent where nobody watches: a bar in a log file is a thousand lines.
    with tqdm(
        desc=judge.name,
        total=len(drawn),
        initial=len(drawn) - sum(map(len, documents.values())),
        unit=" claims",
        mininterval=2,
        disable=None,
    ) as bar:
        for group in documents.values():
            judge.read(group)
            for claim in group:
                yield claim.id, judge(claim)
                bar.update()


def _fingerprint(
    claims: ClaimSet, drawn: Sequence[Claim], judge: Judge, limit: int | None, seed: int
) -> dict[str, str]:
    data = _CLAIMS.dump_python(tuple(drawn), mode="json")
    text = json.dumps(data, ensure_ascii=True)
    return {
        "set": claims.name,
        "data": hashlib.sha256(text.encode()).hexdigest(),
        "limit": "all" if limit is None else str(limit),
        "seed": str(seed),
        "judge": judge.name,
        **judge.fingerprint,
        "code": code_digest(),
        "python": platform.python_version(),
        **{package: version(package) for package in ("dateline", *PACKAGES)},
    }
