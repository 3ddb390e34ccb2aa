"""The verbs of news, and their past forms back to their base forms.

A closed list instead of a tagger: a question is only made where the verb is known, and a
sentence whose verb is not is left alone. The list was made by hand from what reports commonly
say happened.
"""

from __future__ import annotations

from evals.draft.lexicon import word_set

_IRREGULAR = """
become:became begin:began bring:brought build:built buy:bought catch:caught choose:chose
come:came cut:cut draw:drew drive:drove eat:ate fall:fell fight:fought find:found flee:fled
fly:flew forbid:forbade freeze:froze get:got give:gave go:went grow:grew hear:heard hide:hid
hit:hit hold:held keep:kept lay:laid lead:led leave:left let:let lose:lost make:made meet:met
pay:paid put:put quit:quit rise:rose run:ran say:said see:saw seek:sought sell:sold send:sent
set:set shoot:shot shut:shut sink:sank speak:spoke spend:spent split:split spread:spread
stand:stood steal:stole strike:struck sue:sued sweep:swept take:took teach:taught tell:told
throw:threw understand:understood undergo:underwent win:won withdraw:withdrew write:wrote
"""
_REGULAR = """
abandon abolish accept accuse achieve acquire add admit adopt agree aim allow announce appeal
appear appoint approve argue arrest arrive ask assassinate assault attack attend award back ban
bar believe block bomb borrow brief broadcast cancel capture carry cause cease celebrate charge
claim clear climb close collapse collect command complete conclude condemn conduct confirm
consider contain continue convict cost cover crash create criticise criticize cross damage
debate decide declare decline decrease defeat defend delay deliver demand demolish deny
deploy deport describe destroy detain detect die discover discuss dismiss displace
donate double drop earn elect emerge employ end enter escape establish estimate evacuate
exceed execute exchange expand expect expel explode export express extend face fail file fine
finish fire force found fund gain gather gain grant greet halt hand happen hire host identify
impose import increase indict injure insist inspect install interview introduce invade
invest investigate invite issue join jump jail kill kidnap land last launch lift link list
lower manufacture march mark move murder name nationalise nominate note occupy offer open operate
order organise oust own pardon pass pause plan play pledge plunge postpone predict present
prevent print produce promise promote propose protest prove provide publish punish purchase raid
raise rank ratify reach receive recall recognise recognize recommend record recover reduce
refuse reject release remain remove renew reopen repair repeal replace reply report request
rescue resign resolve respond restore resume retire return reveal review sack sail save
scrap seize serve settle share shell ship sign slip spark stage start state stay stop store
storm stress submit succeed suffer summon supply support surge surrender suspend swear
target tell testify thank threaten topple total trade train transfer travel treat
trigger triple tumble turn uncover unveil urge use vaccinate veto vote visit vow want warn wed
welcome worsen wound
"""
_DOUBLING = {"admit", "ban", "bar", "drop", "expel", "plan", "scrap", "ship", "slip", "stop"}
_OFF_LIST = {"broadcast", "cost", "swear", "tell", "wed"}  # listed above, but not regular


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeou":
        return base[:-1] + "ied"
    return base + (base[-1] if base in _DOUBLING else "") + "ed"


BASE: dict[str, str] = {
    **{_past(base): base for base in _REGULAR.split() if base not in _OFF_LIST},
    **{past: base for base, _, past in (pair.partition(":") for pair in _IRREGULAR.split())},
    "cost": "cost",
    "swore": "swear",
}
"""Past form → base form."""

AUXILIARIES = word_set(
    "is are was were has have had will would can could may might must should shall"
)
"""Verbs that a question puts before its subject."""

PARTICIPLES = word_set(
    "become begun been brought built bought caught chosen come cut drawn driven eaten fallen "
    "fought found fled flown frozen given gone grown heard hidden hit held kept laid led left lost "
    "made met paid put risen run said seen sought sold sent set shot shut sunk spoken spent split "
    "spread stood stolen struck swept taken taught told thrown undergone won withdrawn written "
    "born dead missing able due likely still"
)
"""Participles that do not end in '-ed', and adjectives that stand where one would."""

STANDING_ALONE = AUXILIARIES | word_set(
    "died fled remain remained lost took went came won voted signed attended gathered marched "
    "protested arrived live lived work worked face faced need needed joined returned escaped "
    "survived crossed entered rose fell grew received said"
) - {"can", "may", "might", "must", "shall", "should"}
"""Verbs that follow a subject such as '300 people' and cannot be taken for its participle often."""

AGENTS = word_set(
    "abandoned accepted accused acquired admitted adopted agreed announced appealed appointed "
    "approved arrested asked attacked banned blocked bought brought built called cancelled "
    "claimed condemned confirmed criticised criticized cut declared defeated defended delayed "
    "delivered demanded denied deployed described dismissed donated drew elected expelled filed "
    "founded gave hired hosted imposed introduced invaded invited issued joined launched led "
    "lifted met named nominated offered opened ordered organised ousted paid "
    "pardoned pledged postponed praised promised proposed protested provided published purchased "
    "raided raised ratified received rejected released replaced rescued resigned sacked seized "
    "sent signed sold sought submitted sued summoned suspended took urged vetoed visited "
    "voted vowed warned welcomed withdrew won wrote"
)
"""Past forms of what people, states and bodies do, so that 'Who …?' asks for the one who did."""

SAYING: dict[str, str] = {
    "said": "say", "announced": "announce", "warned": "warn", "confirmed": "confirm",
    "estimated": "estimate", "stressed": "stress", "argued": "argue", "claimed": "claim",
    "denied": "deny", "insisted": "insist", "acknowledged": "acknowledge", "stated": "state",
    "admitted": "admit", "told": "tell", "predicted": "predict", "believes": "believe",
    "added": "add", "noted": "note", "declared": "declare",
}  # fmt: skip
"""Forms of saying → their base forms."""

_NO_VERBS = word_set(
    "hundred indeed need seed speed united red bed shed breed creed feed deed unprecedented "
    "armed so-called"
)


def is_verb(word: str) -> bool:
    """Whether a word may be a finite verb or a participle; it takes more for one than are."""
    bare = word.strip("“”\"'(),;:")
    low = "" if bare == "May" else bare.lower()
    if low in AUXILIARIES or low in BASE or low in PARTICIPLES or low in SAYING:
        return True
    return low.endswith("ed") and len(low) > 4 and low not in _NO_VERBS and word[:1].islower()
