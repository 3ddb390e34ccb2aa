"""Countries as news names them: short and long forms, their people, and the capital that speaks."""

from __future__ import annotations

from functools import cache

# country: other names; the people and what is theirs; the capital by which its government goes.
_NATIONS = """
us: united states, united states of america, usa, america; american; washington
uk: united kingdom, britain, great britain; british, briton; london
uae: united arab emirates, emirates; emirati; abu dhabi
eu: european union; ; brussels
un: united nations; ;
afghanistan: ; afghan; kabul
algeria: ; algerian; algiers
argentina: ; argentine, argentinian; buenos aires
australia: ; australian; canberra
austria: ; austrian; vienna
bahrain: ; bahraini; manama
bangladesh: ; bangladeshi; dhaka
belgium: ; belgian;
brazil: ; brazilian; brasilia
canada: ; canadian; ottawa
chile: ; chilean; santiago
china: people's republic of china; chinese; beijing
colombia: ; colombian; bogota
croatia: ; croatian, croat; zagreb
cuba: ; cuban; havana
cyprus: ; cypriot; nicosia
denmark: ; danish, dane; copenhagen
egypt: ; egyptian; cairo
ethiopia: ; ethiopian; addis ababa
finland: ; finnish, finn; helsinki
france: ; french; paris
germany: ; german; berlin
greece: ; greek; athens
hungary: ; hungarian; budapest
india: ; indian; new delhi, delhi
indonesia: ; indonesian; jakarta
iran: islamic republic; iranian; tehran
iraq: ; iraqi; baghdad
ireland: ; irish; dublin
israel: ; israeli; tel aviv, jerusalem
italy: ; italian; rome
japan: ; japanese; tokyo
jordan: ; jordanian; amman
kenya: ; kenyan; nairobi
kuwait: ; kuwaiti; kuwait city
lebanon: ; lebanese; beirut
libya: ; libyan; tripoli
malaysia: ; malaysian; kuala lumpur
mexico: ; mexican; mexico city
morocco: ; moroccan; rabat
netherlands: holland; dutch; the hague
nigeria: ; nigerian; abuja
north korea: dprk; north korean; pyongyang
norway: ; norwegian; oslo
oman: ; omani; muscat
pakistan: ; pakistani; islamabad
palestine: palestinian territories, occupied palestinian territories; palestinian; ramallah
peru: ; peruvian; lima
philippines: ; philippine, filipino; manila
poland: ; polish, pole; warsaw
portugal: ; portuguese; lisbon
qatar: state of qatar; qatari; doha
romania: ; romanian; bucharest
russia: russian federation; russian; moscow
saudi arabia: kingdom of saudi arabia; saudi, saudi arabian; riyadh
serbia: ; serbian, serb; belgrade
south africa: ; south african; pretoria
south korea: ; south korean; seoul
spain: ; spanish, spaniard; madrid
sudan: ; sudanese; khartoum
sweden: ; swedish, swede; stockholm
switzerland: ; swiss; bern
syria: ; syrian; damascus
taiwan: ; taiwanese; taipei
thailand: ; thai; bangkok
tunisia: ; tunisian; tunis
turkey: turkiye; turkish, turk; ankara
ukraine: ; ukrainian; kyiv, kiev
venezuela: ; venezuelan; caracas
vietnam: ; vietnamese; hanoi
yemen: ; yemeni; sanaa
"""


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    nations: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for line in _NATIONS.strip().splitlines():
        name, _, rest = line.partition(":")
        others, people, capital = rest.split(";")
        for word in (name, *others.split(","), *people.split(",")):
            if key := word.strip():
                nations[key] = name
                if key in people and not key.endswith(("s", "h", "e")):
                    nations[key + "s"] = name
        for word in capital.split(","):
            if key := word.strip():
                capitals[key] = name
    return nations, capitals


def nation_of(words: str) -> str | None:
    """The country that folded words name ('united states' → 'us', 'qatari' → 'qatar'), or None."""
    return _tables()[0].get(words)


def nation_of_capital(words: str) -> str | None:
    """The country whose government a folded capital may stand for ('doha' → 'qatar'), or None."""
    return _tables()[1].get(words)
