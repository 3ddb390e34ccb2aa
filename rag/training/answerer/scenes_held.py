"""Scenes that are never learned from: what the answerer makes of news of another kind."""

from __future__ import annotations

from rag.training.answerer.scene import Scene

HELD = (
    Scene(
        "mine",
        {
            "mine": "the (Old|North|Deep|Lower) <family> mine",
            "trapped": "count+:3:70",
            "rescued": "count+:2:40",
            "depth": "count:90:1400",
            "gas": "(methane|water from an old shaft|a fall of rock|a runaway wagon)",
            "who": "official",
            "day": "weekday",
            "hope": "(we hear knocking|the air is good|it is a race against the water|there is no "
            "contact)",
        },
        (
            "{trapped} miners were trapped in {mine} when {gas} cut off a gallery on {day}.",
            "The men in {mine} are {depth} metres below the ground, {who} said.",
            "{rescued} men were brought up alive from {mine}.",
            "“{hope},” said {who} at {mine}.",
            "{trapped} men are still below in {mine}, after {trapped-} in the first count.",
            "Families wait at the gate of the colliery.",
        ),
        {
            "trapped": ("How many miners are trapped in {mine}?",),
            "rescued": ("How many men were brought up from {mine}?",),
            "depth": ("How deep are the men in {mine}?",),
            "gas": ("What cut off the gallery in {mine}?",),
            "hope": ("What did {who} say at {mine}?",),
            "day": ("On which day were {trapped} men trapped in {mine}?",),
        },
        keys=("mine",),
    ),
    Scene(
        "drought",
        {
            "lake": "Lake <town>",
            "level": "count:12:70",
            "farms": "count+:30:9000",
            "limit": "(30|50|80|120) litres a day",
            "who": "official",
            "crop": "(barley|maize|rice|cotton|olives)",
            "loss": "(a third|half|two thirds|four fifths) of the harvest",
            "month": "month",
        },
        (
            "{lake} stands at {level} per cent of its volume, {who} said.",
            "{farms} farms around {lake} have lost {loss}.",
            "Households by {lake} may use {limit} from {month}.",
            "The {crop} around {lake} has withered, {who} said.",
            "{farms} farms by {lake} asked for help, after {farms-} a week before.",
            "Fishing boats lie on dry mud.",
        ),
        {
            "level": ("How full is {lake}?", "At how many per cent does {lake} stand?"),
            "farms": ("How many farms around {lake} are hit?",),
            "limit": ("How much water may households by {lake} use?",),
            "loss": ("How much of the harvest around {lake} is lost?",),
            "crop": ("Which crop has withered around {lake}?",),
            "month": ("From when may households by {lake} use only {limit}?",),
        },
        keys=("lake",),
    ),
)
