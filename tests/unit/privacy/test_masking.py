"""What is masked in a text, and what must come through unhurt."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.masking import (
    EMAIL_HIDDEN,
    NUMBER_HIDDEN,
    PHONE_HIDDEN,
    mask_contacts,
    mask_numbers,
)

NUMBERS = {
    "my card is 4111 1111 1111 1111": "my card is #",
    "4111-1111-1111-1111 exp 12/27, cvv 123": "# exp 12/27, cvv #",
    "4111 1111 1111 1111 12 27 123": "# 12 27 123",
    "4111\u200b1111\u200b1111\u200b1111": "#",
    "4111.1111.1111.1111": "#",
    "amex 378282246310005.": "amex #.",
    "5500005555555559 and 378282246310005": "# and #",
    "CAD 4111 1111 1111 1111": "CAD #",
    "4111 1111 1111 1111 dollars": "# dollars",
    "４１１１ １１１１ １１１１ １１１１": "#",
    "my SIN is 046 454 286": "my SIN is #",
    "046454286": "#",
    "046-454-286!": "#!",
    "my sin is 123456789": "my sin is #",
    "social insurance number: 111 222 333": "social insurance number: #",
    "numéro d'assurance sociale 111222333": "numéro d'assurance sociale #",
    "ssn 078-05-1120": "ssn #",
    "078 05 1120": "#",
    "My passport number is AB1234567": "My passport number is #",
    "passport AB 12 34 567, thanks": "passport #, thanks",
    "passport: 123456789": "passport: #",
    "123456789 is my passport number": "# is my passport number",
    "mon passeport est 12AB34567": "mon passeport est #",
    "C01X00T47": "#",
    "x1234567": "#",
    "passport no. GB 1234567 expires 2030-06-01": "passport no. # expires 2030-06-01",
}

HARMLESS = (
    "i am 25, born in 1998",
    "I was born on 19.06.1998 and 2 June 2001",
    "my passport is valid until 2030-06-01",
    "my passport expires 20300601",
    "my passport cost CAD 172",
    "passport until 01/06/2030 and 2500.00 CAD saved",
    "5000 dollars, $5,000, 5 000 $, 30k CAD, 12 000 000 yen",
    "CAD12345 usd 123456",
    "IEC-7K3M-9QXD",
    "iec 23456789",
    "IECAB234567",
    "NOC 21231 and noc21231",
    "Aug152024",
    "2018 2019 2020 2021",
    "2024-01-02 2024-05-06",
    "31-12-2024 31-12-2025",
    "there are 3 of us, 18 to 35, for 24 months",
    "permit in 56 days, 12 hours, 100%",
    "postal code K1A 0B1",
    "I am at home. Thanks",
    "@home",
    "",
)

CONTACTS = {
    "call me at +44 20 7946 0958": "call me at P",
    "+1 (613) 555-0123": "P",
    "0044 20 7946 0958 or 613-555-0123": "P or P",
    "(613) 555-0123": "P",
    "call 1-800-555-0199.": "call P.",
    "06 12 34 56 78": "P",
    "my phone is 12 34 56 78": "my phone is P",
    "mail jo@example.org, or o'brien@example.ie!": "mail E, or E",
    "mailto:jo@example.org": "mailto:E",
    "<jo+iec@mail.example.org>": "<E>",
    '{"email": "jo@example.org"}': '{"email": "E"}',
    "josé@exämple.org": "E",
    "jo@localhost": "E",
    "jo (at) example (dot) org; jo at example dot org": "E; E",
}

cards = (
    st.integers(10**11, 10**17 - 1)
    .map(lambda number: f"4{number}")
    .map(lambda digits: next(digits + check for check in "0123456789" if _luhn(digits + check)))
)
groups = st.sampled_from(["", " ", "-", ".", "  ", " - "])
words = st.text(st.characters(whitelist_categories=("L", "Zs")), max_size=30)


def _luhn(digits: str) -> bool:
    doubled = "0246813579"
    return (
        sum(int(d) for d in digits[::-2]) + sum(int(doubled[int(d)]) for d in digits[-2::-2])
    ) % 10 == 0


@pytest.mark.parametrize(("text", "masked"), NUMBERS.items())
def test_a_number_that_must_not_be_kept_is_removed(text, masked):
    assert mask_numbers(text).replace(NUMBER_HIDDEN, "#") == masked


@pytest.mark.parametrize("text", HARMLESS)
def test_ages_dates_amounts_and_codes_come_through_both_masks(text):
    assert mask_numbers(text) == text
    assert mask_contacts(text) == text


@pytest.mark.parametrize(("text", "masked"), CONTACTS.items())
def test_ways_to_reach_a_person_are_removed(text, masked):
    shown = mask_contacts(text).replace(EMAIL_HIDDEN, "E").replace(PHONE_HIDDEN, "P")
    assert shown == masked


@given(words, cards, groups, words)
def test_no_card_survives_however_it_is_grouped(before, card, separator, after):
    grouped = separator.join(re.findall(".{1,4}", card))
    masked = mask_numbers(f"{before} {grouped} {after}")
    assert not re.search(r"\d{4}", masked)
    assert before.strip() in masked
    assert after.strip() in masked


@given(st.integers(1900, 2099), st.integers(0, 99), st.integers(0, 99_999), words)
def test_years_ages_and_amounts_survive_among_any_words(year, age, amount, word):
    text = f"{word}, i am {age}, since {year}, with {amount} CAD and ${amount:,}."
    assert mask_numbers(text) == text


@given(st.emails(), words)
def test_no_address_survives(address, word):
    masked = mask_contacts(f"{word} {address}")
    assert address not in masked
    assert not re.search(r"[^\s\]]@\w", masked)


@given(st.text())
def test_masking_never_fails_and_masks_once(text):
    for mask in (mask_numbers, mask_contacts):
        once = mask(text)
        assert mask(once) == once


@pytest.mark.parametrize("piece", ["1 ", "a", "a@", "4", "1-", "(613) ", "$1,", "x at x dot ", " "])
def test_no_text_makes_masking_slow(piece):
    long = piece * (20_000 // len(piece))
    mask_contacts(mask_numbers(long))
