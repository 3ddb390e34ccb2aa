"""Units of quantities, and the noun phrase that a figure counts."""

from __future__ import annotations

import re

DURATIONS: dict[str, tuple[str, float]] = {
    "second": ("clock", 1.0),
    "minute": ("clock", 60.0),
    "hour": ("clock", 3600.0),
    "day": ("clock", 86_400.0),
    "night": ("night", 1.0),
    "week": ("clock", 604_800.0),
    "fortnight": ("clock", 1_209_600.0),
    "month": ("calendar", 1.0),
    "year": ("calendar", 12.0),
    "decade": ("calendar", 120.0),
    "century": ("calendar", 1200.0),
}
"""Units of time: a family whose members convert exactly, and their size in it."""

_UNITS = {
    "%": r"%|per\s?cent(?!age)|pct\b|pc\b",
    "percentage point": r"percentage[\s-]points?",
    "$": r"(?:US )?dollars?",
    "£": r"pounds?(?: sterling)?",
    "€": r"euros?",
    "₪": r"(?:Israeli )?(?:new )?shekels?",
    "¥": r"yen\b",
    "cent": r"cents?", "penny": r"pence|penny",
    "rupee": r"rupees?", "riyal": r"riyals?", "dirham": r"dirhams?", "dinar": r"dinars?",
    "lira": r"liras?", "rouble": r"rou?bles?", "yuan": r"yuan", "franc": r"francs?",
    "crown": r"crowns?|kron(?:a|e|or|er)", "peso": r"pesos?", "rand": r"rand\b",
    "km": r"kilomet(?:re|er)s?|kms?\b", "m": r"met(?:re|er)s?|m\b(?!\.)",
    "cm": r"centimet(?:re|er)s?|cm\b", "mm": r"millimet(?:re|er)s?|mm\b",
    "mile": r"miles?|mi\b", "foot": r"feet|foot|ft\b", "inch": r"inch(?:es)?", "yard": r"yards?",
    "sq km": r"(?:square kilomet(?:re|er)s?|sq\.? ?km|km²)", "sq m": r"square met(?:re|er)s?|m²",
    "sq mile": r"square miles?", "acre": r"acres?", "hectare": r"hectares?",
    "kg": r"kilogram(?:me)?s?|kilos?\b|kg\b", "gram": r"grams?|grammes?",
    "tonne": r"(?:metric )?tonnes?|metric tons?", "ton": r"tons?\b", "ounce": r"ounces?",
    "litre": r"lit(?:re|er)s?", "gallon": r"gallons?", "barrel": r"barrels?",
    "mw": r"megawatts?|MW\b", "gw": r"gigawatts?|GW\b", "kw": r"kilowatts?|kW\b",
    "degree": r"degrees?(?: (?:Celsius|Fahrenheit))?|°[CF]?",
    "magnitude": r"magnitude", "kph": r"km/h|kph|kilomet(?:re|er)s (?:per|an) hour",
    "mph": r"mph|miles (?:per|an) hour", "knot": r"knots?",
    "second": r"seconds?", "minute": r"minutes?|mins?\b", "hour": r"hours?|hrs?\b",
    "day": r"days?", "night": r"nights?", "week": r"weeks?", "fortnight": r"fortnights?",
    "month": r"months?", "year": r"years?|yrs?\b", "decade": r"decades?",
    "century": r"centur(?:y|ies)",
}  # fmt: skip
_LONGEST_FIRST = ("kph", "mph", "sq km", "sq m", "sq mile", "percentage point")
_ORDER = [*_LONGEST_FIRST, *(name for name in _UNITS if name not in _LONGEST_FIRST)]
_UNIT = re.compile(
    r"(?:\s|-|–)*(?:"
    + "|".join(f"(?P<u{at}>{_UNITS[name]})" for at, name in enumerate(_ORDER))
    + r")(?!\w)(?:['’])?(?:-olds?\b|\s+old\b|\s+of age\b)?",
    re.IGNORECASE,
)
_SIGN = re.compile(r"(?P<sign>(?:US|A|AU|C|CA|NZ|HK|S)?\$|£|€|₪|¥|₹|USD ?|EUR ?|GBP ?|NIS ?)$")
_SIGNS = {"US$": "$", "USD": "$", "EUR": "€", "GBP": "£", "NIS": "₪", "AU$": "A$", "CA$": "C$",
          "₹": "rupee"}  # fmt: skip
_CANONICAL = {"metric ton": "tonne", "ton": "tonne"}
"""Units that newsrooms write one for the other; a short ton differs from a tonne by a tenth."""

_WORD = re.compile(r"[\s]+(?P<word>[^\W\d_][\w’'-]*)|-(?P<joined>[^\W\d_][\w’-]*)")
_STOPS = frozenset({
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "twenty", "thirty", "forty", "fifty", "hundred", "thousand", "million", "dozen", "one",
    "a", "about", "across", "after", "against", "all", "along", "also", "among", "amid", "an",
    "and", "are", "around", "as", "at", "away", "be", "because", "been", "before", "being",
    "between", "both", "but", "by", "can", "could", "did", "do", "does", "during", "each",
    "either", "else", "ever", "except", "for", "from", "had", "has", "have", "having", "he",
    "her", "here", "him", "his", "how", "i", "if", "in", "inside", "into", "is", "it", "its",
    "just", "less", "like", "may", "me", "might", "more", "most", "must", "near", "not", "now",
    "of", "off", "on", "once", "only", "onto", "or", "other", "others", "our", "out", "outside",
    "over", "past", "per", "plus", "rather", "said", "say", "says", "shall", "she", "should",
    "since", "so", "still", "such", "than", "that", "the", "their", "them", "then", "there",
    "these", "they", "this", "those", "through", "throughout", "thus", "till", "to", "today",
    "together", "tomorrow", "under", "until", "up", "upon", "us", "versus", "via", "was", "we",
    "were", "what", "when", "where", "whether", "which", "while", "who", "whom", "whose", "why",
    "will", "with", "within", "without", "would", "yesterday", "yet", "you", "your", "later",
    "earlier", "ago", "always", "perhaps", "unless", "besides", "towards", "afterwards",
    "alone", "again", "remain", "remained", "remains", "killed", "wounded", "injured", "died",
    "dead", "missing", "displaced",
})  # fmt: skip
_OF_THE = re.compile(r"\s+of(?:\s+(?:the|its|their|his|her|these|those|all)\b)?(?=\s)")
_PLURAL_WORDS = frozenset({
    "people", "children", "women", "men", "police", "staff", "troops", "personnel", "civilians",
    "aircraft", "sheep", "fish", "cattle", "media", "dead", "wounded", "injured", "homeless",
    "crew", "forces", "lives", "wives", "families", "oxen", "geese", "feet", "teeth", "data",
    "criteria", "Palestinians",
})  # fmt: skip
_PLURAL_ENDS = ("women", "men", "children", "people")
_NO_PLURALS = frozenset({
    "specimen", "regimen", "abdomen", "acumen", "omen", "stamen", "semen", "yemen", "amen",
})  # fmt: skip
"""'Fishermen', 'townspeople'; and words that only end alike."""
_MORE = frozenset({
    "more", "other", "further", "additional", "new",
})  # fmt: skip
_LONGEST = 4


def unit_after(text: str, end: int) -> tuple[str, int]:
    """The unit that follows a number that ends there, '' if none, and where it ends."""
    found = _UNIT.match(text, end)
    if not found:
        return "", end
    at = next(int(name[1:]) for name, words in found.groupdict().items() if words)
    return _ORDER[at], found.end()


def unit_before(text: str, start: int) -> tuple[str, int]:
    """The sign of a currency before a number that starts there, '' if none, and where it starts."""
    found = _SIGN.search(text, max(0, start - 4), start)
    if not found:
        return "", start
    sign = found["sign"].strip()
    return _SIGNS.get(sign, sign), found.start()


def canonical_unit(unit: str) -> str:
    """One name for units that are written one for the other."""
    return _CANONICAL.get(unit, unit)


def counted_after(text: str, end: int) -> tuple[str, int]:
    """The noun phrase that follows a number, lower-cased and '' if none, and where it ends.

    Adjectives up to the first plural: 'israeli and foreign hostages'. Without a plural within four
    words it is not sure that they are counted.
    """
    of_the = _OF_THE.match(text, end)
    at = of_the.end() if of_the else end
    words: list[str] = []
    while len(words) < _LONGEST and (found := _WORD.match(text, at)):
        word = (found["word"] or found["joined"]).lower()
        joins = word in ("and", "or") and words and not words[-1].endswith("s")
        if (word in _STOPS and word not in _MORE and not joins) or word.endswith(("’s", "'s")):
            break
        words.append(word)
        at = found.end()
        if _is_plural(word):
            while words and words[0] in _MORE:
                words.pop(0)
            return " ".join(words), at
    return "", end


def _is_plural(word: str) -> bool:
    if word in _PLURAL_WORDS:
        return True
    if word.endswith(_PLURAL_ENDS) and word not in _NO_PLURALS:
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous"))
