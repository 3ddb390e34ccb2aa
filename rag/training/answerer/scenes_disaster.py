"""Scenes of accidents and disasters, all invented."""

from __future__ import annotations

from rag.training.answerer.scene import Scene

DISASTERS = (
    Scene(
        "flood",
        {
            "town": "town",
            "river": "<town>",
            "dead": "count+:2:90",
            "hurt": "count+:3:400",
            "homes": "count:40:9000",
            "shelter": "count+:100:30000",
            "day": "weekday",
            "who": "official",
            "cause": "(a dyke that had not been mended since the spring|two days of heavy rain|"
            "a sluice gate that stuck|melting snow|a dam that was opened too late)",
            "depth": "(one metre|two metres|three metres|1.5 metres|half a metre)",
            "school": "(the sports hall|the old barracks|a school|the railway station|a church)",
        },
        (
            "{dead} people (died|were killed|lost their lives) when the {river} burst its banks in "
            "{town} on {day}, {who} said.",
            "The number of (dead|victims) of the flood in {town} has (risen|gone up) to {dead}, "
            "from {dead-} (the day before|in the first count), (officials said|{who} said).",
            "{who} put the number of people killed in {town} at {dead} and that of the injured at "
            "{hurt}.",
            "{hurt} people were (injured|hurt|treated in hospital) in {town}, and {homes} houses "
            "stood under water.",
            "About {shelter} people from {town} spent the night in {school}.",
            "The water stood {depth} deep in the streets of {town}, which was flooded by {cause}.",
            "{who} blamed {cause} for the flood in {town}.",
            "“We have {homes} houses to pump dry,” said {who} in {town}.",
            "Rescuers looked for survivors along the {river} with boats and dogs.",
            "Schools in {town} stay shut until further notice, and trains do not stop there.",
        ),
        {
            "lead": ("What happened in {town} on {day}?",),
            "dead": (
                "How many people (died|were killed) in the flood in {town}?",
                "What is the death toll of the flood in {town}?",
                "How many (deaths|dead) does the flood of the {river} in {town} have?",
                "How many lives did the flood in {town} cost?",
            ),
            "hurt": (
                "How many people were (injured|hurt) in {town}?",
                "What is the number of injured in {town}?",
            ),
            "homes": (
                "How many (houses|homes) were flooded in {town}?",
                "How many houses stood under water in {town}?",
            ),
            "shelter": (
                "How many people from {town} had to (leave their homes|spend the night elsewhere)?",
                "How many people of {town} spent the night in {school}?",
            ),
            "day": (
                "On which day did the river burst its banks in {town}?",
                "When was {town} flooded?",
                "When did the flood kill {dead} people in {town}?",
            ),
            "river": ("Which river flooded {town}?", "Which river burst its banks in {town}?"),
            "cause": ("What caused the flood in {town}?", "Why was {town} flooded?"),
            "depth": ("How deep was the water in {town}?",),
            "school": ("Where did people from {town} spend the night?",),
            "who": (
                "Who gave the number of dead in {town}?",
                "Who blamed {cause} for the flood in {town}?",
            ),
        },
    ),
    Scene(
        "fire",
        {
            "town": "town",
            "plant": "(a paint factory|a furniture store|a hotel|a warehouse|a care home|a market "
            "hall|a nightclub|a block of flats)",
            "dead": "count+:2:60",
            "missing": "count+:2:40",
            "hurt": "count+:4:200",
            "crews": "count:12:300",
            "day": "weekday",
            "who": "official",
            "cause": "(a faulty heater|a gas bottle|an overloaded cable|a cigarette|arson|"
            "fireworks on a balcony|welding on the roof)",
            "loss": "(1.2|3.5|7|14|22|40|65) million (crowns|marks|dollars)",
            "time": "(shortly after midnight|at about 3 am|at noon|in the early evening)",
        },
        (
            "A fire in {plant} in {town} killed {dead} people on {day}, {who} said.",
            "The toll of the fire in {town} (rose|climbed) to {dead} after (one|two) of the "
            "injured died; it had stood at {dead-}.",
            "{missing} people were (still missing|not accounted for) after the fire in {town}.",
            "{hurt} people with burns or smoke in their lungs were taken to hospital in {town}.",
            "The fire in {town} broke out {time} and took {crews} firefighters until morning to "
            "put out.",
            "{cause} (started|was behind) the fire in {plant} in {town}, according to {who}.",
            "The owner put the damage in {town} at {loss}.",
            "{who} said that {missing} people were unaccounted for in {town}, and {dead} dead.",
            "Neighbours had complained for years about locked doors at the back.",
            "An inquiry into the fire in {town} was opened on {day}.",
        ),
        {
            "dead": (
                "How many people did the fire in {town} kill?",
                "How many people died in the fire in {plant} in {town}?",
                "What is the death toll of the fire in {town}?",
            ),
            "missing": (
                "How many people are missing after the fire in {town}?",
                "How many are unaccounted for in {town}?",
            ),
            "hurt": (
                "How many people were taken to hospital in {town}?",
                "How many were injured by the fire in {town}?",
            ),
            "crews": ("How many firefighters (fought|put out) the fire in {town}?",),
            "cause": (
                "What (started|caused) the fire in {town}?",
                "How did the fire in {town} start?",
            ),
            "loss": (
                "How much damage did the fire in {town} do?",
                "What is the damage of the fire in {town} put at?",
            ),
            "time": ("At what time did the fire in {town} break out?",),
            "plant": ("What burned in {town}?", "In what kind of building was the fire in {town}?"),
            "who": ("Who said what started the fire in {town}?",),
            "day": (
                "On what day was an inquiry into the fire in {town} opened?",
                "When did the fire in {town} that killed {dead} people happen?",
            ),
        },
    ),
    Scene(
        "ferry",
        {
            "ship": "(the|the) (Saint|Lady|Star of|Queen of|Spirit of) <town>",
            "port": "town",
            "aboard": "count:60:900",
            "dead": "count+:2:120",
            "saved": "count+:20:500",
            "missing": "count+:3:200",
            "day": "weekday",
            "who": "official",
            "from": "town",
            "cause": "(lorries that were not lashed down|an open bow door|a collision with a barge|"
            "a rock that is on every chart|an engine that failed in the storm)",
            "wind": "(force 8|force 9|force 10|60 knots|gusts of 110 km/h)",
        },
        (
            "{dead} people drowned when the ferry {ship} sank off {port} on {day}, {who} said.",
            "The coastguard (raised|corrected) the number of dead from {ship} to {dead}, from "
            "{dead-}.",
            "{ship} had {aboard} people aboard when it left {from} for {port}.",
            "{saved} passengers of {ship} were pulled from the water by fishing boats.",
            "{missing} people from {ship} were still missing (at nightfall|when the search "
            "stopped|this morning).",
            "Divers found {cause} to be the reason why {ship} went down.",
            "{ship} sailed in spite of {wind}, {who} said.",
            "{who} said {saved} people had been saved from {ship} and {missing} were missing.",
            "Flags in {port} hang at half-mast, and the fish market is closed.",
        ),
        {
            "lead": ("What happened to the ferry {ship}?",),
            "dead": (
                "How many people drowned when {ship} sank?",
                "How many died aboard {ship}?",
                "What is the toll of the sinking of {ship}?",
            ),
            "saved": (
                "How many people were saved from {ship}?",
                "How many survivors of {ship} were pulled from the water?",
            ),
            "missing": (
                "How many people from {ship} are missing?",
                "How many of those aboard {ship} have not been found?",
            ),
            "aboard": (
                "How many people were aboard {ship}?",
                "How many passengers did {ship} carry when it sank?",
            ),
            "from": ("Where had {ship} sailed from?", "Which port did {ship} leave?"),
            "port": ("Off which town did {ship} sink?", "Where was {ship} going?"),
            "cause": ("Why did {ship} (sink|go down)?", "What made {ship} go down?"),
            "wind": ("In what wind did {ship} sail?",),
            "day": (
                "On which day did {ship} sink?",
                "When did {ship} go down with the loss of {dead} people?",
            ),
            "who": ("Who said that {ship} sailed in spite of the wind?",),
        },
        keys=("ship",),
    ),
    Scene(
        "earthquake",
        {
            "town": "town",
            "size": "(4.9|5.2|5.6|5.8|6.1|6.4|6.7|7.0|7.2)",
            "dead": "count+:3:4000",
            "hurt": "count+:20:9000",
            "houses": "count+:100:40000",
            "tents": "count:200:9000",
            "day": "weekday",
            "time": "(at 4.12 am|at 2.40 pm|just before dawn|at 7.55 pm|at 11.20 am)",
            "who": "official",
            "other": "town",
            "depth": "(8|10|12|15|22|35) kilometres",
            "need": "(tents and clean water|blankets|doctors|diggers|fuel for generators)",
        },
        (
            "An earthquake of magnitude {size} (struck|shook|hit) {town} {time} on {day}.",
            "{dead} people are (confirmed dead|known to have died) in {town}, {who} said.",
            "The number of dead in {town} (stands|stood) at {dead}, after {dead-} the day before.",
            "{hurt} people were injured in {town} and {houses} houses fell in or cracked.",
            "The earthquake at {town} had its centre {depth} below {other}.",
            "{who} said {town} above all needed {need}.",
            "{tents} tents (had reached|were on the way to) {town}.",
            "According to {who}, {houses} houses in {town} can no longer be lived in.",
            "Aftershocks kept people in the streets through the night.",
        ),
        {
            "size": (
                "How strong was the earthquake (in|at) {town}?",
                "What magnitude did the earthquake in {town} have?",
            ),
            "dead": (
                "How many people has the earthquake in {town} killed?",
                "How many dead are confirmed in {town}?",
                "What is the death toll in {town} after the earthquake?",
            ),
            "hurt": ("How many people were injured by the earthquake in {town}?",),
            "houses": ("How many houses were (damaged|destroyed) in {town}?",),
            "tents": ("How many tents were sent to {town}?",),
            "time": ("At what time did the earthquake strike {town}?",),
            "day": ("On which day did the earthquake hit {town}?", "When was {town} shaken?"),
            "depth": ("How deep was the centre of the earthquake at {town}?",),
            "other": ("Below which place was the centre of the earthquake at {town}?",),
            "need": ("What does {town} need most?", "What did {who} say {town} needed?"),
        },
    ),
    Scene(
        "outbreak",
        {
            "town": "town",
            "illness": "(cholera|measles|typhoid|meningitis|bird flu|dengue fever)",
            "cases": "count+:8:7000",
            "dead": "count+:2:300",
            "doses": "count:900:900000",
            "who": "official",
            "source": "(a well near the market|a wedding|the lower town's water|a poultry farm|"
            "a pilgrims' camp|a leaking pipe)",
            "measure": "(shut all schools|banned gatherings|told people to boil water|closed the "
            "border crossing|ordered a curfew)",
            "month": "month",
            "beds": "count:10:600",
        },
        (
            "{cases} people in {town} have (caught|fallen ill with) {illness} since {month}, {who} "
            "said.",
            "{illness} has killed {dead} people in {town}.",
            "The number of cases in {town} went from {cases-} to {cases}, (figures|a bulletin) of "
            "{who} show.",
            "{who} traced the {illness} in {town} to {source}.",
            "The authorities in {town} {measure}.",
            "{doses} doses of vaccine are to reach {town} within days.",
            "The hospital of {town} has {beds} beds for the sick, all of them taken.",
            "Doctors in {town} count {dead} dead among {cases} patients.",
            "Volunteers go from door to door with leaflets and soap.",
        ),
        {
            "cases": (
                "How many cases of {illness} does {town} have?",
                "How many people have fallen ill in {town}?",
            ),
            "dead": (
                "How many people has {illness} killed in {town}?",
                "How many patients have died in {town}?",
            ),
            "illness": (
                "Which disease broke out in {town}?",
                "What have people in {town} fallen ill with?",
            ),
            "source": (
                "Where did the outbreak in {town} (begin|come from)?",
                "What was the outbreak in {town} traced to?",
            ),
            "measure": ("What did the authorities in {town} do against the outbreak?",),
            "doses": ("How many doses of vaccine will {town} get?",),
            "beds": ("How many beds does the hospital of {town} have?",),
            "month": ("Since when have people in {town} been falling ill?",),
            "who": ("Who traced the outbreak in {town} to {source}?",),
        },
    ),
    Scene(
        "power cut",
        {
            "town": "town",
            "homes": "count+:200:900000",
            "day": "weekday",
            "cause": "(a burnt transformer|a storm|a digger that cut a cable|an overloaded line|"
            "ice on the wires|a fault in a substation)",
            "company": "<town> (Power|Energy|Grid)",
            "hours": "(six hours|nine hours|a day and a half|two days|three days)",
            "who": "official",
            "price": "(5|8|12|20|30) (crowns|dollars|marks) for each household",
            "crews": "count:6:90",
        },
        (
            "A power cut left {homes} households in {town} in the dark on {day}.",
            "{company} said {homes} (homes|households) in {town} were (still|now) without "
            "electricity, down from {homes-}.",
            "{cause} was the cause of the power cut in {town}, {company} said.",
            "Repairs in {town} will take {hours}, according to {company}.",
            "{who} demanded {price} in {town} from {company}.",
            "{crews} crews of {company} are at work in {town}.",
            "Traffic lights failed and shops sold only for cash.",
            "In {town}, {homes} households had no light or heating (at the last count|by evening).",
        ),
        {
            "homes": (
                "How many households in {town} (were|are) without electricity?",
                "How many homes had no power in {town}?",
            ),
            "cause": (
                "What caused the power cut in {town}?",
                "Why did the lights go out in {town}?",
            ),
            "hours": ("How long will repairs in {town} take?",),
            "company": (
                "Which company runs the grid in {town}?",
                "Who has to repair the lines in {town}?",
            ),
            "price": ("How much compensation was demanded in {town}?",),
            "who": ("Who demanded compensation in {town}?",),
            "crews": ("How many crews are repairing lines in {town}?",),
            "day": ("On which day was {town} without power?",),
        },
    ),
)
