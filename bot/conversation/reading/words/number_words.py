"""Number words, months, weekdays and currencies, in English and elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.reading.words.forms import by_form

SMALL_NUMBERS: Mapping[str, int] = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TENS: Mapping[str, int] = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}

MONTHS: Mapping[str, int] = {
    form: number
    for number, forms in enumerate(
        (
            "january jan enero janvier januar januari gennaio janeiro",
            "february feb febuary febrero fevrier februar februari febbraio fevereiro",
            "march mar mars marzo marz maart marco",
            "april apr abril avril aprile",
            "may mayo mai maio mei maggio",
            "june jun junio juin juni giugno junho",
            "july jul julio juillet juli luglio julho",
            "august aug agosto aout augustus augusti",
            "september sep sept septiembre septembre settembre setembro",
            "october oct octubre octobre oktober ottobre outubro",
            "november nov noviembre novembre novembro",
            "december dec diciembre decembre dezember desember dicembre dezembro",
        ),
        start=1,
    )
    for form in forms.split()
}

WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())

CURRENCIES = by_form(
    {
        "USD": "usd",
        "EUR": "euro euros eur",
        "GBP": "pound pounds gbp quid sterling",
        "OTHER": "yen jpy won krw peso pesos clp mxn rupee rupees inr aud nzd chf franc"
        " francs krona kronor"
        " sek nok dkk krone kroner pln zloty zlotys czk real reais brl yuan rmb cny hkd twd",
    }
)
CURRENCY_SIGNS: Mapping[str, str] = {
    "€": "EUR",
    "£": "GBP",
    "¥": "OTHER",
    "₩": "OTHER",
    "₹": "OTHER",
}
