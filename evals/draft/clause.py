"""A simple clause taken apart into subject, verb and rest, so that a question can be made of it.

Rules, not a parser. They take the clause only where it is plain: one known verb, a short subject
that does not point back ('he', 'the two'), no second verb in what is asked about. What they are
not sure of they leave; a library has sentences enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from evals.draft.lexicon import word_set
from evals.draft.verbs import AUXILIARIES, BASE, is_verb

POINTING = word_set(
    "he she it they we i you him her them us me his hers its their theirs our my your this that "
    "these those who whom whose which what there here such both neither either others another "
    "each former latter same then so if whether"
)
"""Words that mean something that another sentence names."""

_DETERMINERS = word_set(
    "the a an some many several most more at least about around over nearly almost up two three "
    "four five six seven eight nine ten eleven twelve dozens hundreds thousands no all local "
    "health police officials authorities residents rescuers ministers"
)
# 'Last year the company earned', 'Although Romney won': what begins so is no plain subject.
_NO_SUBJECT = word_set(
    "last next earlier later previously although though when while however meanwhile today "
    "yesterday also even despite because once unlike like then thus finally now says ago until "
    "whereas therefore hence still perhaps maybe"
)
PREPOSITIONS = word_set(
    "in on at after before since during by for from with without under over against between among "
    "across amid despite through throughout until to of as about near into upon beyond via"
)
"""Words that begin a phrase of place, time or manner."""

_ADVERBS = word_set(
    "since also already still now later then recently initially formally officially finally "
    "reportedly immediately again so far only just first never previously unanimously"
)
_HAVING = frozenset({"has", "have", "had"})
_NEVER_AN_END = PREPOSITIONS | {"the", "a", "an", "and", "or", "but"}
_LONGEST_SUBJECT = 10
_TAIL = re.compile(
    r"(?:,(?!\d)(?! \d{4}\b)| [–—-] |;|:| according to | (?:which|who|whose|while|but|where|"
    r"whereas|although|though)\b| and (?=(?:\w+ ){0,3}(?:was|were|is|are|has|had|will|said)\b)"
    r"| and (?=\d|at least|more than|about|some|another|around)"
    r"|(?<!between)(?<!both) and (?=(?:the|an?|its|their) )).*$"
)
_OPENING = re.compile(r"^(?P<opening>[A-Z][^,;:“\"]{2,60}), (?P<main>.+)$")


@dataclass(frozen=True, slots=True)
class Clause:
    """'The court | has | since ordered a halt'.

    Attributes:
        subject: as it stands inside a sentence: 'the court'.
        verb: an auxiliary or the past form of a known verb.
        rest: what follows, cut before the first comma or side clause.
    """

    subject: str
    verb: str
    rest: str

    def asked(self, asking: str, rest: str | None = None) -> str:
        """The question that begins with the words `asking`, about the rest or another rest."""
        rest = self.rest if rest is None else rest
        if self.verb in AUXILIARIES:
            question = f"{asking} {self.verb} {self.subject} {rest}"
        else:
            question = f"{asking} did {self.subject} {BASE[self.verb]} {rest}"
        return " ".join(question.split()) + "?"


def points_back(text: str) -> bool:
    """Whether a text names something by a word that only another sentence explains."""
    return any(word.strip("“”\"'’,.").lower() in POINTING for word in text.split())


def balanced(text: str) -> bool:
    """Whether every quotation mark and bracket in a text has its other half."""
    return (
        text.count('"') % 2 == 0
        and text.count("“") == text.count("”")
        and text.count("(") == text.count(")")
    )


def inside(text: str, context: str) -> str | None:
    """A sentence's beginning as it reads inside a sentence: 'The court' → 'the court'.

    Args:
        context: the article, which shows whether a first word is a name.

    Returns:
        None where nothing tells whether the first word is a name.
    """
    first, _, others = text.partition(" ")
    bare = first.removesuffix("’s").removesuffix("'s")
    low = first[:1].lower() + first[1:]
    if not first[:1].isupper() or (first.isupper() and first != "A"):
        return text
    if low in _DETERMINERS or low in PREPOSITIONS:
        return f"{low} {others}".strip()
    if others[:1].isupper() or is_name(bare, context):
        return text
    if re.search(rf"(?<![\w-]){re.escape(low)}(?![\w-])", context):
        return f"{low} {others}".strip()
    return None


def is_name(word: str, context: str) -> bool:
    """Whether the word stands capitalised inside a sentence of the context."""
    return re.search(rf"[a-z,’'] {re.escape(word)}\b", context) is not None


def without_tail(text: str) -> str:
    """A text up to the first comma, dash or side clause."""
    return _TAIL.sub("", text).strip()


def take_apart(text: str, context: str, *, bare: bool = False) -> Clause | None:
    """The main clause of a sentence without its full stop; None where it is not plain.

    Args:
        context: the article, which shows what is a name.
        bare: allow a clause of subject and verb alone, as 'the truce ended'.
    """
    opening = _OPENING.match(text)
    if opening and opening["opening"].split()[0].lower() in PREPOSITIONS:
        text = opening["main"]
    words = text.split()
    at = next((at for at, word in enumerate(words) if is_verb(word)), 0)
    verb = words[at] if words else ""
    if not 0 < at <= _LONGEST_SUBJECT or (verb not in AUXILIARIES and verb not in BASE):
        return None
    subject = _subject(words[:at], context)
    rest = without_tail(" ".join(words[at + 1 :]))
    if subject is None or "(" in rest or not (_plain(rest, verb) if rest else bare):
        return None
    return Clause(subject, verb, rest)


def _subject(words: list[str], context: str) -> str | None:
    text = " ".join(words)
    low = [word.lower() for word in words]
    # 'the company': only the sentence before tells which.
    bare_reference = low[0] == "the" and len(words) <= 2 and not words[-1][:1].isupper()
    if (
        re.search(r"[,;:()“”\"]", text)
        or bare_reference
        or low[-1] in _ADVERBS  # 'Israel then went': the adverb would have to move
        or not _NO_SUBJECT.isdisjoint(low)
        or re.search(r"\b(?:in|on|during) (?:[A-Z]\w+ )?(?:1\d|20)\d\d\b", text)
        or points_back(text)
        or low[0] in (PREPOSITIONS - {"over", "about"}) | {"and", "but", "or", "not"}
        or low[-1] in _NEVER_AN_END
    ):
        return None
    return inside(text, context)


def _plain(rest: str, verb: str) -> bool:
    """Whether what follows the verb has no second verb and points at nothing."""
    words = rest.split()
    skip = 0
    if verb in AUXILIARIES:
        while skip < len(words) and (
            words[skip] in _ADVERBS or words[skip] in ("not", "been", "be")
        ):
            skip += 1
        if verb in _HAVING and (skip >= len(words) or not is_verb(words[skip])):
            return False  # 'had two ships' owns, and is asked for with 'did'
        skip += 1
    return (
        not any(is_verb(word) for word in words[skip:])
        and not points_back(rest)
        and balanced(rest)
        and words[-1].lower() not in _NEVER_AN_END
        and not re.search(r"[a-z]-[a-z]+$", words[-1])  # cut inside 'a long-running, bitter feud'
    )
