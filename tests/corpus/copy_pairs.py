"""Labelled pairs of articles: copies of one text, and articles that only look like copies.

All texts are invented. Each story has a first version, a report of the same event in other words,
and edits as copy desks make them. `DEVELOPMENT` is what the rules of `corpus.copies` were chosen
on. `CHECK` was written when they stood, and nothing was changed after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from corpus.article import Article, identify


@dataclass(frozen=True)
class Pair:
    """Two articles and what a reader says of them."""

    name: str
    one: Article
    other: Article
    copies: bool


@dataclass(frozen=True)
class Story:
    """A report, the same event by another outlet, and one sentence of it said anew."""

    name: str
    title: str
    paragraphs: tuple[str, ...]
    otherwise: str
    sentence: tuple[str, str]


def article(
    text: str,
    outlet: str | None = "Harbour Post",
    title: str = "A headline",
    day: date | None = date(2024, 3, 5),
) -> Article:
    """An article of these words."""
    source = f"{outlet}/{title}/{day}/{text}"
    return Article(identify(source), title, outlet, day, "metadata", text, source)


STORIES = (
    Story(
        "ferry",
        "Ferry to run aground again before spring, owner warns",
        (
            "ELSTOW (NNA) - The island ferry Maribel ran aground on a sandbank outside Elstow "
            "harbor on Tuesday with 214 passengers on board, the coast guard said.",
            "Nobody was hurt. Three tugs pulled the vessel free after six hours, and it returned "
            "to port under its own power shortly before midnight.",
            '"The channel has not been dredged for four years, and we have warned about it in '
            'every season," said Ines Halloran, who heads the company that owns the ferry.',
            "The harbor authority said that a survey of the channel had been ordered in January "
            "and that dredging would start as soon as the weather allowed.",
            "It was the second such accident this winter. In December a freighter carrying 1,200 "
            "tons of timber was stuck at the same place for two days.",
            "The ferry is the only regular link to the island, which has 3,900 inhabitants and no "
            "airport. Services will resume on Thursday after divers have examined the hull.",
        ),
        "More than two hundred people spent their evening at sea after the Maribel hit sand near "
        "Elstow. Passengers told this newspaper that the crew handed out blankets and soup while "
        "tugs worked in the dark.\n\nThe operator blamed the authorities. Its head, Ines Halloran, "
        "said nobody had cleared the fairway since 2020. A port official answered that measuring "
        "had begun and that machines would come with better weather.\n\nIslanders depend on the "
        "boat for food, school and hospital visits. Many remember the timber ship that lay in "
        "the same spot shortly before Christmas.",
        ("Nobody was hurt.", "One deckhand bruised his shoulder and was treated on board."),
    ),
    Story(
        "budget",
        "Parliament passes budget after all-night session",
        (
            "Lawmakers in Carrick approved a budget of 48.6 billion crowns early on Friday, ending "
            "a dispute that had kept ministries on emergency funding for seven weeks.",
            "The vote was 112 to 97, with four abstentions. Two members of the governing Union "
            "party sided with the opposition, which had demanded deeper cuts in farm subsidies.",
            "Finance Minister Oda Brenner called the outcome a compromise that nobody loves and "
            "everybody can live with. She said the deficit would fall to 2.9 percent of output.",
            "The budget raises spending on rail by 600 million crowns and freezes the pay of "
            "senior officials. A planned tax on sugar was dropped during the night.",
            "Opposition leader Pavel Ruzek said that the government had organized a victory by "
            "postponing every decision that matters. He announced a complaint to the court.",
            "The central bank had warned last month that a longer delay would raise the cost of "
            "borrowing. Yields on ten-year bonds fell after the vote to 4.1 percent.",
        ),
        "After fifteen hours of argument the country has a budget. Shortly after four in the "
        "morning the speaker read out the numbers: a majority of fifteen for Oda Brenner's plan."
        "\n\nWhat farmers get was the hardest question, and two rebels from her own side voted "
        "against. The sugar tax is gone; railways are the winners.\n\nPavel Ruzek of the "
        "opposition told supporters outside that judges would have the last word. Investors "
        "seemed relieved, and the state could borrow more cheaply than the day before.",
        (
            "A planned tax on sugar was dropped during the night.",
            "The tax on sugar, long fought over, will not come.",
        ),
    ),
    Story(
        "hospital",
        "Regional hospital to close maternity ward",
        (
            "DUNMORE, Feb 12 (NNA) - The regional hospital in Dunmore will close its maternity "
            "ward at the end of June because it cannot find midwives, its board said on Monday.",
            "Of 22 posts only nine are filled, and the ward has had to turn mothers away on 31 "
            "days since the summer. Births will move to Farnham, 58 kilometers away.",
            '"We have advertised in five countries, and we have raised pay twice," said the '
            'medical director, Sunil Okafor. "Safety leaves us no other choice."',
            "Some 640 children were born in Dunmore last year. A citizens' group said it had "
            "collected 11,000 signatures against the closure within a week.",
            "The regional government said it would pay for two additional ambulances and for a "
            "hostel near the Farnham clinic where women can stay before giving birth.",
        ),
        "Women in Dunmore will soon have to travel an hour to give birth. The board of the "
        "town's hospital has given up its search for staff, and the delivery rooms shut in "
        "summer.\n\nSunil Okafor, who is responsible for treatment there, said that offers of "
        "better wages and notices abroad had brought nobody. A petition is going round, and "
        "thousands have signed it.\n\nTo soften the blow the region promises more ambulances and "
        "beds close to the clinic in Farnham, which will take over.",
        (
            "Some 640 children were born in Dunmore last year.",
            "Last year 640 children came into the world there, a few more than the year before.",
        ),
    ),
    Story(
        "talks",
        "Mediators see progress as river talks enter second week",
        (
            "Delegations from Norrland and Vessia resumed talks on sharing the waters of the Ume "
            "river on Wednesday, and mediators spoke of the first real progress in two years.",
            "The two sides have agreed in principle to exchange daily measurements from 14 gauges, "
            "a diplomat who is close to the talks said on condition of anonymity.",
            "Still open is how much water Norrland may keep behind the Hallen dam in dry years. "
            "Vessia wants a guaranteed flow of 900 cubic meters a second; Norrland offers 650.",
            '"Numbers can be bridged. What was missing was trust," said the chief mediator, '
            "former judge Amara Lindqvist. She said the delegations would stay until Sunday.",
            "Farmers on the lower river lost a third of their harvest last summer. Vessia blamed "
            "the dam, while Norrland pointed to the lowest rainfall since records began in 1911.",
            "An earlier round collapsed in October over the wording of a single paragraph. The "
            "talks are taking place in a monastery outside the town of Belmont.",
        ),
        "Cautious optimism at Belmont: for the first time both river states are prepared to show "
        "each other their water levels, participants said in the cloister where they meet.\n\n"
        "The quarrel about the dam goes on. How many cubic meters must pass in a drought is where "
        "they are furthest apart, and neither capital has moved much.\n\nAmara Lindqvist, who "
        "leads the mediation, praised a change of tone. Last autumn the same people had parted "
        "in anger. For growers downstream, who had a ruinous year, any deal comes late.",
        (
            "She said the delegations would stay until Sunday.",
            "She would not say how long the delegations meant to stay.",
        ),
    ),
    Story(
        "quake",
        "Earthquake damages old town of Hexley",
        (
            "(NNA) - An earthquake of magnitude 5.4 shook the region around Hexley on Saturday "
            "morning, killing two people and damaging hundreds of houses, rescue services said.",
            "The tremor struck at 6:12 a.m. at a depth of nine kilometers and was felt as far as "
            "the capital, 180 kilometers to the north, the national observatory said.",
            "An elderly couple died when the roof of their farmhouse collapsed. Another 37 people "
            "were treated in hospitals, most of them for cuts and broken bones.",
            "In the old town the tower of the church of St. Brendan, built in 1487, partly fell "
            "onto the market square, which was empty at that hour.",
            '"Ten minutes later the stalls would have opened," said mayor Teresa Quill, who '
            "asked residents to sleep in the two sports halls that the town has opened.",
            "The region is crossed by several faults. In 1963 a stronger quake killed 91 people "
            "and led to the building code that, engineers say, prevented worse on Saturday.",
        ),
        "Hexley woke to falling plaster at dawn on Saturday. Two pensioners lost their lives in a "
        "farm outside town, and clinics counted dozens of injured.\n\nSeismologists put the "
        "strength at 5.4. The spire that has marked the skyline for more than five centuries "
        "broke, and its stones lie where traders sell vegetables on weekends; they had not "
        "arrived yet, which mayor Teresa Quill called a miracle.\n\nHundreds will spend the night "
        "on camp beds. Older people spoke of 1963, when far more died.",
        (
            "Another 37 people were treated in hospitals, most of them for cuts and broken bones.",
            "Hospitals in three towns took in people with cuts and broken bones.",
        ),
    ),
    Story(
        "chip",
        "Chipmaker to build plant on former airfield",
        (
            "Chipmaker Talvane will build a factory for power semiconductors on the former Glenroy "
            "airfield and create about 1,800 jobs, the company announced on Monday.",
            "It plans to invest 3.2 billion euros by 2029, of which the government will pay up to "
            "700 million. The European Commission has still to approve the subsidy.",
            '"Cars, wind turbines and heat pumps all need these parts, and far too few of them '
            'are made on this continent," chief executive Lior Dansk told reporters.',
            "Environmental groups criticized the site because the plant will use 14,000 cubic "
            "meters of water a day. Talvane said that it would recycle 80 percent of it.",
            "The airfield closed in 2009. Plans for a logistics center and for a film studio came "
            "to nothing, and the runway has served as a test track since then.",
            "Talvane, which has 9,400 employees, reported sales of 2.7 billion euros last year.",
        ),
        "Glenroy gets its factory. On the grass where gliders used to land, Talvane wants to "
        "produce electronics for electric cars before the end of the decade, helped by a large "
        "cheque from the state.\n\nLocal politicians cheered the prospect of well over a thousand "
        "positions. Conservationists fear for the groundwater, though managers promise to reuse "
        "most of what they take.\n\nLior Dansk, who runs the group, argued that dependence on "
        "suppliers overseas had become a danger. Brussels must say yes before diggers roll.",
        (
            "Talvane, which has 9,400 employees, reported sales of 2.7 billion euros last year.",
            "Talvane's shares rose after the announcement.",
        ),
    ),
    Story(
        "museum",
        "Stolen altarpiece returns after 34 years",
        (
            "A medieval altarpiece that was stolen from Ashford cathedral 34 years ago has been "
            "found in a private collection abroad and will be returned, prosecutors said Thursday.",
            "The three painted panels, made around 1390 and worth several million pounds, had hung "
            "in the dining room of a retired surgeon who bought them in good faith in 1996.",
            "A student recognized them last autumn in a photograph that the surgeon's daughter had "
            "put on a social network. She compared it with a police catalog and called a hotline.",
            '"I counted the flowers in the meadow below the horse, and there were 17, as in the '
            'catalog," said the student, Maud Ferreira, who studies in Belmont.',
            "The surgeon agreed to give the panels back in exchange for the price that he had "
            "paid, which a foundation will cover. Nobody was ever charged with the theft.",
            "The cathedral plans to show the altarpiece again from Easter, behind armored glass.",
        ),
        "It was the flowers that gave it away. Maud Ferreira, 23, was scrolling through pictures "
        "of strangers' homes when she saw a meadow that she knew from her books.\n\nNow the lost "
        "treasure of Ashford is going home. The man at whose table it looked down had no idea: "
        "he had paid a dealer for it, honestly, in the nineties, and asks for no more than "
        "that.\n\nWho took the paintings from the church has never been found out. Worshippers "
        "are to see them again in spring.",
        (
            "Nobody was ever charged with the theft.",
            "The thieves were never found, and the case has lapsed.",
        ),
    ),
    Story(
        "strike",
        "Rail strike to go on as unions reject offer",
        (
            "The strike on the northern railways will go on for another week after two unions "
            "rejected an offer of 5.5 percent more pay on Sunday.",
            "Only one in four trains ran over the weekend, and the operator, Norrail, said that "
            "commuters should expect the same on Monday. Buses will replace trains on six lines.",
            "The unions, which represent 27,000 workers, demand 8 percent and a shorter week for "
            "signal staff. Their spokesman, Gareth Oyelaran, called the offer a bad joke.",
            "Norrail said that meeting the demands would cost 210 million pounds a year and force "
            "it to give up nine rural lines. It asked for arbitration.",
            'The transport minister ruled out a law against the strike. "People who work at night '
            'to keep us safe have a right to be heard," she said on television.',
            "Retailers estimate that the strike has cost them 40 million pounds since it began.",
        ),
        "No end in sight for travellers in the north: the members have spoken, and what Norrail "
        "put on the table is not enough for them, union leaders said.\n\nGareth Oyelaran, who "
        "speaks for drivers and signallers, accused management of playing for time. The company "
        "countered that giving in would be the death of small branch lines.\n\nWhoever has to get "
        "to work on Monday should plan for a bus or stay at home. From the government there is "
        "sympathy and no intervention. Shops in the station quarters report empty aisles.",
        (
            "It asked for arbitration.",
            "It proposed that a retired judge should arbitrate between the two sides.",
        ),
    ),
)


_BRITISH = {
    "harbor": "harbour", "percent": "per cent", "organized": "organised", "center": "centre",
    "kilometers": "kilometres", "meters": "metres", "criticized": "criticised",
    "recognized": "recognised", "catalog": "catalogue", "armored": "armoured", "tons": "tonnes",
}  # fmt: skip


def british(text: str) -> str:
    """The text in British spelling, with single quotation marks and dates the other way round."""
    for american, spelling in _BRITISH.items():
        text = re.sub(rf"\b{american}\b", spelling, text)
    return re.sub(r'"([^"]*)"', r"‘\1’", text).replace("Feb 12", "12 February")


def _edits(story: Story) -> Iterator[tuple[str, Article]]:
    text = "\n\n".join(story.paragraphs)
    before, after = story.sentence
    assert before in text
    body = re.sub(r"^[^\n]{0,25}\(NNA\) - ", "", text)
    yield "as it is", article(text, "Valley Echo", "Another headline")
    yield "agency in front", article(f"(AFP) – {body}", "Valley Echo", "Otherwise titled")
    yield "British", article(british(text), "Valley Echo", story.title)
    yield "end cut", article("\n\n".join(story.paragraphs[:-2]), "Valley Echo", "Cut to fit")
    yield "half", article("\n\n".join(story.paragraphs[:3]), "Valley Echo", "In brief", None)
    yield "one sentence", article(text.replace(before, after), "Valley Echo", "Edited")
    yield (
        "middle out",
        article("\n\n".join((*story.paragraphs[:2], *story.paragraphs[3:])), None, story.title),
    )
    yield (
        "strap and close",
        article(
            f"{story.title}, by our staff\n\n{text}\n\nMore on this in tomorrow's paper.",
            "Valley Echo",
            "With a strap",
            date(2024, 3, 6),
        ),
    )


def _of_stories(stories: tuple[Story, ...]) -> Iterator[Pair]:
    for story in stories:
        first = article("\n\n".join(story.paragraphs), title=story.title)
        for name, edited in _edits(story):
            yield Pair(f"{story.name}: {name}", first, edited, copies=True)
        told = article(story.otherwise, "Valley Echo", f"{story.title} (own report)")
        yield Pair(f"{story.name}: in other words", first, told, copies=False)
        cut = article("\n\n".join(story.paragraphs[:4]), "Coast Radio", "Short")
        yield Pair(f"{story.name}: in other words, cut", cut, told, copies=False)


_RIVER = (
    "The two states have quarrelled over the Ume since 1978, when Norrland built the Hallen dam "
    "without asking its neighbour. Three rounds of talks have failed.",
    "About four million people live on the lower river, most of them from farming. Last summer "
    "they lost a third of their harvest, the worst year since records began.",
    "Amara Lindqvist, a former judge, was asked to mediate in September after an exchange of "
    "threats had alarmed the region. She has met both presidents twice.",
    "Vessia wants the flow to be guaranteed by treaty. Norrland says that no treaty can guarantee "
    "rain, and that its own cities must come first in a drought.",
)
_COURT = (
    "Prosecutors accuse the former minister of having steered contracts worth 62 million crowns to "
    "a firm that belonged to his brother-in-law. He denies it.",
    "The trial began in October and is to last until summer. More than eighty witnesses have been "
    "named, among them two former prime ministers.",
    "If he is found guilty he faces up to twelve years in prison. His party has suspended him, and "
    "he has given up his seat in parliament.",
)
_STORM = (
    "The storm reached the coast on Sunday with gusts of more than 150 kilometres an hour. Roofs "
    "were torn off, and the sea broke through the dyke at Elstow.",
    "Schools and ports have been closed since then. The army has sent 600 soldiers with boats and "
    "pumps, and neighbouring countries have offered generators.",
    "Forecasters said that winds would ease towards the end of the week, but that rivers would go "
    "on rising for some days.",
)


def _updates(name: str, background: tuple[str, ...], news: tuple[str, ...]) -> Iterator[Pair]:
    """Each pair of days of one running story, by one outlet and by two."""
    days = [
        article("\n\n".join((lead, *background)), "Harbour Post", f"Day {n}", date(2024, 3, 5 + n))
        for n, lead in enumerate(news)
    ]
    for n, later in enumerate(days[1:]):
        yield Pair(f"{name}: day {n} and day {n + 1}", days[n], later, copies=False)
    abroad = replace(days[1], outlet="Valley Echo", title="From our desk")
    yield Pair(f"{name}: day 0 and a copy of day 1", days[0], abroad, copies=False)
    yield Pair(f"{name}: day 1 and a copy of it", days[1], abroad, copies=True)


RIVER_DAYS = (
    "The talks on the Ume river were broken off on Tuesday after the delegation of Vessia left the "
    "table in protest at a speech by Norrland's president. He had called the lower river a desert "
    "of its own making.\n\nDiplomats tried until the evening to bring the two sides together "
    "again. A spokesman for the mediators said that the rooms were booked until Friday and that "
    "nobody had packed.",
    "Vessia's delegation returned to the river talks on Wednesday after a letter of regret from "
    "Norrland, whose text was not made public. Both sides met for 40 minutes in the library of the "
    "monastery.\n\nFor the first time experts exchanged measurements from 14 gauges. One who was "
    "there said that the figures differed less than everyone had believed.",
    "A draft treaty of 23 pages lay before the delegations at Belmont on Thursday, with gaps where "
    "the most disputed figures are to stand. Couriers took it to both capitals.\n\nIn Vessia some "
    "2,000 farmers drove their tractors to the border bridge and demanded that nothing be signed "
    "without them.",
)
COURT_DAYS = (
    "A former secretary told the court in Carrick on Monday that she had carried envelopes to the "
    "minister's car on five occasions. She said she had never looked inside and had been told that "
    "they held invitations. The defence asked why she had kept silent for six years.",
    "The brother-in-law of the accused refused to answer questions at the trial in Carrick on "
    "Tuesday, as the law allows. The judges then listened for three hours to recordings of "
    "telephone calls in which a man talks of 'the family share' of a bridge.",
    "An auditor explained to the judges on Wednesday how eleven bids had been opened a day early. "
    "He showed photographs of seals that had been glued again. The accused, who took notes, shook "
    "his head several times.",
)
STORM_DAYS = (
    "Eleven people are missing after a fishing boat sank off Hexley in the night to Monday, the "
    "coast guard said. A helicopter had to turn back twice because of the wind, and a lifeboat was "
    "still searching at noon.",
    "Rescuers found a life raft with four survivors on Tuesday, thirty hours after their boat had "
    "gone down off Hexley. All of them were suffering from cold but were expected to live; seven "
    "men are still missing.",
    "The search for the crew of a boat that was lost off Hexley was given up on Wednesday evening. "
    "Families gathered at the quay, where the harbour master read out seven names and the bells "
    "were rung.",
)


def _form(name: str, outlet: str, *items: tuple[str, str, date]) -> Iterator[Pair]:
    """Notes of one form, each of something else."""
    notes = [article(text, outlet, title, day) for title, text, day in items]
    for one, other in pairwise(notes):
        yield Pair(f"{name}: {other.title}", one, other, copies=False)


_DAY = date(2024, 3, 5)


def _forms() -> Iterator[Pair]:
    earnings = (
        "Shr {} cts vs {} cts\n\nNet {} vs {}\n\nRevs {} mln vs {} mln\n\nYear\n\nShr {} dlrs vs "
        "{} dlrs\n\nNet {} mln vs {} mln\n\nAvg shrs {} mln vs {} mln\n\nNOTE: Prior year net "
        "includes a tax gain. Figures for both periods are restated for the split."
    )
    figures = (
        "12 10 1,204,000 998,000 14.2 12.9 1.31 1.02 5.1 4.2 9.8 9.7",
        "34 28 3,410,000 2,777,000 88.1 71.3 2.12 1.98 12.4 11.1 10.2 10.1",
        "12 9 1,330,000 1,012,000 15.8 13.3 1.29 1.11 6.0 5.0 11.0 10.8",
        "7 loss-3 410,000 170,000 6.2 5.5 0.31 0.12 1.9 0.7 6.0 6.0",
    )
    firms = ("ACORN BANCORP", "BRIAR MILLS", "CEDAR FOODS", "DELTA TOOLS")
    yield from _form(
        "earnings",
        "NNA",
        *(
            (f"{firm} <{firm[:3]}> 4TH QTR NET", earnings.format(*row.split()), _DAY)
            for firm, row in zip(firms, figures, strict=True)
        ),
    )
    dividend = "Qtly div {} cts vs {} cts prior\n\nPay April 15\n\nRecord March 29"
    yield from _form(
        "dividend",
        "NNA",
        ("ACORN BANCORP <ACO> SETS QUARTERLY", dividend.format(25, 25), _DAY),
        ("BRIAR MILLS INC <BRM> DIVIDEND", dividend.format(25, 25), _DAY),
        ("CEDAR FOODS <CDF> REGULAR PAYOUT", dividend.format(25, 25), _DAY),
        ("CEDAR FOODS <CDF> RAISES PAYOUT", dividend.format(30, 25), _DAY),
    )
    weather = (
        "Tonight will be mostly {} across the county, with lows near {} degrees and light winds "
        "from the {}. Patches of fog may form in the valleys before dawn and drivers should take "
        "care on high ground.\n\n{} will begin {} and turn {} by the afternoon, with highs of {} "
        "to {} degrees inland and a little less on the coast. The outlook until the end of the "
        "week is for changeable weather with a chance of showers, the regional office said."
    )
    yield from _form(
        "weather",
        "Harbour Post",
        ("Weather", weather.format("dry", 4, "west", "Tuesday", "sunny", "cloudy", 11, 13), _DAY),
        (
            "Weather tonight",
            weather.format("wet", 7, "south", "Wednesday", "grey", "brighter", 12, 15),
            date(2024, 3, 6),
        ),
        (
            "Weather now",
            weather.format("clear", 1, "north", "Thursday", "frosty", "sunny", 8, 9),
            date(2024, 3, 7),
        ),
    )
    market = (
        "The Carrick share index closed at {} points on {}, {} {} percent. Turnover was {} million "
        "crowns. Dealers spoke of thin trading ahead of the central bank's decision on rates and "
        "said that many investors were waiting on the sidelines. Among the most active shares were "
        "{} and {}. Gainers outnumbered losers by {} to {}, with {} shares unchanged. The crown "
        "traded at {} to the euro. Ten-year government bonds yielded {} percent."
    )
    yield from _form(
        "market",
        "NNA",
        (
            "Carrick shares close up",
            market.format("2,114", "Monday", "up", "0.4", 318, "Talvane", "Norrail", 61, 40, 12,
                          "24.61", "4.10"),
            date(2024, 3, 4),
        ),
        (
            "Carrick shares close down",
            market.format("2,098", "Tuesday", "down", "0.8", 290, "Norrail", "Brass", 33, 70, 10,
                          "24.70", "4.15"),
            date(2024, 3, 5),
        ),
    )  # fmt: skip
    quake = (
        "A magnitude {} earthquake was reported {} at {} {} kilometres from {}, according to the "
        "national observatory. The depth was {} kilometres. According to the observatory, the "
        "epicentre was {} kilometres from {} and {} kilometres from {}. In the past ten days there "
        "have been {} earthquakes of magnitude 3.0 or greater centred nearby. This post was "
        "created by an algorithm that reads the observatory's list; did you feel it? Report what "
        "you felt to the observatory."
    )
    yield from _form(
        "bulletin",
        "Harbour Post",
        (
            "Earthquake: 3.4 near Hexley",
            quake.format("3.4", "Tuesday", "5:01", 4, "Hexley", 6, 19, "Dunmore", 44, "Elstow",
                         "two"),
            _DAY,
        ),
        (
            "Earthquake: 3.1 near Farnham",
            quake.format("3.1", "Friday", "21:40", 9, "Farnham", 11, 23, "Belmont", 38, "Glenroy",
                         "no"),
            date(2024, 3, 8),
        ),
    )  # fmt: skip
    score = (
        "{} beat {} {} at {} on Saturday to move up to {} in the northern league. {} opened the "
        "scoring in minute {} and {} added a second after the break before {} pulled one back for "
        "the visitors. The home side, unbeaten in {} matches, play {} next week, while the "
        "visitors, who have taken {} points this season, are at home to {}."
    )
    yield from _form(
        "score",
        "Harbour Post",
        (
            "Rovers win",
            score.format("Elstow Rovers", "Hexley Town", "2-1", "Quay Road", "third", "Bell", 12,
                         "Osei", "Marsh", 5, "Dunmore", 18, "Carrick"),
            date(2024, 3, 2),
        ),
        (
            "Albion win",
            score.format("Glenroy Albion", "Farnham United", "2-1", "Mill Lane", "sixth", "Kerr",
                         31, "Duarte", "Pym", 3, "Belmont", 22, "Ashford"),
            date(2024, 3, 2),
        ),
    )  # fmt: skip


def _rest() -> Iterator[Pair]:
    ferry, budget, quake = (STORIES[n] for n in (0, 1, 4))
    whole = article("\n\n".join(ferry.paragraphs), title=ferry.title)
    digest = "\n\n".join(
        (*budget.paragraphs[:3], *ferry.paragraphs[:2], *quake.paragraphs[:4], *_COURT)
    )
    brief = article("\n\n".join(ferry.paragraphs[:2]), "Coast Radio", "Ferry aground")
    yield Pair("a round-up that holds a brief", brief, article(digest, "Valley Echo"), False)
    yield Pair("a round-up that holds the beginning", whole, article(digest, "Valley Echo"), False)
    speech = (
        '"We shall not sign a paper that leaves four million people to the mercy of the weather, '
        "and we shall not leave this table before there is a paper that we can sign. Those who "
        'want us to fail should know that we have brought warm clothes."'
    )
    yield Pair(
        "one quotation in two reports",
        article(
            f"Vessia's foreign minister closed the first day at Belmont with a warning. {speech} "
            "With that he left for his room, and his aides answered no more questions. The talks "
            "go on in the morning, when the mediators want to speak about the dam."
        ),
        article(
            "There was laughter in the refectory when the guests from the lower river spoke of "
            f"their luggage on Wednesday night. {speech} Their hosts from Norrland smiled "
            "politely and went on eating. Nobody expects a result before the weekend here.",
            "Valley Echo",
        ),
        copies=False,
    )
    note = "The council meets on Thursday at seven in the town hall. The meeting is public."
    yield Pair(
        "one notice, two outlets",
        article(note, title="Council to meet"),
        article(note, "Valley Echo", "Council to meet"),
        copies=True,
    )
    yield Pair(
        "one notice of two councils",
        article(note, title="Elstow: council to meet"),
        article(note, "Harbour Post", "Farnham: date for councillors"),
        copies=False,
    )
    flash = article("BREAKING: " + ferry.paragraphs[0], "Harbour Post", "Ferry aground")
    yield Pair("a flash and the long report", flash, whole, copies=False)


LATER_STORIES = (
    Story(
        "bees",
        "Beekeepers lose record number of colonies",
        (
            "(NNA) - Beekeepers lost 38 percent of their colonies last winter, more than in any "
            "year since counting began in 1998, their national association said on Wednesday.",
            "Its survey covers 4,600 beekeepers with some 71,000 hives. Losses were greatest in "
            "the south, where an unusually warm December had kept the insects active.",
            '"They flew when they should have slept, and there was nothing to eat," said the '
            "association's president, Nadia Wessel. She called for help with buying new swarms.",
            "Scientists at the institute in Belmont found a parasitic mite in nine of ten dead "
            "colonies that they examined. Pesticides played a smaller role than in earlier years.",
            "The agriculture ministry said that it would set aside 1.5 million pounds. Fruit "
            "growers fear that there will be too few bees when the orchards bloom in April.",
        ),
        "An empty hive is a quiet thing, and there are many of them this spring. More than every "
        "third colony did not survive, according to those who keep count for the country's "
        "beekeepers.\n\nNadia Wessel, who speaks for them, blames the mild weather before "
        "Christmas. Researchers point to a tiny mite that they see almost everywhere they look."
        "\n\nMoney from the capital is on its way, though growers doubt that it will come before "
        "their trees are in flower.",
        (
            "She called for help with buying new swarms.",
            "She asked the government to pay half the price of new swarms.",
        ),
    ),
    Story(
        "bridge",
        "Inspectors close motorway bridge overnight",
        (
            "FARNHAM, April 9 (NNA) - Engineers closed the motorway bridge over the Tarn at "
            "Farnham on Monday night after finding a crack in one of its main girders.",
            "Some 64,000 vehicles cross the bridge on a working day. Drivers must now make a "
            "detour of 27 kilometers, and lorries are being sent over the border crossing at Orm.",
            "The crack is 1.2 meters long and had not been there at the last inspection in "
            "October, said Hugo Brandt of the highways agency. Sensors had raised the alarm.",
            '"We did not wait for the morning, because a bridge does not wait either," Brandt '
            "said. Whether it can be repaired will be clear in three weeks at the earliest.",
            "The bridge was built in 1971. Of 390 bridges from those years the agency has marked "
            "58 for replacement, and work has begun at eleven of them.",
            "Business leaders in Farnham called the closure a disaster and demanded a ferry.",
        ),
        "Anyone who wants to get from one side of Farnham to the other by car needs patience "
        "now. Barriers went down across the Tarn crossing late on Monday, and nobody knows for "
        "how long.\n\nInstruments in the steel had noticed what no eye had seen. Hugo Brandt, "
        "who is responsible for the structure, defended the decision to act at once.\n\nThe "
        "road dates from a time when concrete was poured fast. Firms along the river are asking "
        "for boats, and commuters are leaving home an hour earlier.",
        (
            "Sensors had raised the alarm.",
            "It was an automatic alarm that told the engineers of it.",
        ),
    ),
)
_LIBRARY = (
    "The national library has been closed since water entered its stacks on the first of the "
    "month. Firemen carried out 140,000 volumes in three days and nights.",
    "About 9,000 of them are wet and have been frozen so that mould cannot grow. Drying them in a "
    "vacuum will take two years and cost an estimated six million pounds.",
    "The building was put up in 1932 beside a brook that has long flowed in a pipe. Plans to move "
    "the stacks to higher ground were shelved four times.",
)
LIBRARY_DAYS = (
    "A burst valve in the heating cellar was to blame for the flood in the national library, and "
    "not the brook, as had been thought, the fire brigade said on Thursday. The valve had been "
    "replaced in November by a firm that has since closed.",
    "The director of the national library offered to resign on Friday. The minister of culture, "
    "who had learned of it from the radio, asked her to stay until the last box had been unpacked "
    "and to come to parliament on Tuesday.",
    "Volunteers from 30 towns queued outside the national library on Saturday to help with packing "
    "what is still dry. Many were sent home: there are only 200 pairs of gloves, and the doors are "
    "narrow.",
)


def _later_forms() -> Iterator[Pair]:
    sales = (
        "{} said its comparable store sales rose {} percent in the {} weeks ended {}, compared "
        "with a gain of {} percent a year ago. Total sales were {} mln dlrs against {} mln dlrs in "
        "the same period, the company said. It operates {} stores in {} states and said that it "
        "would open {} more before the end of its business year. The figures are unaudited."
    )
    yield from _form(
        "sales",
        "NNA",
        (
            "Acorn Stores monthly sales",
            sales.format("Acorn Stores", "4.1", "four", "March 2", "3.0", "88.2", "81.9", 214, 11,
                         6),
            _DAY,
        ),
        (
            "Briar Markets monthly sales",
            sales.format("Briar Markets", "1.7", "five", "March 2", "6.2", "140.0", "131.4", 96, 5,
                         12),
            _DAY,
        ),
        (
            "Briar Markets sales rise",
            sales.format("Briar Markets", "2.9", "four", "April 6", "5.0", "121.3", "114.8", 97, 5,
                         11),
            date(2024, 4, 9),
        ),
    )  # fmt: skip
    notice = (
        "The road between {} and {} will be closed from {} o'clock on {} until {} while the "
        "drains are cleaned. Buses of line {} go by way of {}. Residents may use the lane behind "
        "the school. The council asks for understanding."
    )
    yield from _form(
        "roadworks",
        "Harbour Post",
        ("Road closed", notice.format("Elstow", "Orm", 8, "Monday", "Friday", 12, "Quay"), _DAY),
        ("Road closed", notice.format("Hexley", "Tarn", 7, "Sunday", "Tuesday", 4, "Mill"), _DAY),
    )


DEVELOPMENT = (
    *_of_stories(STORIES),
    *_updates("court", _COURT, COURT_DAYS),
    *_updates("river", _RIVER, RIVER_DAYS),
    *_updates("storm", _STORM, STORM_DAYS),
    *_forms(),
    *_rest(),
)
CHECK = (
    *_of_stories(LATER_STORIES),
    *_updates("library", _LIBRARY, LIBRARY_DAYS),
    *_later_forms(),
)
