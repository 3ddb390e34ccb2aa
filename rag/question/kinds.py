"""What form of answer a question asks for: a fact, a count, a date, somebody's words, a list, …

The rules go from the most telling words to the least, and the first that holds decides:

- `compare`: two or more things, speakers or reports are set against each other;
- `change`: how a quantity or a state moved over time;
- `who_said`: somebody's words are asked for, or whose words they are;
- `date`, `count`: a day; a figure, a length or an amount;
- `latest`: the newest state of an affair, where it is neither a figure nor a day;
- `summary`: what happened, what is known;
- `yes_no`: whether something is so;
- `list`: several things of one sort;
- `fact`: everything else.

'Latest' beside a figure ('the latest death toll') leaves the kind 'count': that the newest is
meant is told by `Understanding.latest`.
"""

from __future__ import annotations

import re
from typing import Literal

from rag.question.frame import main_of
from rag.question.speaker import speaker_in
from rag.question.verbs import is_past, is_third_person
from rag.question.words import AUXILIARIES, PREPOSITIONS, WH_WORDS, listed, words_of

QuestionKind = Literal[
    "fact",
    "count",
    "date",
    "who_said",
    "list",
    "compare",
    "change",
    "latest",
    "summary",
    "yes_no",
]

_NUMBER = (
    r"(?:\d|half|an?\b|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty"
    r"|hundred|expected|ever|usual|that|enough|anyone|planned|before)"
)
_REPORTS = r"(?:reports?|accounts?|sources?|outlets?|counts?|figures?|articles?|versions?|stories)"
_MOVES = (
    r"(?:change[ds]?|grow[ns]?|grew|rise[ns]?|rose|falls?|fell|fallen|increased?|decreased?"
    r"|declined?"
    r"|drop(?:ped)?|evolved?|develop(?:ed)?|shift(?:ed)?|moved?|var(?:y|ied)|progress(?:ed)?"
    r"|climb(?:ed)?|shr[iau]nk|fluctuated?|swell|soar(?:ed)?|worsen(?:ed)?|improved?|raised?"
    r"|lowered?|swung|doubled?|slow(?:ed)?|reduced?|cut)"
)
_COMPARE = re.compile(
    r"\bdifferent (?:from|to|than)\b|\bcompar(?:e[ds]?|ing|isons?)\b|\bdifferences? between\b"
    r"|\bdiffer(?:s|ed|ing)?\b|\bversus\b"
    r"|\bvs\b|\bcontradict(?:s|ed)?\b|\bat odds\b|\bdiscrepanc(?:y|ies)\b"
    rf"|\b{_REPORTS}\b.*\b(?:dis)?agree[ds]?\b|\b(?:dis)?agree[ds]?\b.*\b{_REPORTS}\b"
    r"|\b(?:did|do|does|have|has|had|would)\b.*\band\b.*\beach\b|\bby\b[^,?]*\band by\b"
    r"|\baccording to\b[^?]*\band according to\b"
    rf"|\bin the {_REPORTS} (?:that|of)\b.*\band\b"
    r"|\b(?:which|who)\b[^?]*\b(?:more|fewer|less|most|\w{3,}er|first|earlier|bigger)\b[^?]*[,:] "
    r"(?:the )?[\w’' -]+ or\b"
    rf"|\b(?:more|fewer|less|higher|lower|larger|smaller|greater|longer|earlier|later|bigger"
    rf"|worse|better)\b(?: [\w’'-]+){{0,5}} than (?!{_NUMBER})",
    re.IGNORECASE,
)
_EITHER = re.compile(
    r"^(?:is|are|was|were|did|do|does|has|have|had)\b.*\b(?:more|fewer|less|higher|lower|larger"
    r"|smaller|greater|longer|shorter|earlier|later|bigger)\b.*\bor\b",
    re.IGNORECASE,
)
_SUMMED_UP = re.compile(
    r"^(?:summari[sz]e|sum up|recap|outline|(?:give|write)(?: me| us)?(?: an?| the)? (?:[\w-]+ )?"
    r"(?:summary|overview|gist|rundown|account|outline)\b)",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    rf"\bhow (?:did|has|have|had|does|do)\b.*\b{_MOVES}\b"
    rf"|\bhow (?:much|far|fast|quickly|sharply|steeply|strongly)\b.*\b{_MOVES}\b.*\b(?:from|between"
    r"|since|over|after|during|by|within)\b"
    rf"|\bby how (?:much|many|far)\b.*\b{_MOVES}\b|\bover time\b|\btrends?\b|\bevolution of\b"
    rf"|\b(?:change|changes|rise|increase|fall|decline|drop|growth|shift|development)s? (?:in"
    rf"|of)\b.*"
    r"\b(?:from|between|since|over)\b|\bwhat (?:has |have |had )?changed\b|\bwhat changes? (?:in"
    r"|to)\b|\bwhat happened to\b.*\bbetween\b|\bfrom (?:which|what) \w+ to (?:which|what)\b"
    r"|\bhow (?:is|are|was|were)\b.*\b(?:changing|evolving|developing|growing|rising|falling)\b",
    re.IGNORECASE,
)
_BEFORE_WH = (
    r"^(?:(?:in|on|at|to|of|by|from|for|with|about|until|till|since|through|under|after|around|"
    r"during|over|within|up to|as of) )?"
)
_DATE = re.compile(
    rf"{_BEFORE_WH}(?:when\b|(?:what|which) (?:exact )?(?:day|date|month|year|week|weekday|decade|"
    r"time of year)s?\b)|^how (?:long ago|soon)\b|^what (?:is|was|are|were)(?: the)? (?:[\w’'-]+ )"
    r"{0,3}?(?:date|day|deadline)\b(?! (?:of|for) \w+ (?:say|mean))",
    re.IGNORECASE,
)
_MEASURES = (
    r"(?:number|amount|share|percentage|proportion|per ?cent|total|totals|toll|age|population"
    r"|count|tally"
    r"|price|prices|cost|rate|figure|figures|level|estimate|size|value|budget|speed|temperature"
    r"|magnitude|length|height|depth|weight|score|turnout|majority|peak|inflation|capacity|distance"
    r"|duration|salary|wage|fine|debt|deficit|revenue|profit|margin|quota|pay rise|ransom"
    r"|dose count)"
)
_THEN = (
    r"(?=\s*(?:$|[?,.;]|(?:of|in|for|at|on|by|as|to|from|now|per|that|according|since|after|before"
    r"|when|expected|reported|today|currently|forecast|did|do|does|has|have|had|was|is|were|are"
    r"|will|would|so|among|during|if|given|stands?|cited|until|up)\b))"
)
_INSIDE = (
    r"(?:(?!(?:of|in|for|to|by|about|on|at|from|with|who|that)\b)[\w’'.-]+ "
    r"|of (?-i:(?=[A-Z]))){0,7}?"
)
_COUNT = re.compile(
    rf"{_BEFORE_WH}how (?:many|much|long|old|far|large|big|often|high|few|tall|deep|fast|heavy"
    rf"|wide|"
    r"strong|hot|cold|great|small)\b"
    rf"|^what(?:['’]s| is| was| are| were| has been| had been| will be"
    rf"| would be) {_INSIDE}{_MEASURES}"
    rf"{_THEN}|{_BEFORE_WH}(?:what|which) {_INSIDE}{_MEASURES}{_THEN}"
    r"|^what (?:does|did|do|will|would) .*\b(?:costs?|weigh|measure|amount to)\W*$"
    r"|^(?:give me |tell me )?the (?:total |latest |current |exact )?(?:number|amount|toll"
    r"|figure)\b",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"^(?:what(?:['’]s| is| are| was)? )?(?:the |your )?(?:very )?(?:latest|newest|most recent"
    r"|current)"
    r"(?: (?:news|state|status|situation|developments?|position|word|updates?|stage|information))?"
    r"(?: of \w+)?(?: (?:on|about|in|of|with|from|for|regarding|concerning)\b|\W*$)"
    r"|^what(?:['’]s| is) new\b|^(?:any|is there any|are there any) (?:news|updates?"
    r"|developments?)\b"
    r"|^where (?:do|does)\b.*\bstand\b|^how (?:do|does) (?:things|matters|it)\b.*\bstand\b"
    r"|^what (?:is|are) the (?:state|status) of\b|^update me\b|^how (?:is|are)\b.*\b(?:going"
    r"|progressing)\b|^what(?:['’]s| is) (?:the )?(?:state|status)\b",
    re.IGNORECASE,
)
_SUMMARY = re.compile(
    r"^(?:please )?(?:summari[sz]e|sum up|recap|outline|brief me|describe|explain|walk me"
    r"|catch me up)\b"
    r"|\b(?:summary|overview|rundown|recap|gist|background|chronology|timeline) (?:of|on|to"
    r"|about)\b"
    r"|^what (?:has |have |had |all )?(?:happened|occurred|took place|went on|transpired)\b"
    r"|^what(?:['’]s| is| was| has been) (?:going on|happening|known)\b|^what (?:do|does"
    r"|did) (?:we|you|the "
    r"(?:articles?|reports?|library|texts?|stories)|they|anyone) (?:know|say|report|tell us"
    r"|write)\b"
    r"|^(?:tell|inform) (?:me|us) (?:more |everything |all )?(?:about|on)\b|^what else\b|^go on\b"
    r"|^(?:give|write) (?:me |us )?(?:an? |the )?(?:[\w-]+ )?(?:summary|overview|rundown|outline"
    r"|background)",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"^(?:list|name|enumerate)\b|^give (?:me |us )?(?:a |the )?(?:list|names)\b"
    r"|^(?:what|which) (?:kinds?|types?|sorts?|of the)\b|^who (?:are"
    r"|were) (?:all )?the\b[^?]*\w{3,}s\b"
    r"|^what (?:are|were) (?:all )?(?:the )?names\b|^who (?:all|else)\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?:[^sui'’]s|ies|people|men|women|children|media)$", re.IGNORECASE)
_NO_PLURAL = listed("news does was is has this series politics class its his always process")
_TAG = re.compile(
    r",\s*(?:\w+n['’]t|did|do|does|is|was|are|were|has|have|right|correct|no|yes)\b[^,]*$", re.I
)


def kind_of(question: str) -> QuestionKind:
    """The form of answer that the question asks for."""
    main = main_of(question).strip()
    if _COMPARE.search(main) or _EITHER.search(main):
        return "compare"
    if _CHANGE.search(main):
        return "change"
    if _SUMMED_UP.search(main):
        return "summary"
    if speaker_in(question).words:
        return "who_said"
    ordered: tuple[tuple[QuestionKind, re.Pattern[str]], ...] = (
        ("date", _DATE),
        ("count", _COUNT),
        ("latest", _LATEST),
        ("summary", _SUMMARY),
    )
    for kind, pattern in ordered:
        if pattern.search(main):
            return kind
    if asks_whether(question):
        return "yes_no"
    return "list" if _LIST.search(main) or _asks_for_several(main) else "fact"


def asks_whether(question: str) -> bool:
    """Whether yes or no would answer: it begins with an auxiliary, or states and asks."""
    main = main_of(question).strip()
    words = words_of(main)
    if not words or words[0].low in WH_WORDS:
        return False
    if words[0].low in AUXILIARIES:
        return True
    if words[0].low in ("if", "whether"):
        return True
    if _TAG.search(main) and len(words) > 4:
        return True
    states = any(word.low in AUXILIARIES or is_past(word.low) for word in words[1:])
    return main.rstrip().endswith("?") and states and not any(w.low in WH_WORDS for w in words[:4])


def _asks_for_several(main: str) -> bool:
    """'Which countries …', 'What goods were …', 'What are the terms …'."""
    words = [word.low for word in words_of(main)]
    if words[:1] and words[0] in PREPOSITIONS:
        words = words[1:]
    if len(words) < 2 or words[0] not in ("what", "which"):
        return False
    if words[1] in ("are", "were"):
        after = words[2:8]
        noun = next((w for w in after if _PLURAL.search(w) and w not in _NO_PLURAL), None)
        stop = next((i for i, w in enumerate(after) if w in ("of", "in", "for", "to", "doing")), 6)
        return noun is not None and after.index(noun) < stop
    for word in words[1:5]:
        if word in AUXILIARIES or is_past(word) or is_third_person(word):
            return False
        if _PLURAL.search(word) and word not in _NO_PLURAL:
            return True
    return False
