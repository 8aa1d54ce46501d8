"""Nationalities that are only awaited, or that others take the speaker to have."""

from __future__ import annotations

from bot.conversation.reading.words.said import Said

_CUTS = frozenset("^ ^Q $ , and but so because".split())
_BELIEVED = frozenset(
    "think thinks thought assume assumes believe believes guess guesses say says everybody people"
    " everyone they looks".split()
)
_DOUBTED = frozenset("maybe perhaps possibly".split())
AWAITED = frozenset(
    "ask asked asking waiting wait awaiting applied apply applying application requested request"
    " process getting claiming claim pursuing eligible entitled qualify chasing working towards"
    " pending hoping hope want next soon get expecting".split()
)
_STILL_TO_COME = frozenset(
    "pending soon process progress application appointment interview ceremony eligibility coming"
    " come comes arrive arrives"
    " next requested refused rejected denied lapsed gone stolen lost".split()
)


def is_not_held(said: Said, position: int) -> bool:
    """Tell whether a nationality is only awaited, or what others take the speaker for."""
    listed = said.texts(position - 2, position) == ["DEM", "and"]
    start = position - 2 if listed else position
    while said.words[start - 1].text not in _CUTS:
        start -= 1
    before = said.texts(start, position)
    if _DOUBTED & set(before):
        return True
    if {"i", "am"} <= set(before) and _BELIEVED & set(before[: before.index("i")]):
        return True
    after = said.texts(position + 1, position + 8)
    of_a_paper = after[:1] in (["citizen"], ["passport"], ["papers"], ["NUM"])
    if not of_a_paper:
        return False
    rest = [text for text in after[1:] if text != "$"]
    until = next((i for i, text in enumerate(rest) if text in _CUTS), len(rest))
    awaited = max((i for i, text in enumerate(before) if text in AWAITED), default=len(before))
    used = {"with", "as"} & set(before[awaited:])
    to_come = _STILL_TO_COME & set(rest[:until]) or {"on", "way"} <= set(rest[:until])
    return bool((AWAITED & set(before) and not used) or to_come)


def is_of_others(said: Said, position: int) -> bool:
    """Tell whether a fragment is of others or a thing: "Swiss, both of them"."""
    after = said.texts(position + 1, said.sentence(position)[1])
    if after[:1] == [","] and after[2:4] == ["of", "them"]:
        return True
    piece = after[: next((i for i, text in enumerate(after) if text in (",", "who")), None)]
    return bool({"is", "are"} & set(piece)) and "passport" not in piece and "i" not in piece
