"""Names in a text, and which spellings name one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.content.names import name_key, names, same_name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was said by Ellen Reyes", [("Ellen Reyes", "other")]),
        ("It was said by Mayor Ellen Reyes", [("Mayor Ellen Reyes", "person")]),
        ("Reyes said so", [("Reyes", "opener")]),
        ("On Tuesday Norway announced it", [("Norway", "place")]),
        ("However, the UNRWA said", [("UNRWA", "other")]),
        ("The U.S. and the WHO met", [("U.S.", "other"), ("WHO", "other")]),
        (
            "the Osk Ministry of Foreign Affairs said",
            [("Osk Ministry of Foreign Affairs", "organisation")],
        ),
        (
            "Norway’s Prime Minister Lena Marsh",
            [("Norway", "place"), ("Prime Minister Lena Marsh", "person")],
        ),
        ("by Yusuf al-Harani and others", [("Yusuf al-Harani", "other")]),
        ("by Theresa May in May", [("Theresa May", "other")]),
        ("on Monday in April", []),
        ("it's here and I can't say", []),
    ],
)
def test_names_are_found(text: str, found: list[tuple[str, str]]) -> None:
    got = [(one.text, one.kind) for one in names(text) if one.text != "I"]
    assert got == found
    assert all(text[one.start : one.end] == one.text for one in names(text))


@pytest.mark.parametrize(
    "name", ["al-Harani", "Al Harani", "Al-Harani", "Yusuf al-Harani", "Harani"]
)
def test_spellings_of_a_last_name_have_one_key(name: str) -> None:
    assert name_key(name) == "harani"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Mayor Ellen Reyes", "Reyes"),
        ("Antony Lorne", "Anthony Lorne"),
        ("Mohammed bin Abdul Rahman Al Dosari", "Muhammad bin Abdulrahman Al-Dosari"),
        ("Sheikh Nasser", "Sheikh Nasser bin Khalid Al-Dosari"),
        ("US", "United States"),
        ("U.S.", "America"),
        ("Washington", "US"),
        ("UN", "United Nations"),
        ("WHO", "World Health Organization"),
        ("Norwegian", "Norway"),
        ("Foreign Ministry", "Ministry of Foreign Affairs"),
        ("Qatari Foreign Ministry", "Qatar's Ministry of Foreign Affairs"),
        ("Khan Younis", "Khan Yunis"),
        ("Security Council", "UN Security Council"),
    ],
)
def test_two_spellings_name_one(first: str, second: str) -> None:
    assert same_name(first, second)
    assert same_name(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ellen Reyes", "Ellen Okafor"),
        ("Ellen Reyes", "Boris Reyes"),
        ("Nasser bin Khalid Al-Dosari", "Fahd bin Khalid Al-Dosari"),
        ("Iran", "Iraq"),
        ("Norway", "Denmark"),
        ("Foreign Ministry", "Defence Ministry"),
        ("Egyptian Foreign Ministry", "Qatari Foreign Ministry"),
        ("UN", "EU"),
        ("North Korea", "South Korea"),
        ("Reyes", "Reynolds"),
    ],
)
def test_two_names_stay_two(first: str, second: str) -> None:
    assert not same_name(first, second)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_compared(first: str, second: str) -> None:
    assert same_name(first, first)
    assert same_name(first, second) == same_name(second, first)
    assert all(0 <= one.start < one.end <= len(first) for one in names(first))
