"""Yes, no, neither; and what counts as a question."""

from __future__ import annotations

import pytest

from bot.conversation.reading import is_question, is_unknown, yes_or_no

YES = """
yes|y|Yes!|yep|yeah|yup|yess|yeah sure|Yeah, of course|of course|sure|sure thing|ok|okay
then|absolutely|definitely |I do|I am|I have one|I did|I agree|I consent|that's
right|correct|right|looks good|go ahead|yes please|yes, submit it |oui|si|sí|ja|да|👍|✅|YES|yes
thank you|yep, that's correct|no doubt|all good|I confirm|sounds good
"""
NO = """
no|n|No.|nope|nah|noooo|no thanks|not yet|not really|never|I don't|I do not|I'm not|I haven't|of
course not|definitely not |not at all|none|nothing|non|nein|👎|❌|NO|no, change my email|I don't
think so|cancel|not correct|I don't have one|no way |I'd rather not|no not yet|absolutely not|I
did not
"""
NEITHER = """
maybe|kinda|sort of|yes and no|idk|not sure|hmm|I think so|why?|yes?|what for|yes but no|no
wait|no problem|depends|asdf |it depends|I don't understand|I don't mind|perhaps|French|24|👍👎|can
I say no?|probably|you bet your life|I'm in talks
"""


def rows(table: str) -> list[str]:
    return [row.strip() for row in table.replace("\n", " ").split("|")]


@pytest.mark.parametrize("text", rows(YES))
def test_it_is_yes(text: str) -> None:
    assert yes_or_no(text) is True


@pytest.mark.parametrize("text", rows(NO))
def test_it_is_no(text: str) -> None:
    assert yes_or_no(text) is False


@pytest.mark.parametrize("text", rows(NEITHER))
def test_it_is_neither(text: str) -> None:
    assert yes_or_no(text) is None


QUESTIONS = """
can I apply|what is iec|how much|I'm 24. can I apply?|why|is it free|so how long can i stay|are
there fees|24?|hi, do you help |when I finish|which one|could you explain|ok and what about
fees|am i eligible|what's a NOC|whats the fee|do I need insurance |does it cost|should I wait|are
Germans eligible|is insurance needed|does insurance cover skiing
"""
STATEMENTS = """
do not contact me|may 2027|yes|?????|I wonder|whatever|have a job offer|will do|I'm 24|French|can
do|no|is|thanks|may 5 |I know what I want|my passport is valid
"""


@pytest.mark.parametrize("text", rows(QUESTIONS))
def test_it_is_a_question(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize("text", rows(STATEMENTS))
def test_it_is_no_question(text: str) -> None:
    assert not is_question(text)


UNSURE = """
idk|I don't know|not sure|no idea|dunno|I'm not sure|unsure|no clue|maybe|skip|prefer not to say|i
dont know|not really sure |I can't remember|I have no idea sorry|I do not know yet
"""


@pytest.mark.parametrize("text", rows(UNSURE))
def test_the_person_does_not_know(text: str) -> None:
    assert is_unknown(text)


@pytest.mark.parametrize("text", ["yes", "no", "I know", "sure", "24", "French", "do you know?"])
def test_the_person_knows(text: str) -> None:
    assert not is_unknown(text)
