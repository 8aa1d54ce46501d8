"""Nouns that say what somebody works as or is: "welder", "au pair", "barista"."""

from __future__ import annotations

from bot.conversation.reading.words.vocabulary import SYNONYMS

_AGENTS = ("er", "or", "ist", "ian", "man", "woman", "eur", "ant", "ent", "ess", "ee", "yst", "nic")
_NO_AGENTS = frozenset(
    "beer dinner water weather summer winter center number letter order river partner border"
    " career paper computer employer offer degree fee coffee restaurant document department"
    " government agreement apartment accent parent event content customer supper player sister"
    " teer never ever other another over under after however whether either rather together"
    " later earlier longer older younger better bigger cheaper easier remember consider wonder"
    " answer enter prefer sooner forever moment present different current recent colour color"
    " favor favour error floor door major minor junior senior".split()
)
_TRADES = frozenset(
    "obviously clearly naturally myself pair dj vet cop nanny chippy sparky postie tradie"
    " freelancer intern apprentice guide nurse dev pilot cook chef native expat postdoc"
    " undergrad grad refugee barkeep mum dad".split()
)


def is_an_occupation(noun: str) -> bool:
    """Tell whether `noun` names a person by what they do."""
    if SYNONYMS.get(noun) in ("person", "student") or noun in _TRADES:
        return True
    return noun.endswith(_AGENTS) and noun not in _NO_AGENTS
