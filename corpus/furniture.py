"""Page furniture: the lines that a site puts around an article's words.

One literal table of rules. A rule takes a line only as a whole and only where reporting would
not read like it; a line that ends in a full stop is a sentence and stays, unless the rule
names its very words. A correction or an editor's note is reporting. What is in doubt stays: a
stray line costs little, a lost one is a lie.
"""

from __future__ import annotations

import re

from corpus.sentences import sentence_spans

# A headline of more words than this is a paragraph that lacks its full stop.
HEADLINE_WORDS = 25

_UNIT = r"(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s?"
_SITES = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|telegram|instagram|youtube|tiktok|threads|bluesky"
    r"|mastodon|reddit|pinterest|flipboard|google news|apple news|spotify)"
)
# An imperative that somebody is quoted with is reporting.
_UNSAID = r"(?!.*(?:\b(?:said|says|told|asked|wrote|added|urged)\b|[\"“”«»]))"
# Words that a line of credits is made of beside names and places.
_DUTY = (
    r"(?:reporting|editing|writing|compiled|translated|translation|produced|graphics|research"
    r"|photography|edited|written|reported|fact-checking)"
)
_NAMES = (
    rf"(?: (?:[A-Z][\w.’'/-]*|al-\w+|(?i:additional|{_DUTY})|and|&|in|at|for|from|of|the|with|by"
    r"|van|von|de|del|da|di|bin|el|al)[,;.]?)+"
)

# name -> the whole line
LINES: dict[str, re.Pattern[str]] = {
    "site icon": re.compile(r"site icon\b.{0,80}", re.IGNORECASE),
    "mobile version": re.compile(
        r"(?:exit|view|switch to) (?:the )?mobile (?:version|site)", re.IGNORECASE
    ),
    "age": re.compile(
        rf"(?:(?:published|posted|(?:last )?updated):? )?(?:about )?(?:\d+|an?|one) {_UNIT} ago",
        re.IGNORECASE,
    ),
    "player": re.compile(
        r"(?:media|video|audio) playback is (?:not supported|unsupported) on (?:this|your) device"
        r"|your browser does not support .{1,60}|this video (?:can not|cannot|can’t) be played",
        re.IGNORECASE,
    ),
    "agency slug": re.compile(r"(?=(?:[^A-Z]*[A-Z]{2,}){2})[A-Z0-9]+(?:[-/][A-Z0-9]+){2,}"),
    "promotion": re.compile(
        r"(?:(?:WATCH|READ|LISTEN|VIDEO|PODCAST|GALLERY|IN PICTURES|OPINION)"
        r"|(?i:read more|read also|also read|see also|read next|watch also|related|more on this"
        r"|(?:à )?lire aussi|lea también|leer más|también le puede interesar|lesen sie auch"
        r"|mehr zum thema|(?:إ|ا)قرأ أيض(?:اً|ًا|ا)))"
        r" ?[:|–—] ?.*[^.\s]"
    ),
    "copyright": re.compile(
        r"(?:©|\(c\) \d{4}|copyright (?:©|\(c\)|\d{4})).{0,240}"
        r"|(?:(?:©|copyright) .{1,80} )?(?:all rights reserved|tous droits réservés"
        r"|todos los derechos reservados|alle rechte vorbehalten)\.?"
        r"|(?:حقوق (?:النشر|الطبع) )?(?:جميع الحقوق محفوظة|© ?\d{4}).{0,80}"
        r"|this material may not be published, broadcast, rewritten,? or redistributed.{0,60}",
        re.IGNORECASE,
    ),
    "photo credit": re.compile(
        r"[\[(]?(?:(?:file )?photo|photograph|image|picture|illustration|video)s?"
        r"(?: credit| courtesy| by)?(?: of)? ?[:/] ?.{0,100}[^.]",
        re.IGNORECASE,
    ),
    "sharing": re.compile(
        r"(?:share|follow us|join us|find us|like us|tweet|email|print|save"
        r"|partager|compartir|teilen|شارك|تابعونا على)"
        rf"(?: (?:this|the|on|via|with|it|by|article|story|page|post|link|and|or|{_SITES}"
        r"|email|friends|sur|en|auf|فيسبوك|تويتر))*[.:!]?",
        re.IGNORECASE,
    ),
    "following": re.compile(
        rf"{_UNSAID}(?:(?:follow .{{1,60}}|(?:like|find|join) (?:us|our .{{1,40}})) on (?:our )?"
        rf"{_SITES}(?:(?:, and | and | or |, | & )(?:on )?{_SITES})*(?: (?:channel|page|group))?"
        r"(?: for .{1,60})?|(?:download|get) (?:our|the .{1,40}) app(?: .{1,60})?)[.!:]?",
        re.IGNORECASE,
    ),
    "count": re.compile(
        r"(?:(?:\d{1,5}|\d[\d.,]{0,4} ?[km]) ?(?:shares?|comments?|likes?|views?"
        r"|retweets?|reactions?)"
        r"|comments? ?\(?\d{1,5}\)?|(?:be the first to|join the) (?:comment|conversation))[.!]?",
        re.IGNORECASE,
    ),
    "reading time": re.compile(
        r"(?:reading time:? )?\d{1,2}[ -]min(?:ute)?s?(?: (?:read|listen|watch))"
        r"|(?:reading time|listen|temps de lecture|lesezeit|tiempo de lectura)"
        r" ?[:·(-]? ?\d{1,2}(?::\d\d)? ?(?:min(?:ute|uto|uten)?s?)?\)?",
        re.IGNORECASE,
    ),
    "breadcrumbs": re.compile(
        r"home(?: ?[>»›/|→] ?[^>»›/|→.]{1,40}){1,6}"
        r"|[^>»›→.]{1,30}(?: ?[>»›→] ?[^>»›→.]{1,40}){2,6}",
        re.IGNORECASE,
    ),
    "tags": re.compile(
        r"(?:tags?|filed under|topics|keywords|categor(?:y|ies)|posted in|mots[- ]clés|etiquetas"
        r"|schlagwörter|الكلمات المفتاحية|وسوم) ?: ?.{1,200}[^.]"
        r"|topics in this article",
        re.IGNORECASE,
    ),
    "newsletter": re.compile(
        rf"{_UNSAID}(?:(?:sign up|subscribe|register|join)(?: here| now| today| free)?"
        r" (?:for|to|with|and)\b.{0,120}\b(?:newsletters?|inbox|e-?mails?|alerts?|briefing"
        r"|notifications|digest|mailing list|youtube channel)\b.{0,80}"
        r"|get (?:our|the (?:day|week|latest|top|best|biggest)\b).{0,100}"
        r"\b(?:inbox|e-?mail)\b.{0,40}"
        r"|enter your e-?mail(?: address)?.{0,40}"
        r"|by (?:signing up|subscribing),? (?:you|i) agree\b.*"
        r"|(?:thank you|thanks) for (?:subscribing|signing up).{0,80}"
        r"|(?:abonnez-vous|inscrivez-vous) à .{0,60}(?:newsletter|lettre d.information).{0,40}"
        r"|suscríbase a .{0,60}(?:boletín|newsletter).{0,40}"
        r"|abonnieren sie .{0,60}newsletter.{0,40})",
        re.IGNORECASE,
    ),
    "cookies": re.compile(
        rf"{_UNSAID}(?:(?:we|this (?:web ?)?site|our (?:web ?)?site)(?: and our .{{1,30}})? uses?\b"
        r".{0,40}\bcookies\b.*"
        r"|by (?:continuing|clicking|using)\b.{1,120}\b(?:you|i) (?:agree|accept|consent)\b.*"
        r"|(?:accept|reject|allow|manage)(?: all)?(?: cookies?)?"
        r"(?: (?:settings|preferences|choices))?"
        r"|cookie (?:settings|preferences|notice|consent)|manage (?:my |your )?preferences"
        r"|nous utilisons des cookies.*|utilizamos cookies.*|(?:wir verwenden|diese website"
        r" verwendet) cookies.*|يستخدم هذا الموقع ملفات تعريف الارتباط.*)",
        re.IGNORECASE,
    ),
    "paywall": re.compile(
        rf"{_UNSAID}(?:(?:subscribe|log in|sign in|register|create an? (?:free )?account)"
        r"(?: now| here)? to (?:continue|keep|read|unlock|access|view)\b.{0,60}"
        r"|already (?:a (?:subscriber|member)|have an account|registered|subscribed)\b.{0,60}"
        r"|to (?:continue|keep) reading(?: this (?:article|story))?,? (?:please|you can|subscribe"
        r"|log in|sign|register|create|start|become)\b.{0,100}"
        r"|th(?:is|e rest of this) (?:article|story|content) is (?:only )?(?:available )?"
        r"(?:for|reserved for|to) (?:our )?(?:subscribers|members)(?: only)?.{0,40}"
        r"|you (?:have|’ve|'ve) (?:reached|read|used)\b.{1,40}\bfree (?:articles?|stories)\b.{0,60}"
        r"|unlock (?:this|the full) (?:article|story)\b.{0,60}|start your (?:free )?trial\b.{0,60}"
        r"|support (?:our|independent) journalism.{0,60})",
        re.IGNORECASE,
    ),
    "credits": re.compile(
        rf"[(\[]?(?i:additional )?(?i:{_DUTY})(?: and (?i:{_DUTY}))? by{_NAMES}[)\]]?\.?"
        r"|[(\[]?(?i:with (?:additional )?(?:inputs?|reporting|material|files|contributions?))"
        rf" (?:from|by)(?: (?i:(?:news |wire )?(?:agencies|agency|wires))|{_NAMES})[.)\]]*"
        r"|(?i:(?:source|via) ?: ?(?:news )?agencies)"
    ),
    "agency sign-off": re.compile(
        r"R(?:EUTER|euter)\.{0,3}|-{1,2} ?30 ?-{1,2}|#{3}|-{0,2} ?ENDS? ?-{0,2}"
    ),
    "standards": re.compile(
        r"our standards: .{0,80}|the thomson reuters trust principles\.?", re.IGNORECASE
    ),
    "views": re.compile(
        r"the (?:views|opinions)(?: and (?:views|opinions))? expressed"
        r" (?:in this .{1,40}|here(?:in)?|by (?:the|this) (?:author|writer|contributor|columnist))"
        r" (?:are|belong|do not)\b.{1,200}",
        re.IGNORECASE,
    ),
    "list mark": re.compile(
        r"list of \d+ items|list \d+ of \d+(?: .{1,120}[^.])?|end of list", re.IGNORECASE
    ),
}  # fmt: skip

_PHRASES = frozenset(
    (
        "advertisement", "advertising", "advertisements", "sponsored", "sponsored content", "ad",
        "story continues below", "story continues below advertisement", "article continues below",
        "article continues after advertisement", "continue reading", "read more",
        "read the full story", "click here", "learn more", "skip to content",
        "skip to main content", "back to top", "go back", "home", "menu", "search", "close",
        "loading", "loading...", "loading…", "comments", "leave a comment", "leave a reply",
        "add comment", "no comments", "post a comment", "subscribe", "subscribe now", "sign up",
        "sign in", "log in", "register", "sign up for our newsletter",
        "subscribe to our newsletter", "newsletter", "listen", "listen to this article",
        "listen to story", "play", "pause", "copy link", "link copied", "copied", "accept cookies",
        "accept all", "reject all", "cookie policy", "privacy policy", "terms of service",
        "terms of use", "terms and conditions", "contact us", "about us", "advertise with us",
        "previous", "next", "previous post", "next post", "previous article", "next article",
        "view comments", "show more", "see more", "load more", "view all", "more", "follow us",
        "watch live", "live", "watch", "enlarge image", "open image in gallery", "view gallery",
        "publicité", "lire la suite", "partager", "s'abonner", "publicidad", "leer más",
        "compartir", "suscríbase", "anzeige", "werbung", "weiterlesen", "teilen",
        "إعلان", "اقرأ المزيد", "إقرأ المزيد", "شارك", "تابعونا", "التعليقات",
    )
)  # fmt: skip

_RELATED = re.compile(
    r"(?:related|you (?:may|might) also like|read next|more (?:from|on|like this|stories)\b.{0,40}"
    r"|most (?:read|popular|viewed)|recommended(?: for you)?|trending(?: now)?|don[’']t miss"
    r"|editor[’']?s[’']? picks?|also on .{1,30}|keep reading|latest (?:news|stories|posts)"
    r"|sur le même sujet|articles liés|noticias relacionadas|más noticias|mehr zum thema"
    r"|das könnte sie auch interessieren|مواضيع ذات صلة|أخبار ذات صلة|(?:ا|إ)قرأ أيض(?:اً|ًا|ا))"
    r"(?: (?:posts?|articles?|stories|story|news|topics|content|reading|coverage|links"
    r"|videos?))?:?",
    re.IGNORECASE,
)
# 'This article was originally published by The Conversation.', 'The post … appeared first on …'
_ORIGINAL = re.compile(
    r"[(\[]?(?:(?i:this (?:article|story|piece|post)(?: (?:was|is|has been))?"
    r" ?(?:first |originally )?(?:published|appeared|republished))"
    r"|(?i:the post .{1,200} (?:appeared first|first appeared))"
    r"|(?i:first published|originally published|republished)) (?:by|on|in|at|from) "
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    r"(?P<outlet>(?:[Tt]he )?[A-Z][\w’'-]*(?:(?: (?:of|the|de|and|&))? [A-Z][\w’'-]*){0,5}"
    r"(?:\.(?:com|org|net))?)(?:,? (?:on|under|with|and|in) .{1,120})?[.)\]]*"
)
_BULLET = re.compile(r"[-*•·▪◦] ")

_AGENCY = r"AFP|AP|EPA|Reuters|Anadolu(?: Agency| Images)?|Getty(?: Images)?|Xinhua|WAFA|UPI|PA|DPA"
_CREDIT = re.compile(
    rf"\[(?=[^\[\]]*(?:/|\bvia\b|\b(?:{_AGENCY})\b|[Pp]hoto|[Ii]mage|[Hh]andout|[Ss]creen))"
    r"[^\[\]]{2,120}\]\s*$"
    r"|\((?=[^()]*(?:Getty Images|AP Photo|[Pp]hoto by|[Ff]ile [Pp]hoto|[Pp]hoto:|[Ii]mage:"
    r"|Shutterstock|iStock|/(?:AFP|Reuters|AP|EPA)\b))[^()]{2,120}\)\s*$"
)
# A full stop that the splitter may take for an abbreviation's, as in 'before May. Ferries wait'.
# Short words before it may be titles: 'Gen.', 'Sen.'.
_PLAIN_STOP = re.compile(r"(?:[a-z]{4}|\bMay|\bJune|\bJuly)[.!?][\"”’]*\s+(?=[A-Z“\"])")
_CLOSERS = "\"'”’»)]"


def is_statement(block: str) -> bool:
    """Whether the block ends as a sentence does: with a full stop, perhaps inside quotes."""
    return block.rstrip(_CLOSERS + " ").endswith((".", "…", "।", "۔", "。"))


def is_headline(block: str) -> bool:
    """Whether the block could be a headline: short, and not ended as a sentence."""
    ending = block.rstrip(_CLOSERS + " ")[-1:]
    return (
        len(block.split()) <= HEADLINE_WORDS
        and not is_statement(block)
        and ending not in {",", ";", ":"}
        and any(character.isalpha() for character in block)
    )


def is_furniture(block: str) -> bool:
    """Whether the whole block, or the item of a list that it is, is page furniture."""
    line = _BULLET.sub("", block, count=1)
    if line.strip(" :|").casefold() in _PHRASES:
        return True
    return first_outlet(line) is not None or any(rule.fullmatch(line) for rule in LINES.values())


def first_outlet(block: str) -> str | None:
    """The outlet that a line names as the one which had the article first; None for others."""
    found = _ORIGINAL.fullmatch(block)
    return found["outlet"].strip() if found else None


def related_places(blocks: list[str]) -> set[int]:
    """The places of 'Related posts' and of the headlines under it.

    The list ends where a sentence does: a list of links in the middle of an article takes
    nothing of what follows.
    """
    places: set[int] = set()
    in_list = False
    for place, block in enumerate(blocks):
        heads_a_list = _RELATED.fullmatch(block) is not None
        in_list = heads_a_list or (in_list and is_headline(block))
        if in_list:
            places.add(place)
    return places


def caption_start(block: str) -> int | None:
    """Where the photo caption begins that the block ends with; 0 where it is a caption.

    A caption is the one sentence that carries the credit, so reporting before it stays.
    """
    credit = _CREDIT.search(block)
    if not credit:
        return None
    start = [start for start, _ in sentence_spans(block) if start <= credit.start()][-1]
    stops = [found.end() for found in _PLAIN_STOP.finditer(block, start, credit.start())]
    return stops[-1] if stops else start
