"""Articles that nowhere have what a question names: what they tell is of something else.

'How many houses were destroyed in Castelmere?' is not answered by an article that counts houses and
never says 'Castelmere', where others do. An exact check: it looks at whole articles, and lets every
name pass that no article has, that is spelt otherwise, or of which only one word stands there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.article import Article
from corpus.content.names import names
from corpus.content.nations import nation_of, nation_of_capital
from corpus.content.words import TITLES, folded
from rag.finding.evidence import Evidence
from rag.question.naming import names_in

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 3
"""Letters of a word that tells a name: 'al', 'de' and 'of' do not."""
_ONE_STORY = 2
"""Names in common from which two articles may be of one story; as `rag.timeline.series` has it."""


def of_articles_that_name(question: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence less the articles that lack a name of the question which others of it have.

    Args:
        question: in plain words. A word that merely opens it may be no name, and nations go
            unnamed in the articles of their own outlets: neither is asked for.
        evidence: best first.

    An article without the name stays where it is of the same story as one with it: a later report
    of a ferry's loss need not name her. All of the evidence stays where no article has all the
    names that any of them has: such a question is answered from several.
    """
    articles = {one.hit.article.id: one.hit.article for one in evidence}
    keeping = set(articles)
    for name in names_in(question):
        opens = question.startswith(name) and " " not in name
        if opens or _is_of_a_nation(name):
            continue
        telling = _telling(name)
        having = {id_ for id_, article in articles.items() if telling & _words_of(article)}
        if having:
            keeping &= having
    if not keeping or len(keeping) == len(articles):
        return list(evidence)
    told = [_names_of(articles[id_].text) for id_ in keeping]
    kept = keeping | {
        id_
        for id_, article in articles.items()
        if any(len(_names_of(article.text) & each) >= _ONE_STORY for each in told)
    }
    return [one for one in evidence if one.hit.article.id in kept]


@lru_cache(maxsize=512)
def _names_of(text: str) -> frozenset[str]:
    return frozenset(
        one.key for one in names(text) if one.kind not in ("opener", "place") and one.key
    )


def _words_of(article: Article) -> frozenset[str]:
    return _telling(f"{article.title}\n{article.outlet_name}\n{article.text}")


@lru_cache(maxsize=512)
def _telling(text: str) -> frozenset[str]:
    """The words of a text that may tell a name, plurals as singulars, and initials of names."""
    words = {folded(word) for word in _WORD.findall(text)}
    told = {
        word.removesuffix("s") for word in words if len(word) >= _SHORTEST and word not in TITLES
    }
    runs = [folded(run).removeprefix("the ") for run in _RUNS.findall(text)]
    initials = {"".join(word[0] for word in run.split()) for run in runs}
    return frozenset(told | initials)


_RUNS = re.compile(r"\b[A-Z][\w’'-]*(?: (?:of |for |the |and )*[A-Z][\w’'-]*)+")
"""'World Health Organization', which is 'WHO' too."""


def _is_of_a_nation(name: str) -> bool:
    """'Israel', 'American', 'US', 'Bank of England'."""
    words = folded(name).split()
    return any(nation_of(one) or nation_of_capital(one) for one in (folded(name), *words))
