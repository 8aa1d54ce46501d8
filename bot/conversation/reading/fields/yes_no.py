"""Yes, no, and "I don't know"."""

from __future__ import annotations

import re

from bot.conversation.reading.words.questions import is_question, plain_words

_FILLERS = frozenset(
    "oh ah um uh hmm hm er well so hi hello hey please thanks thank you dear sir madam haha"
    " lol actually"
    " ofcourse man mate buddy , and i think guess very much just then now yet"
    " unfortunately sadly luckily fortunately thankfully honestly".split()
)
_YES = frozenset(
    "yes y ye yep yeah yea yeh yup yess ya yass yah aye ja oui si hai da да sim tak affirmative"
    " absolutely"
    " definitely certainly indeed totally exactly".split()
)
_WEAK_YES = frozenset(
    "sure ok okay k kk right correct true fine agreed agree okey okie alright".split()
)
_NO = frozenset("no n nope nah naw non nein nee nei negative never nay niet nej nao нет".split())
_YES_PHRASES = frozenset(
    {
        "of course",
        "ofc",
        "i do",
        "i am",
        "i have",
        "i did",
        "i will",
        "i would",
        "i can",
        "i agree",
        "i consent",
        "i accept",
        "i confirm",
        "i have one",
        "i do have one",
        "i have it",
        "i already have",
        "have it",
        "have one",
        "got one",
        "already have it",
        "already have one",
        "it is",
        "it does",
        "that is right",
        "that is correct",
        "that is fine",
        "looks good",
        "sounds good",
        "all good",
        "go ahead",
        "do it",
        "send it",
        "submit it",
        "submit",
        "confirm",
        "confirmed",
        "please do",
        "for sure",
        "no doubt",
        "all correct",
        "everything is correct",
        "i will have",
        "i will do",
        "will do",
        "they would",
        "they will",
        "they do",
        "there is",
    }
)
_NO_PHRASES = frozenset(
    {
        "not yet",
        "not that i know",
        "not that i know of",
        "not that i am aware of",
        "not that i remember",
        "not as far as i know",
        "not to my knowledge",
        "not really",
        "no not really",
        "not at all",
        "not now",
        "not at the moment",
        "not currently",
        "not anymore",
        "not any more",
        "not today",
        "no way",
        "no thanks",
        "of course not",
        "absolutely not",
        "definitely not",
        "certainly not",
        "i do not",
        "i am not",
        "i have not",
        "i did not",
        "i will not",
        "i would not",
        "i can not",
        "i do not have one",
        "i do not have",
        "i do not agree",
        "i do not consent",
        "i disagree",
        "do not",
        "it is not",
        "it does not",
        "they would not",
        "they will not",
        "there is not",
        "none",
        "nothing",
        "none of them",
        "nada",
        "cancel",
        "false",
        "wrong",
        "not correct",
        "not right",
        "rather not",
        "i would rather not",
    }
)
_UNKNOWN = re.compile(
    r"\b(i ?d ?k|dunno|don ?t know|do not know|don ?t remember|do not remember|not (?:100"
    r" )?(?:really |quite |too |so |very "
    r"|entirely |completely |fully )?(?:sure|certain)|unsure|uncertain|no idea|no clue|who"
    r" knows|can ?t say|"
    r"can ?not (?:say|tell|remember)|can ?t remember|haven ?t (?:decided|checked|figured)"
    r"|have not (?:decided|checked)|undecided|not (?:yet )?known|"
    r"i forgot|unknown|skip|pass this|prefer not to (?:say|answer)|rather not (?:say|answer)"
    r"|je (?:ne )?sais pas|no se)\b"
)
_PERHAPS = frozenset("maybe perhaps possibly probably".split())
_HEDGES = re.compile(
    r"\b(kinda|kind of|sorta|sort of|yes and no|yes no|more or less|depends|it depends"
    r"|somewhat|partly|in a way|half|"
    r"not exactly|nearly|almost|might|maybe yes|maybe no|i think so|i guess so|i hope so"
    r"|hopefully)\b"
)
_YES_SIGNS, _NO_SIGNS = frozenset("👍✅☑✔🆗"), frozenset("👎❌🚫✖")
_TOLD = re.compile(
    r"\b(?:meant|mean|answer is|answer to|meant to say|change (?:it|that) to) (yes|no)$"
)
_AFTER_YES = re.compile(r"\b(but|not|no|nope|except|wait|unless|if|maybe|only)\b")
_AFTER_NO = re.compile(
    r"\b(yes|yeah|yep|but|wait|problem|problems|worries|doubt|matter|wonder|idea|clue|i do"
    r" have|i have one|actually i do)\b"
)


_NOT_A_DENIAL = re.compile(
    r"\b(understand|know|mind|care|get|see|remember|sure|follow|doubt|believe|only|just)\b"
)
_AFTER_ASSENT = frozenset(
    "one it that so already thanks please indeed to all this them the terms go ahead do i"
    " have will am of course thing yes"
    " fine ok good me for with everything".split()
)


LONGEST_REPLY = 300
"""Characters of a reply that can be a yes, a no or an "I don't know"; longer texts tell more."""


def yes_or_no(text: str) -> bool | None:
    """Return what a text answers to a yes/no question; None when it is neither, both or hedged.

    A question is never an answer, and what follows "yes" or "no" must not take it back.
    """
    signs = set(text)
    if len(text) > LONGEST_REPLY or is_question(text) or is_unknown(text):
        return None
    words = plain_words(text)
    if not any(word.isalnum() for word in words):
        yes, no = bool(signs & _YES_SIGNS), bool(signs & _NO_SIGNS)
        return yes if yes != no else None
    told = _TOLD.search(" ".join(words))
    if told:
        return told.group(1) == "yes"
    if _HEDGES.search(" ".join(words)) or _PERHAPS & set(words):
        return None
    bare = [word for word in words if word not in _FILLERS or word in ("i", "not", "yet", "now")]
    while bare and bare[0] in ("now", "yet"):
        bare.pop(0)
    return _polarity(words, bare)


def _polarity(words: list[str], bare: list[str]) -> bool | None:
    phrase = " ".join(bare)
    if phrase in _NO_PHRASES:
        return False
    if phrase in _YES_PHRASES or (bare and set(bare) <= _WEAK_YES | _YES):
        return True
    first = next((word for word in words if word not in _FILLERS), "")
    rest = " ".join(bare[bare.index(first) + 1 :]) if first in bare else ""
    if first in _YES:
        return None if _AFTER_YES.search(rest) else True
    if first in _NO:
        return None if _AFTER_NO.search(rest) else False
    return _opened_by_a_phrase(phrase)


def _opened_by_a_phrase(phrase: str) -> bool | None:
    """Read "I do not have any", "sure, go ahead": a phrase and more of the same."""
    for each in sorted(_NO_PHRASES, key=len, reverse=True):
        if " " in each and phrase.startswith(f"{each} "):
            rest = phrase[len(each) :]
            return None if _AFTER_NO.search(rest) or _NOT_A_DENIAL.search(rest) else False
    for each in sorted(_YES_PHRASES | _WEAK_YES, key=len, reverse=True):
        if phrase.startswith(f"{each} ") and set(phrase[len(each) :].split()) <= _AFTER_ASSENT:
            return True
    return None


def begins_plainly(text: str) -> bool:
    """Tell whether a reply begins with a plain yes or no."""
    return bool(_YES.union(_NO).intersection(plain_words(text[:LONGEST_REPLY])[:1]))


def is_no_with_a_but(text: str) -> bool:
    """Tell whether a reply says no and adds something: "no, but I was"."""
    words = [word for word in plain_words(text[:LONGEST_REPLY]) if word not in _FILLERS]
    return bool(words) and words[0] in _NO and "but" in words and not is_question(text)


def is_yes_with_a_but(text: str) -> bool:
    """Tell whether a reply says yes and takes some of it back: "yes, but only until March"."""
    words = [word for word in plain_words(text[:LONGEST_REPLY]) if word not in _FILLERS]
    return bool(words) and words[0] in _YES and "but" in words and not is_question(text)


def is_unknown(text: str) -> bool:
    """Tell whether a reply says that the person does not know, or will not say."""
    if len(text) > LONGEST_REPLY:
        return False
    words = plain_words(text)
    plain = " ".join(word for word in words if word != ",")
    if not words or is_question(text):
        return False
    if _UNKNOWN.match(plain) or (len(words) <= 12 and _UNKNOWN.search(plain)):
        return True
    return (bool(_PERHAPS & set(words[:2])) and len(words) <= 2) or plain in ("?", "skip", "pass")


def is_hedged(text: str) -> bool:
    """Tell whether a reply sits between yes and no ("kinda", "yes and no", "it depends")."""
    words = plain_words(text[:LONGEST_REPLY])
    return len(text) <= LONGEST_REPLY and len(words) <= 8 and bool(_HEDGES.search(" ".join(words)))
