"""Which countries a message is about, for questions such as "max age for Australians?"."""

from __future__ import annotations

from bot.conversation.reading.words.said import Said, listen

_DESTINATION = "CA"
_LANGUAGE_AFTER = frozenset(
    "test tests level language exam skill skills proficiency speaker speakers speaking"
    " course courses class"
    " classes lesson lessons score certificate translation translated version requirement"
    " requirements".split()
)
_LANGUAGE_BEFORE = frozenset("speak speaks in learn fluent into good bad poor my basic be".split())
_NEEDS_CAPITAL = frozenset(
    {"pole", "finn", "scot", "dane", "swede", "lao", "chad", "jersey", "polish"}
)
_PEOPLE_AFTER = frozenset(
    "passport passports citizen citizens national nationals people person persons student"
    " students applicant applicants"
    " nationality citizenship guy girl".split()
)
_NAMES = frozenset({"CTRY", "DEM", "DEMS"})
_ASIDE = frozenset(
    "and or so ok please then also what how about if is it i am a an the my for from in with by"
    " of people citizen citizens national nationals passport passports holder holders".split()
)
_LANGUAGES = frozenset({"GB", "FR", "ES", "DE", "PT", "IT", "JP", "CN", "KR"})


def countries_mentioned(text: str) -> list[str]:
    """Return the countries whose people or passports `text` mentions, in order, each once.

    Canada counts only as a nationality ("can Canadians apply"), for it is where everybody goes,
    and a language ("an English test") is no country.
    """
    said = listen(text)
    found = [
        word.value
        for position, word in enumerate(said.words)
        if word.text in _NAMES and _is_meant(said, position)
    ]
    return list(dict.fromkeys(found))


def names_countries_only(text: str) -> bool:
    """Say whether `text` is a country or several and nothing to be answered ("and for Chile?")."""
    words = [word for word in listen(text).words if word.raw]
    others = {word.text.strip("()") for word in words if word.text not in _NAMES}
    return len(others) < len(words) and others <= _ASIDE and bool(countries_mentioned(text))


def speaks_of_oneself(text: str) -> bool:
    """Say whether `text` states something about its speaker ("I'm German"), and asks nothing."""
    return any(word.text in ("i", "my") for word in listen(text).words)


def is_about_oneself(text: str) -> bool:
    """Say whether `text` states or asks something about its speaker ("how long can I stay")."""
    return any(word.text.strip("()") in ("i", "my") for word in listen(text).words)


def _is_meant(said: Said, position: int) -> bool:
    word = said.words[position]
    before, after = said.words[position - 1].raw, said.words[position + 1]
    if word.value == _DESTINATION:
        return word.text == "DEMS" or (word.text == "DEM" and after.text in ("passport", "citizen"))
    if word.raw in _NEEDS_CAPITAL and after.raw not in _PEOPLE_AFTER:
        return False
    if word.text == "DEM" and word.value in _LANGUAGES:
        return (
            after.raw.casefold() not in _LANGUAGE_AFTER
            and before.casefold() not in _LANGUAGE_BEFORE
        )
    return True
