"""Verbs of questions: 'did … reject' states 'rejected'; which words of English can be one.

The lists are the verbs that news uses most, typed from memory of its language and not taken from
any collection; a verb outside them is recognised where a name, a pronoun or a group stands before
it, and gets regular endings.
"""

from __future__ import annotations

import re

from rag.question.words import listed

_ROWS = """
be/was/been bear/bore/borne beat/beat/beaten become/became/become begin/began/begun
bend/bent/bent bet/bet/bet bid/bid/bid bind/bound/bound bite/bit/bitten bleed/bled/bled
blow/blew/blown break/broke/broken breed/bred/bred bring/brought/brought
broadcast/broadcast/broadcast build/built/built burst/burst/burst buy/bought/bought
cast/cast/cast catch/caught/caught choose/chose/chosen cling/clung/clung come/came/come
cost/cost/cost cut/cut/cut deal/dealt/dealt dig/dug/dug do/did/done draw/drew/drawn
drink/drank/drunk drive/drove/driven eat/ate/eaten fall/fell/fallen feed/fed/fed feel/felt/felt
fight/fought/fought find/found/found flee/fled/fled fly/flew/flown forbid/forbade/forbidden
forecast/forecast/forecast foresee/foresaw/foreseen forget/forgot/forgotten
forgive/forgave/forgiven freeze/froze/frozen get/got/got give/gave/given go/went/gone
grind/ground/ground grow/grew/grown hang/hung/hung have/had/had hear/heard/heard
hide/hid/hidden hit/hit/hit hold/held/held hurt/hurt/hurt keep/kept/kept know/knew/known
lay/laid/laid lead/led/led leave/left/left lend/lent/lent let/let/let lie/lay/lain
light/lit/lit lose/lost/lost make/made/made mean/meant/meant meet/met/met
mislead/misled/misled outbid/outbid/outbid overcome/overcame/overcome
overrun/overran/overrun oversee/oversaw/overseen overtake/overtook/overtaken
overthrow/overthrew/overthrown overturn/overturned/overturned pay/paid/paid put/put/put
quit/quit/quit read/read/read rebuild/rebuilt/rebuilt repay/repaid/repaid ride/rode/ridden
ring/rang/rung rise/rose/risen run/ran/run say/said/said see/saw/seen seek/sought/sought
sell/sold/sold send/sent/sent set/set/set shake/shook/shaken shed/shed/shed shoot/shot/shot
show/showed/shown shrink/shrank/shrunk shut/shut/shut sing/sang/sung sink/sank/sunk sit/sat/sat
sleep/slept/slept slide/slid/slid speak/spoke/spoken spend/spent/spent split/split/split
spread/spread/spread stand/stood/stood steal/stole/stolen stick/stuck/stuck
strike/struck/struck swear/swore/sworn sweep/swept/swept swim/swam/swum swing/swung/swung
take/took/taken teach/taught/taught tear/tore/torn tell/told/told think/thought/thought
throw/threw/thrown undergo/underwent/undergone understand/understood/understood
undertake/undertook/undertaken uphold/upheld/upheld wear/wore/worn win/won/won
withdraw/withdrew/withdrawn withhold/withheld/withheld withstand/withstood/withstood
write/wrote/written
"""
_IRREGULAR = {
    base: (past, participle)
    for base, past, participle in (row.split("/") for row in sorted(listed(_ROWS)))
}
_REGULAR = listed(
    """
abandon abolish accept accuse achieve acknowledge acquire acquit adjourn admit adopt affect agree
allege allow amend announce annex apologise apologize appeal appear applaud appoint approve argue
arrange arrive assassinate assess assume assure attempt attend attribute authorise authorize avoid
ban begin believe belong blame blockade bomb bombard calculate cancel capture carry cause caution
cease celebrate challenge change charge circulate cite claim clash clear close collapse collect
comment commit compensate compare complain complete concede concern conclude condemn conduct
confirm confiscate conquer consider consist consult contain continue contribute convict convince
cooperate cover crash create criticise criticize cross crush decide declare decline decrease
defeat defect defend define defuse delay deliver demand demolish denounce deny depart deploy
describe destroy detain deteriorate determine develop die differ disagree disappear disarm
discover discuss dismiss dispatch displace dispute dissolve divide donate doubt drop ease elect
eliminate embrace emerge emphasise emphasize employ enable end encourage endorse enforce engage
ensure enter erupt escalate escape establish estimate evacuate exceed exchange exclude execute
exist expand expect expel expire explain explode express extend extradite face fail favour favor
finance fine finish fire flood focus follow force free fund gather govern grant guarantee halt
handle happen harm help hesitate hope host identify ignore impeach implement impose improve
include increase indicate inform injure insist inspect install intend intensify intercept
interrupt intervene interview introduce invade invest investigate invite involve issue jail join
judge justify kidnap kill label lack land last launch leak lift like limit link list live lobby
locate look loosen lower maintain manage march mark mediate mention miss modify monitor mourn move
murder name need negotiate nominate notice notify object oblige observe obtain occupy occur offer
open operate oppose order organise organize oust overlook owe own participate pass pause perform
permit persuade pick plan play plead please pledge poison pose possess postpone praise predict
prefer prepare present press prevent proceed process produce prohibit promise promote propose
prosecute protect protest prove provide provoke publish pull punish purchase push qualify question
raid raise reach react realise realize receive recognise recognize recommend reconsider record
recover recruit reduce refer reflect refuse regain register regret reinforce reinstate reiterate
reject release rely remain remember remind remove renew reopen repair repeat replace reply report
represent request require rescue reserve resign resist resolve respond restore restrict resume
retire retreat return reveal reverse revise revoke rule sack sanction save scrap schedule seal
secure seem seize sentence serve settle share shell shelter shift sign signal slow smuggle solve
spare sponsor stage start starve state stay stop store storm strengthen stress struggle submit
succeed sue suffer suggest summon supply support suppose surge surprise surrender surround survive
suspect suspend suspect talk target tax terminate test testify thank threaten tighten torture
touch track trade train transfer transport travel treat trigger trust try turn unveil update urge
use vaccinate veto violate visit vote vow wait walk want warn warrant waive watch weaken welcome
withdraw witness work worry worsen wound yield
"""
)
VERBS = frozenset(_IRREGULAR) | _REGULAR
"""Verbs in the form that follows 'did'."""

NOUNS_TOO = listed(
    """
appeal attempt attack ban bid blame blockade bomb broadcast build burst cast cause challenge
change charge claim clash collapse comment concern conduct cost cover crash cross cut deal decline
decrease defeat delay deposit demand dispatch dispute doubt draw drive drop end escape estimate
exchange execute express face fall favour fear feed fight fine finish fire flood focus force
forecast fund grant guarantee halt harm help hit hold hope host increase issue judge label lack
land launch lead leak leave lie light limit link list live lobby look march mark meet move murder
name need notice object offer open order pass pause pay plan play pledge poison present press
process produce promise protest purchase push question raid raise read record regret release
repair repeat reply report request rescue reserve resort return reverse ride ring rise rule run
sack sanction say seal sentence set share shed shell shelter shift show sign signal slide slow
split sponsor spread stage stand state stay stop store start storm strike stress struggle supply
support surge surprise surrender suspect swing talk target tax test think torture touch track
trade train transfer transport travel trigger trust turn update use veto visit vote vow wait walk
warrant watch welcome win witness work worry wound yield
"""
)
"""Verbs that are as often nouns: 'the ministry report', 'an army raid'."""

_PASTS = {past for past, _ in _IRREGULAR.values()}
_PARTICIPLES = {participle for _, participle in _IRREGULAR.values()}
_NO_PAST = listed(
    "hundred united unprecedented alleged red bed need indeed speed feed breed seed embed sacred "
    "naked wicked armed unarmed occupied limited so-called crude shed ground light bound cost cut "
    "read set split spread cast bet put hit let"
)
_DOUBLED_AT_END = listed(
    "abet acquit admit cancel commit compel control deter defer expel incur occur omit patrol "
    "permit prefer propel rebut refer regret submit transfer"
)
_SYLLABLE = re.compile(r"[aeiouy]+")


def past(base: str) -> str:
    """'reject' → 'rejected', 'begin' → 'began'."""
    return _IRREGULAR[base][0] if base in _IRREGULAR else _with_ed(base)


def third_person(base: str) -> str:
    """'reject' → 'rejects', 'deny' → 'denies', 'have' → 'has'."""
    if base in ("be", "have", "do", "go"):
        return {"be": "is", "have": "has", "do": "does", "go": "goes"}[base]
    if re.search(r"(?:s|x|z|ch|sh)$", base):
        return f"{base}es"
    return f"{base[:-1]}ies" if re.search(r"[^aeiou]y$", base) else f"{base}s"


def is_third_person(word: str) -> bool:
    """Whether a word can only be a verb after 'he': 'owns', 'denies', but not 'talks'."""
    return word in _THIRD


def is_past(word: str) -> bool:
    """Whether a word can be a finite past form: 'rejected', 'began'."""
    low = word.lower()
    return low not in _NO_PAST and (low in _PASTS or (len(low) > 4 and low.endswith("ed")))


def is_participle(word: str) -> bool:
    """Whether a word can follow 'has' or 'was' as a participle: 'rejected', 'begun'."""
    low = word.lower()
    if low in _PARTICIPLES:
        return True
    return low not in _NO_PAST and len(low) > 4 and low.endswith("ed")


def base_of_gerund(word: str) -> str | None:
    """'rejecting' → 'reject', 'leaving' → 'leave', 'cutting' → 'cut'; None for no known verb."""
    low = word.lower()
    if len(low) < 5 or not low.endswith("ing"):
        return None
    stem = low[:-3]
    undoubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
    tried = (f"{stem}e", stem, undoubled, f"{stem[:-1]}ie" if stem.endswith("y") else stem)
    return next((each for each in tried if each in VERBS), None)


def _with_ed(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    if re.search(r"[^aeiou]y$", base):
        return f"{base[:-1]}ied"
    short = len(_SYLLABLE.findall(base)) == 1 and re.search(r"[^aeiou][aeiou][^aeiouwxy]$", base)
    if base in _DOUBLED_AT_END or short:
        return f"{base}{base[-1]}ed"
    return f"{base}ed"


_THIRD = frozenset(third_person(verb) for verb in VERBS - NOUNS_TOO)
