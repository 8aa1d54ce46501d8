"""Names of countries and peoples: how many are found, and how often one is imagined."""

from __future__ import annotations

import random
from datetime import date

import pytest

from bot.conversation.reading import countries_mentioned, read_answer
from bot.knowledge.country_names import country_name, country_names, demonym

TODAY = date(2026, 11, 22)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST_WITH_A_TYPO = 5

MISSPELT = """
AU austrailia australa austrlia auatralia austraila|AT austira|BE belguim belgum|BR brasil brazill
brazl|CA cananda canda |CZ chech czec chzech|CO columbia colombian|HR croatioa croatia|DK denamrk
denmrk danmark|EE estona estonai|FI finand findland |FR frannce frnace frech|DE germny gemany
germnay grmany|GR grece greese|IS icland icelad|IE irland irelnd ierland |IT itlay itlaian
itallian|JP japn japaan japanise|LV lativa latvai|LT lithuana lituania|LU luxemburg luxembourgh
luxemborg |MX mexcio mexican|NL netherland neatherlands nethrlands|NZ newzealand|NO norwey noway
norweigan|PH phillipines philipines |PL polnad poand|PT portgual portugese portugual|SK slovakai
slovakian|SI slovenija slovenai|ES spian spainish spannish |SE sweeden sweedish swedan|CH
swizerland switzerlad swiss switserland|TW taiwain tiawan taiwanes|TR turky turkye|UA ukrane
ukranian |AR argentinia agentina argentinan|CL chillean|VN veitnam vietnamise|ID indonisia|MY
malasia malaysai|SG singapor singapur |ZA southafrica|KR southkorea korian|IN indain|MA marocco
morroco|EG eygpt egyptain|CR costarica|SM sanmarino|AD andora
"""
TRAPS = """
polish my CV|can you tell us more|when does it finish|a danish pastry|I need to finish it|how much
does it cost |what documents do I need|do I need health insurance|can I extend my stay|how long
does it take|what is a recognized organization |I want to work in canada|is there an English
test|I speak french|new mexico|nail polish|french fries|guinea pig|turkey dinner |when is the next
round of invitations|what is the fee|general information please|can my children come|who pays the
fee |how do I get the medical exam|is the price per person|which state is it|several friends
applied|how is the process |the program starts in spring|I could not open the website|green
hills|my phone is broken|winning the draw|married couples |can I change employer|what about
taxes|is there a waiting list|standard processing time|regional programs|control of the border
|what happens at the port of entry|the passport photo|I lost my password|is the island nice|summer
job|ski season|holiday work |do I need a return ticket|the company is small|tell me about the
co-op|can I study too|noc and teer|what is my status |remove me from the list|delete my data|talk
to a person|good morning|thanks a lot|that was helpful|this is useless|stop |start over|how old
can I be|max age|can I apply twice|second participation|dual citizenship|two passports|work permit
|permanent residence|open work permit|express entry|visitor visa|biometrics appointment|police
certificate|proof of funds |how do I pay|refund policy|they never answered|update my address|my
email changed|meeting with the team|payment deadline |what if I miss the payment|opening
date|quota is full|is it first come first served|advantages of co-op|internship agreement |letter
from my school|health card|can I leave and come back|extend my permit|can I bring my dog|where can
I live|housing |social insurance number|bank account|minimum wage|driving licence|winter
clothes|how is the weather|do you have an office
"""


def _found(text: str) -> list[str] | None:
    value = read_answer("nationalities", text, TODAY).value
    return value if isinstance(value, list) else None  # type: ignore[return-value]


def _words() -> list[tuple[str, str]]:
    return [
        (iso, word)
        for iso, country in country_names().items()
        for word in (country.name, country.demonyms[0])
        if iso not in ("CG", "DM")  # the Congos and the two Dominicas share an adjective
    ]


def _with_a_typo(word: str, rng: random.Random) -> str:
    """Return `word` with one letter dropped, doubled, changed or swapped; never the first."""
    place = rng.randrange(1, len(word) - 1)
    return rng.choice(
        [
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + rng.choice(LETTERS) + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        ]
    )


def test_every_clean_name_and_adjective_is_found() -> None:
    missed = [word for iso, word in _words() if _found(word) != [iso]]
    assert missed == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_most_names_with_one_typo_are_found_and_few_are_taken_for_another(seed: int) -> None:
    rng = random.Random(seed)
    typed = [
        (iso, _with_a_typo(word, rng))
        for iso, word in _words()
        if len(word) >= SHORTEST_WITH_A_TYPO
    ]
    right = sum(_found(text) == [iso] for iso, text in typed)
    wrong = sum((_found(text) or [iso]) != [iso] for iso, text in typed)
    assert right / len(typed) >= 0.9
    assert wrong / len(typed) <= 0.02


def test_common_misspellings_are_found() -> None:
    rows = [
        (cells[0], text)
        for cells in (line.split() for line in MISSPELT.replace("\n", " ").split("|"))
        for text in cells[1:]
    ]
    right = sum(_found(text) == [iso] for iso, text in rows)
    wrong = [text for iso, text in rows if (_found(text) or [iso]) != [iso]]
    assert right / len(rows) >= 0.93
    assert wrong == []


def test_everyday_sentences_mention_no_country() -> None:
    texts = [text.strip() for text in TRAPS.replace("\n", " ").split("|")]
    imagined = {text: found for text in texts if (found := countries_mentioned(text))}
    assert imagined == {}


@pytest.mark.parametrize(
    ("text", "isos"),
    [
        ("max age for australians?", ["AU"]),
        ("how long can irish people stay", ["IE"]),
        ("can brits apply", ["GB"]),
        ("can Canadians apply", ["CA"]),
        ("what is the age limit for France and Italy", ["FR", "IT"]),
        ("I'm austrailian, what's the limit", ["AU"]),
        ("do Germans need insurance", ["DE"]),
        ("is Mexico part of IEC", ["MX"]),
        ("are US citizens eligible", ["US"]),
        ("can people from the UK go twice", ["GB"]),
        ("I have a new zealand passport", ["NZ"]),
        ("Czechs?", ["CZ"]),
        ("how long can a Pole stay", ["PL"]),
        ("polish citizens", ["PL"]),
        ("max age taiwan", ["TW"]),
        ("south koreans", ["KR"]),
        ("can french people work in canada", ["FR"]),
        ("日本", ["JP"]),
    ],
)
def test_the_countries_of_a_question(text: str, isos: list[str]) -> None:
    assert countries_mentioned(text) == isos


def test_every_country_has_a_name_and_an_adjective() -> None:
    assert country_name("FR") == "France"
    assert demonym("NO") == "Norwegian"
    assert len(country_names()) >= 195
    assert all(len(iso) == 2 and iso.isupper() for iso in country_names())
    with pytest.raises(KeyError):
        country_name("ZZ")
