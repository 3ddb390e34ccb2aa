"""What English words have to do with each other: one verb's forms, words for one thing, opposites.

The tables are hand-made, short, and about what news tells: they let an honest rewording pass and
name an exchanged fact. A word that stands in none of them is compared by its stem.
"""

from __future__ import annotations

import re
from functools import cache

import Stemmer

_IRREGULAR = """
be:was were been is are am; begin:began begun; beat:beaten; become:became; bid:bade; bind:bound
bleed:bled; blow:blew blown; break:broke broken; bring:brought; build:built; burn:burnt; buy:bought
catch:caught; choose:chose chosen; come:came; deal:dealt; dig:dug; do:did done; draw:drew drawn
drink:drank drunk; drive:drove driven; eat:ate eaten; fall:fell fallen; feed:fed; feel:felt
fight:fought; find:found; flee:fled; fly:flew flown; forbid:forbade forbidden; forget:forgot
forgotten; freeze:froze frozen; get:got gotten; give:gave given; go:went gone; grow:grew grown
hang:hung; have:had has; hear:heard; hide:hid hidden; hold:held; keep:kept; know:knew known
lay:laid; lead:led; leave:left; lend:lent; lie:lay lain; lose:lost; make:made; mean:meant
meet:met; pay:paid
free:freed; agree:agreed; ride:rode ridden; ring:rang rung; rise:rose risen; run:ran; say:said
see:saw seen; seek:sought; sell:sold; send:sent; shake:shook shaken; shoot:shot; show:shown
shrink:shrank shrunk; sing:sang sung; sink:sank sunk; sit:sat; sleep:slept; slide:slid
speak:spoke spoken
spend:spent; stand:stood; steal:stole stolen; stick:stuck; strike:struck; swear:swore sworn
sweep:swept; swim:swam swum; swing:swung; take:took taken; teach:taught; tear:tore torn; tell:told
think:thought; throw:threw thrown; uphold:upheld; wake:woke woken; wear:wore worn; win:won
withdraw:withdrew withdrawn; write:wrote written; withhold:withheld; undergo:underwent undergone
"""
_ALIKE = """
kill die dead death deaths died fatality; injure wound hurt injury; home house homes
start begin launch; end finish conclude; truck lorry; truce ceasefire cease-fire
talk negotiation negotiate; spokesman spokeswoman spokesperson spokespeople; hostage captive
allow permit let; receive get obtain; arrest detain; free release; halt stop suspend
close shut closure; rise increase climb grow growth; fall drop decrease decline; depart leave
build construct construction; repair fix mend; deal agreement accord pact; reject refuse decline
fire blaze; vessel ship; company firm; people person; aid help assist assistance; big large
child kid; buy purchase; military army; show reveal; cost price; need require; attack assault
reach arrive
vote ballot; jail imprison; doctor medic physician
considerable significant substantial; competition contest; enlarge expand; wages pay salary
protester demonstrator; inquiry investigation probe; murder kill; seize capture; ill sick
petrol gasoline; criticise condemn denounce; vital crucial; rare uncommon; huge enormous
flat apartment; walkout strike; wounded casualty; evacuate; purpose aim goal; annual yearly
lawyer attorney; car vehicle; quick fast rapid; resign quit
"""
_OPPOSITE = """
rise:fall shrink; buy:sell; win:lose; accept:reject; approve:reject; support:oppose
praise:blame criticise criticize condemn; open:close; begin:end; north:south; east:west
northern:southern; eastern:western; before:after; above:below; inside:outside; early:late
arrive:leave; give:take; hire:sack dismiss; survive:die; confirm:deny; guilty:innocent
convict:acquit
legal:illegal; strengthen:weaken; double:halve; old:new; uphold:overturn; allow:ban forbid prohibit
free:jail arrest; success:failure; succeed:fail; ally:enemy; victory:defeat; import:export
public:private; attack:defend; expand:reduce shrink; raise:lower cut; advance:retreat withdraw
majority:minority; repair:demolish destroy; build:demolish destroy; borrow:lend; publish:withhold
safe:unsafe dangerous; son:daughter; husband:wife; father:mother; brother:sister; man:woman
men:women; boy:girl; enter:leave; man:child; soldier:civilian; lift:impose; gain:lose
hot:cold; day:night; morning:evening; first:last; best:worst; more:fewer less; agree:refuse
increase:cut; improve:worsen; join:leave; left:right; positive:negative; rich:poor; up:down
resume:suspend; start:halt; reopen:close; deploy:withdraw; recover:worsen; protect:endanger harm
"""


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


@cache
def _bases() -> dict[str, str]:
    table: dict[str, str] = {}
    for entry in _IRREGULAR.replace("\n", ";").split(";"):
        base, colon, forms = entry.partition(":")
        if colon:
            last = base.strip()
        for form in (forms if colon else base).split():
            table[form] = last
    return table


@cache
def _groups() -> dict[str, str]:
    table: dict[str, str] = {}
    for entry in _ALIKE.replace("\n", ";").split(";"):
        words = [_plain(_spelt(word)) for word in entry.split()]
        for word in words:
            table[word] = words[0]
    return table


@cache
def _opposites() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for entry in _OPPOSITE.replace("\n", ";").split(";"):
        one, colon, others = entry.partition(":")
        for other in others.split() if colon else ():
            table.setdefault(term_of(one.strip()), set()).add(term_of(other))
            table.setdefault(term_of(other), set()).add(term_of(one.strip()))
    return {word: frozenset(others) for word, others in table.items()}


def _spelt(word: str) -> str:
    """One spelling for British and American: 'recognised', 'labour', 'centre'."""
    if len(word) < 5:
        return word
    word = re.sub(r"is(e|ed|es|er|ers|ing|ation|ations)$", r"iz\1", word)
    word = re.sub(r"our(s|ed|ing|er|ers|al)?$", r"or\1", word)
    word = re.sub(r"tre(s|d)?$", r"ter\1", word)
    return re.sub(r"(?<=efen|ffen)ce(s|less)?$", r"se\1", word).replace("programme", "program")


def _plain(word: str) -> str:
    return str(_stemmer().stemWord(_bases().get(word, word)))


@cache
def term_of(word: str) -> str:
    """The term that a folded word counts as: its stem, its verb's, or its group's first."""
    plain = _plain(_spelt(word.removesuffix("'s").replace("'", "")))
    return _groups().get(plain, plain)


def is_form_of_verb(word: str) -> bool:
    """Whether a folded word is a form of an irregular verb: 'beaten', 'went'."""
    return word in _bases()


@cache
def opposites(term: str) -> frozenset[str]:
    """The terms that say the contrary of a term."""
    return _opposites().get(term, frozenset())
