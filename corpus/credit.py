"""Credit: the agency or outlet from which an article says that it has its words.

Papers print agency reports under their own name and say so in one of a few fixed places: the
dateline ('PARIS (AFP) -'), a byline or last line that is the agency's name, or a sentence about
the article itself ('This article was originally published by …').
"""

from __future__ import annotations

import re

from corpus.article import Article

# What an agency is called in print → the name that is shown. From the agencies' own style guides
# and imprints; a name that is not here is taken as it stands, where a form names it.
_AGENCIES = {
    "afp": "AFP", "agence france-presse": "AFP", "agence france presse": "AFP",
    "ap": "AP", "associated press": "AP", "the associated press": "AP",
    "reuters": "Reuters", "thomson reuters": "Reuters", "upi": "UPI",
    "united press international": "UPI", "xinhua": "Xinhua", "xinhua news agency": "Xinhua",
    "dpa": "dpa", "deutsche presse-agentur": "dpa", "efe": "EFE", "ansa": "ANSA", "tass": "TASS",
    "itar-tass": "TASS", "interfax": "Interfax", "kyodo": "Kyodo", "kyodo news": "Kyodo",
    "yonhap": "Yonhap", "pti": "PTI", "press trust of india": "PTI", "ani": "ANI",
    "bernama": "Bernama", "anadolu": "Anadolu", "anadolu agency": "Anadolu", "aa": "Anadolu",
    "wafa": "WAFA", "spa": "SPA", "kuna": "KUNA", "wam": "WAM", "sana": "SANA", "irna": "IRNA",
    "menafn": "MENAFN", "bloomberg": "Bloomberg", "bloomberg news": "Bloomberg",
    "pa": "PA", "pa media": "PA", "press association": "PA", "aap": "AAP", "ians": "IANS",
    "the conversation": "The Conversation", "propublica": "ProPublica",
}  # fmt: skip

_NAME = r"(?P<name>[A-Z][\w.&’'-]*(?: (?:(?:of|the|and) )*[A-Z&][\w.&’'-]*)*)"
_DASH = r"(?:--|[-–—])"
# 'PARIS (AFP) -', 'DOHA, March 26 (Reuters) -', '(AFP) –', 'PARIS/AP —'
_DATELINE = re.compile(
    rf"(?:[A-Z][\w .'’/-]{{1,40}}(?:, [^()\n]{{1,40}})? ?)?\({_NAME}\) ?{_DASH}"
    rf"|[A-Z][A-Z .'’-]{{2,40}}[/,] ?(?P<bare>AFP|AP|Reuters|REUTERS|Xinhua|dpa|UPI|EFE) ?{_DASH}"
)
# '(MENAFN- Khaleej Times)': who passed it on, then whose words they are.
_PASSED_ON = re.compile(rf"\([A-Z]{{3,20}} ?{_DASH} ?{_NAME}\)")
_ABOUT = re.compile(
    r"\b(?i:(?:originally|first) (?:published|appeared|ran|reported)|republished|reprinted"
    r"|reproduced|syndicated)(?: (?:with|by) permission)? (?:by|in|on|from|at|of) "
    rf"(?:the )?(?=[A-Z]){_NAME}"
)
# The same as a line of its own: 'Source: AFP', '© Agence France-Presse', '(With AFP)' is not one.
_LINE = re.compile(
    rf"(?:(?:[Ss]ource|[Cc]redit|[Bb]y|[Ff]rom)s?:? |© ?(?:\d{{4}} )?|{_DASH} ?)?"
    rf"[(\[]?{_NAME}[)\]]?\.?"
)
_HEAD_BLOCKS, _FOOT_BLOCKS = 3, 3
_LONGEST_NAME = 40


def credited(article: Article) -> str | None:
    """Whom the article credits for its text, under one name for each agency; None for nobody."""
    blocks = article.text.split("\n\n")
    head, foot = blocks[:_HEAD_BLOCKS], blocks[-_FOOT_BLOCKS:]
    edges = list(dict.fromkeys((*article.dropped, *head, *foot)))
    for block in (*article.dropped, *head):
        if (found := _PASSED_ON.search(block[:120])) is not None:
            return _shown(found["name"])
    for block in edges:
        if (found := _ABOUT.search(block)) is not None:
            return _shown(found["name"])
    for block in head:
        if (found := _DATELINE.match(block)) is not None:
            return _shown(found["name"] or found["bare"])
    for block in edges:
        found = _LINE.fullmatch(block.strip())
        if found is not None and _key(found["name"]) in _AGENCIES:
            return _shown(found["name"])
    return None


def shown_name(outlet: str) -> str:
    """An outlet's name, an agency's always in one form."""
    return _AGENCIES.get(_key(outlet), outlet)


def same_name(one: str, other: str) -> bool:
    """Whether two names are one outlet's: 'The Harbour Post' and 'Harbour Post', 'AP' and
    'Associated Press'."""
    return _key(shown_name(one)).removeprefix("the ") == _key(shown_name(other)).removeprefix(
        "the "
    )


def _shown(name: str) -> str | None:
    name = name.rstrip(".,’'- ")
    return shown_name(name) if len(name) <= _LONGEST_NAME else None


def _key(name: str) -> str:
    return name.strip(" .").replace("’", "'").casefold()
