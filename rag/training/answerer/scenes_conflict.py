"""Scenes of conflict, crime and courts, all invented."""

from __future__ import annotations

from rag.training.answerer.scene import Scene

CONFLICT = (
    Scene(
        "truce talks",
        {
            "land": "<town>",
            "rebels": "the <town> (Front|Brigades|Movement|League)",
            "host": "town",
            "envoy": "person",
            "length": "(six weeks|ten days|three months|a week|40 days)",
            "captives": "count+:5:400",
            "dead": "count+:40:40000",
            "ministry": "(the health ministry|the defence ministry|the foreign ministry) of <town>",
            "day": "weekday",
            "snag": "(the order of the exchanges|who controls the border crossing|the names on the "
            "list|where the troops stand|who pays for the damage)",
            "hope": "(the gaps can be closed|no side has walked away|a deal is near|it will take "
            "weeks|there is nothing new to tell)",
            "trucks": "count+:10:900",
            "state": "<town>",
        },
        (
            "{land} and {rebels} met in {host} on {day} for talks on a truce of {length}.",
            "“{hope},” said {envoy}, who mediates between {land} and {rebels}.",
            "{rebels} (hold|are believed to hold) {captives} captives from {land}.",
            "{ministry} counts {dead} people killed since the fighting with {rebels} began.",
            "The talks between {land} and {rebels} are stuck over {snag}, {envoy} said.",
            "{trucks} lorries with aid crossed into the land of {rebels} (on {day}|in one day).",
            "{state} has offered to watch over a truce between {land} and {rebels}.",
            "{envoy} said {rebels} would free {captives} captives in the first {length}.",
            "The number of dead in the fight with {rebels} rose to {dead}, from {dead-}, by the "
            "count of {ministry}.",
            "Shelling went on near the front while the delegations sat together.",
        ),
        {
            "host": (
                "Where did {land} and {rebels} meet?",
                "In which city are the talks with {rebels} held?",
            ),
            "envoy": (
                "Who mediates between {land} and {rebels}?",
                "Who said that the talks with {rebels} are stuck over {snag}?",
            ),
            "length": (
                "How long is the truce with {rebels} to last?",
                "For how long would {land} and {rebels} stop fighting?",
            ),
            "captives": (
                "How many captives do {rebels} hold?",
                "How many captives would {rebels} free?",
            ),
            "dead": (
                "How many people have been killed in the fight with {rebels}?",
                "What is the death toll of the fight with {rebels}?",
            ),
            "ministry": ("Who counts the dead of the fight with {rebels}?",),
            "snag": (
                "What are the talks with {rebels} stuck over?",
                "What stands in the way of a truce with {rebels}?",
            ),
            "hope": ("What did {envoy} say about the talks?", "How does {envoy} see the talks?"),
            "trucks": ("How many lorries with aid reached the land of {rebels}?",),
            "state": ("Which state would watch over the truce with {rebels}?",),
            "day": ("On which day did {land} and {rebels} meet?",),
        },
        keys=("rebels", "envoy"),
    ),
    Scene(
        "exchange of prisoners",
        {
            "one": "<town>",
            "two": "<town>",
            "freed": "count+:3:300",
            "given": "count+:3:300",
            "bridge": "(a bridge|an airfield|a border post|a railway halt) near <town>",
            "day": "day",
            "broker": "<town>",
            "oldest": "count:55:88",
            "person": "person",
            "held": "(four years|nineteen months|300 days|two winters|half a year)",
            "said": "(I thought of the sea every day|they never told us why|I want to sleep in my "
            "own bed|we were moved eleven times)",
        },
        (
            "{one} freed {freed} prisoners and {two} freed {given} on {day}.",
            "The prisoners of {one} and {two} were exchanged at {bridge}.",
            "{broker} had brought {one} and {two} together.",
            "{person}, who had been held in {two} for {held}, said: “{said}.”",
            "The oldest of those freed by {two} is {oldest}.",
            "{one} has freed {freed} people so far, after {freed-} in the first exchange with "
            "{two}.",
            "Buses with drawn curtains brought the families of {one}.",
        ),
        {
            "freed": ("How many prisoners did {one} free?", "How many people has {one} let go?"),
            "given": ("How many prisoners did {two} free?",),
            "bridge": ("Where were the prisoners of {one} and {two} exchanged?",),
            "broker": ("Who brought {one} and {two} together?",),
            "held": ("How long had {person} been held?",),
            "said": ("What did {person} say?",),
            "oldest": ("How old is the oldest of those freed by {two}?",),
            "day": ("When did {one} and {two} exchange prisoners?",),
            "person": ("Who had been held in {two} for {held}?",),
        },
        keys=("one", "two", "person"),
    ),
    Scene(
        "trial",
        {
            "accused": "person",
            "job": "(a banker|a former minister|a surgeon|a coach|a customs officer|an abbot)",
            "town": "town",
            "charge": "(bribery|fraud|smuggling|perjury|theft of public money|forgery)",
            "years": "count:2:20",
            "judge": "person",
            "fine": "(20,000|75,000|300,000|1.5 million) (crowns|dollars|marks)",
            "lawyer": "person",
            "witnesses": "count:6:140",
            "day": "day",
            "plea": "(it was a mistake|I would do it again|I signed what I was given|the money was "
            "a loan)",
        },
        (
            "A court in {town} sentenced {accused}, {job}, to {years} years in prison for "
            "{charge}.",
            "Judge {judge} also ordered {accused} to pay {fine}.",
            "{lawyer}, who defends {accused}, will appeal.",
            "The court heard {witnesses} witnesses against {accused}.",
            "“{plea},” {accused} told the court on {day}.",
            "The prosecution of {accused} had asked for more.",
            "The public gallery in {town} was full.",
        ),
        {
            "years": (
                "How many years must {accused} spend in prison?",
                "To how many years was {accused} sentenced?",
            ),
            "charge": ("What was {accused} sentenced for?", "Of what was {accused} found guilty?"),
            "judge": ("Which judge sentenced {accused}?", "Who ordered {accused} to pay {fine}?"),
            "fine": ("How much does {accused} have to pay?",),
            "lawyer": ("Who defends {accused}?", "Who will appeal for {accused}?"),
            "witnesses": ("How many witnesses spoke against {accused}?",),
            "plea": ("What did {accused} tell the court?",),
            "job": ("What is {accused} by profession?",),
            "town": ("Where was {accused} tried?", "In which town was {accused} sentenced?"),
            "day": ("When did {accused} speak in court?",),
        },
        keys=("accused",),
    ),
    Scene(
        "theft",
        {
            "museum": "the (City Museum|Gallery|Cathedral|Library|Palace) of <town>",
            "thing": "(a bronze horse|a gold crown|three paintings|a Roman helmet|a violin|an "
            "atlas of 1590)",
            "worth": "(90,000|400,000|1.2 million|8 million|15 million) (crowns|dollars|marks)",
            "thieves": "(two men|three masked men|a woman in a guard's coat|four people)",
            "time": "(in four minutes|during a concert|at noon|in the night to Sunday)",
            "who": "official",
            "arrested": "count+:2:14",
            "reward": "(5,000|20,000|50,000|100,000) (crowns|dollars|marks)",
            "place": "(a barn|a left-luggage locker|a canal|a fishing boat) near <town>",
        },
        (
            "{thieves} stole {thing} from {museum} {time}.",
            "{thing} from {museum} is worth {worth}, by the estimate of {who}.",
            "The police have arrested {arrested} people over the theft from {museum}, {who} said.",
            "{museum} offers {reward} for a hint.",
            "What was stolen from {museum} turned up in {place}.",
            "{arrested} people are now in custody over {museum}, up from {arrested-}.",
            "The alarm had been switched off for repairs.",
        ),
        {
            "thing": ("What was stolen from {museum}?",),
            "worth": (
                "What is {thing} from {museum} worth?",
                "How valuable is what was stolen from {museum}?",
            ),
            "thieves": ("Who stole {thing} from {museum}?",),
            "arrested": ("How many people were arrested over the theft from {museum}?",),
            "reward": ("How much does {museum} offer as a reward?",),
            "place": ("Where was the loot from {museum} found?",),
            "time": ("When was {museum} robbed?",),
            "who": ("Who estimated the worth of {thing}?",),
        },
        keys=("museum",),
    ),
    Scene(
        "protest",
        {
            "town": "town",
            "crowd": "count+:80:300000",
            "police": "count+:60:200000",
            "against": "(a new road|the price of bread|a pension law|the war|a curfew|the closing "
            "of a hospital)",
            "arrests": "count+:2:600",
            "speaker": "person",
            "who": "official",
            "day": "weekday",
            "call": "(we will be back tomorrow|nobody listens to us|bread is no luxury|this is our "
            "town|let them come and talk)",
            "square": "(Castle Square|Market Street|the Old Bridge|Station Square|Harbour Road)",
        },
        (
            "{crowd} people (marched|protested) in {town} on {day} against {against}, the "
            "organisers said.",
            "The police put the crowd in {town} at {police}.",
            "“{call},” {speaker} told the crowd on {square} in {town}.",
            "{arrests} people were arrested in {town}, {who} said.",
            "The number of arrests in {town} is now {arrests}, (up from|after) {arrests-}.",
            "{who} called the march in {town} peaceful but for a few stones.",
            "Shops along the way had boarded up their windows.",
            "The march in {town} ended on {square}.",
        ),
        {
            "crowd": (
                "How many people marched in {town}, according to the organisers?",
                "How many protesters do the organisers count in {town}?",
            ),
            "police": ("How many people protested in {town}, according to the police?",),
            "against": ("What did people in {town} protest against?",),
            "arrests": (
                "How many people were arrested in {town}?",
                "How many arrests were there in {town}?",
            ),
            "speaker": ("Who spoke to the crowd in {town}?",),
            "call": ("What did {speaker} tell the crowd?",),
            "who": ("Who called the march in {town} peaceful?",),
            "square": ("Where did the march in {town} end?",),
            "day": ("On which day did {crowd} people march in {town}?",),
        },
        keys=("town", "speaker"),
    ),
)
