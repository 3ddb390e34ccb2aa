"""The words by which news says that somebody says so, and those that say who."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text, parted by white space."""
    return frozenset(text.split())


SAYING = word_set(
    """said says say saying told tells tell telling added adds adding announced announces announcing
    claimed claims claiming reported reports reporting stated stating stressed stresses stressing
    argued argues arguing confirmed confirms confirming estimated estimates believed believes
    believe warned warns warning wrote writes writing explained explains explaining insisted insists
    insisting noted notes noting declared declares declaring acknowledged acknowledges admitted
    admits conceded concedes charged charging denied denies denying reiterated reiterates repeated
    asserted asserts asserting maintained maintains suggested suggests indicated indicates indicate
    indicating revealed reveals disclosed promised promises promising pledged pledges vowed vows
    recalled remarked remarks remarking replied replies replying responded answered commented
    observed predicted predicts forecast forecasts projected projects expected expects expect
    reckoned reckons reckon calculated calculates counted counts recorded recounted concluded
    concludes testified tweeted posted emphasised emphasized emphasises emphasizes emphasising
    emphasizing underlined underlines underscored affirmed affirms assured ruled hoped hopes feared
    fears thinks think thought put puts cautioned cautions complained complains alleged alleges
    alleging accused agreed agrees joked quipped recommended proposed demanded demands speculated
    contends contended attested vouched expressed voiced"""
)
"""Words after which, or before which, stands what somebody says, thinks or counts."""

QUOTING = word_set(
    """asked asks called calls calling described describes described thanked praised dubbed termed
    labelled labeled branded denounced condemned dismissed hailed welcomed rejected urged spoke
    speaking criticised criticized blamed cited continued went shouted exclaimed cried accused
    wondered apologised apologized wants wanted ended began opened closed objected protested swore
    summed"""
)
"""Words that introduce what is said only where a quotation goes with them."""

WEAK = word_set(
    """expected expects expect reckoned reckons reckon believed believes believe hoped hopes feared
    fears thinks think thought counted counts recorded put puts estimated estimates calculated
    calculates projected projects projected forecast forecasts"""
)
"""Of `SAYING`, those that stay a statement when they are denied: 'do not expect'."""

NOUNS_TOO = word_set(
    """claims reports notes counts estimates remarks answers forecasts forecast projects promises
    pledges charges hopes fears demands puts state"""
)
"""Of `SAYING`, those that are as often nouns: 'claims of 85 million'."""

ROLES = word_set(
    """spokesman spokeswoman spokesperson spokesmen minister president premier chancellor mayor
    governor judge justice captain colonel major general lieutenant sergeant commander admiral
    brigadier chief head director secretary chairman chairwoman chairperson chair councillor
    senator representative congressman congresswoman lawmaker deputy ambassador envoy negotiator
    mediator commissioner prosecutor lawyer barrister solicitor attorney professor doctor dr
    physician scientist researcher economist analyst expert engineer officer official inspector
    detective sheriff pastor bishop archbishop pope cardinal rabbi imam sheikh amir emir king queen
    prince princess baron sir lord lady dame mr mrs ms miss coach manager owner founder editor
    reporter correspondent witness resident survivor headmaster headmistress teacher principal
    leader activist campaigner farmer driver pilot skipper coordinator adviser advisor aide
    treasurer superintendent constable marshal chairs ceo executive boss author historian
    nurse surgeon warden ombudsman auditor rector dean curator harbourmaster
    organiser organizer purser vice-president"""
)
"""What a person is, as it stands before or beside a name."""

BODIES = word_set(
    """ministry office department bank council union federation fund service authority authorities
    committee agency university hospital company firm lines court police army military navy force
    forces government parliament senate congress cabinet commission board association party
    movement group institute organisation organization embassy bureau coastguard directorate
    treasury administration press post times herald gazette courier echo star news daily tribune
    guardian telegraph chamber society trust foundation centre center team network corporation
    inc ltd plc nations league club school municipality county city state brigade
    utility operator carrier airline railway port airport prosecution defence exchange watchdog
    regulator insurer insurers tally statement update secretariat assembly mission water freight
    council's campaign charity church campaigners academy college consortium alliance coalition
    laboratory observatory outlet newspaper magazine broadcaster website
    registry district borough hall house mine mines zoo"""
)
"""What an institution is, as its name ends or begins."""

PAPERS = word_set(
    """statement update letter release communique communiqué bulletin note tweet message post
    document memo dispatch"""
)
"""What somebody speaks through: 'the statement added' is said by who gave the statement."""

SUMS = word_set(
    """estimates estimate figures figure data tally count statistics numbers projections results
    findings records readings"""
)
"""What somebody has counted: 'estimates from X indicate' is said by X."""

FUNCTION_WORDS = word_set(
    """and but or nor so yet while whereas because as when after before that which if although
    though since until unless than whether where why how what whose whom once is was were are be
    been being am has have had do does did will would shall should can could may might must not
    never to by on into onto over under about against between through during without within along
    across behind beyond upon off up down out there here then thus still also just only even ever
    more less too very said says told i we you me us him them my your our else yesterday today
    tomorrow tonight however meanwhile moreover furthermore instead earlier later monday tuesday
    wednesday thursday friday saturday sunday january february march april june july august
    september october november december"""
)
"""Words that never stand inside the words for a speaker."""

DETERMINERS = word_set(
    "the a an its his her their this these those some several two three four five one another all "
    "both many most other few no any each every"
)
LINKS = word_set("of for at in from with")
PARTICLES = word_set("bin bint ibn al el de van von der den da di la du dos del af y")
PRONOUNS = word_set("he she they it")

PASTS = word_set(
    """took came went saw made gave left found got knew fell held kept led lost met paid ran sat
    sent set spent stood won became began broke brought built bought caught chose drew drove fought
    felt flew grew hit heard laid rose sank sold shot shook slept struck swept taught threw wore
    withdrew overran hit cut set let put shut spread read quit fled
    shrugged ends ended means want wants"""
)
"""Past forms that do not end in -ed, which part a speaker from what stands before."""

NO_PASTS = word_set(
    """united occupied armed retired hundred elected appointed unnamed displaced wounded injured
    accused bed red allied limited combined associated red-haired seed feed breed shed
    london-based-based sacred learned experienced detained affected mohammed ahmed mohamed
    saeed"""
)
