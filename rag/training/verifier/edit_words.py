"""Words that make a true sentence false when one stands for the other."""

from __future__ import annotations


def _pairs(table: str) -> dict[str, tuple[str, ...]]:
    """Both ways: 'a:b c' makes a → b, c and b → a."""
    made: dict[str, tuple[str, ...]] = {}
    for group in table.split(";"):
        left, right = group.split(":")
        for one in left.split(","):
            for other in right.split(","):
                first, second = one.strip(), other.strip()
                made[first] = (*made.get(first, ()), second)
                made[second] = (*made.get(second, ()), first)
    return made


OPPOSITES = _pairs(
    "rose:fell,dropped; increased:decreased,fell; increase:decrease,reduction; rise:fall,drop;"
    "more:fewer,less; higher:lower; largest:smallest; biggest:smallest; highest:lowest; won:lost;"
    "win:lose; accepted:rejected,refused; approved:rejected,opposed; agreed:refused;"
    "opened:closed; open:closed; supported:opposed; support:opposition,oppose; praised:criticised;"
    "success:failure; successful:unsuccessful; failed:succeeded,managed; began:ended; start:end;"
    "started:stopped,ended; allowed:banned,forbidden; banned:permitted; legal:illegal; true:false;"
    "major:minor; good:bad; better:worse; best:worst; strong:weak; stronger:weaker; large:small;"
    "long:short; old:young,new; new:old; older:younger; oldest:youngest; public:private;"
    "left:right; north:south; northern:southern; east:west; eastern:western; inside:outside;"
    "above:below; arrived:left,departed; built:destroyed,demolished; bought:sold; gained:lost;"
    "early:late; included:excluded; including:excluding; with:without; positive:negative;"
    "common:rare; up:down; safe:dangerous; guilty:innocent; convicted:acquitted;"
    "arrested:released; alive:dead; mother:father; son:daughter; brother:sister; husband:wife;"
    "man:woman; men:women; boy:girl; he:she; his:her; easy:difficult; easier:harder;"
    "possible:impossible; able:unable; many:few; increasing:decreasing; growing:shrinking;"
    "rising:falling; cheap:expensive; rich:poor; hot:cold"
)
QUANTIFIERS = _pairs(
    "all:some,most,few,none of; every:no,hardly any; both:neither of,one of; always:never,rarely;"
    "often:never,rarely; usually:rarely; only:not only; at least:at most,exactly;"
    "nearly:more than; almost:more than; more than:fewer than,exactly; less than:more than;"
    "up to:more than; over:under; several:two,hundreds of; many:all,a few; most:all,a few;"
    "half:a third of,all; first:second,last; entirely:partly; completely:partly; mainly:only;"
    "one of the:the; dozens:hundreds; hundreds:thousands; thousands:millions; majority:minority;"
    "once:twice"
)
ORDER = _pairs(
    "before:after; after:before; earlier:later; until:since; previously:subsequently;"
    "prior to:after; following:preceding; at the same time as:long after"
)
CERTAINTY = _pairs(
    "will:may,might; would:did; could:did; may:will; might:will; can:must; should:must;"
    "plans to:refuses to; wants to:is about to; expected to:certain to; alleged:proven;"
    "suspected:convicted; reportedly:undoubtedly; likely:certain; possibly:certainly;"
    "hopes to:will; tried to:managed to; attempted to:managed to; suggested:proved;"
    "believes:knows; claimed:proved"
)
