"""The lines that sites put around an article: one literal table, a rule a line.

A rule takes a line only as a whole and only where reporting would not read like it; a line that
ends in a full stop is a sentence and stays, unless the rule names its very words.
"""

from __future__ import annotations

import re

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

PHRASES = frozenset(
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
