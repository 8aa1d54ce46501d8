"""The inbox for the assistant: what comes in and what stays out, decisions, forgetting."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.mailroom.forgetting import forget_conversation
from bot.mailroom.tables import mailroom_metadata
from bot.teaching import Decision, TeachingError, TeachingInbox, gather
from bot.teaching.tables import riddle_cursor, riddle_sources, riddles
from bot.transcripts import give_feedback
from tests.unit.transcripts.stored import (
    APPLIED,
    CHECKED,
    PERSON,
    QUESTION,
    Event,
    done,
    said,
    slot,
    store,
)
from tests.unit.waiting_list.samples import NOON, HandSetClock


@pytest.fixture
def inbox(either_engine: Engine) -> TeachingInbox:
    mailroom_metadata.create_all(either_engine)
    return TeachingInbox(either_engine, HandSetClock())


def riddle(text: str, guess: str = "faq/pets") -> tuple[Event, ...]:
    message = said(text, guess, 0.2, zone="between", message_id=f"id of {text}")
    return (message, done("action_clarify"), slot("misunderstandings", 1))


def waiting(inbox: TeachingInbox) -> list[tuple[str, int]]:
    return [(each.text, each.count) for each in inbox.open_riddles()]


def test_what_was_not_understood_comes_in_once_with_a_count_and_the_guess(
    inbox, either_engine
) -> None:
    store(either_engine, "web-1", *riddle("Can my dog come?"), *riddle("Which bank is best?"))
    store(either_engine, "web-2", *riddle("  can my DOG come ", "faq/family"))
    assert (gather(either_engine), gather(either_engine)) == (2, 0)
    first, second = inbox.open_riddles()
    assert (first.text, first.count, first.guess) == ("can my DOG come", 2, "faq/family")
    assert (second.text, second.count, second.confidence) == ("Which bank is best?", 1, 0.2)
    assert inbox.count_open() == 2


def test_later_messages_of_a_conversation_come_in_later(inbox, either_engine) -> None:
    store(either_engine, "web-1", *riddle("Can my dog come?"))
    gather(either_engine)
    store(either_engine, "web-1", *riddle("Which bank?"), start=NOON + timedelta(hours=1))
    assert gather(either_engine) == 1
    assert waiting(inbox) == [("Which bank?", 1), ("Can my dog come?", 1)]


@pytest.mark.parametrize(
    "events",
    [
        QUESTION,
        (*CHECKED, *APPLIED),  # odd answers to questions, among them a name
        PERSON,
        (said("/affirm", "affirm", 0.1, zone="no_idea"),),
        (*riddle("I am 16"), slot("under_age", True)),
    ],
    ids=["understood", "answers to a form", "a person", "a button", "a minor"],
)
def test_what_is_no_riddle_stays_out(inbox, either_engine, events) -> None:
    store(either_engine, "web-1", *events)
    gather(either_engine)
    assert waiting(inbox) == []


def test_numbers_and_addresses_are_masked_before_anything_is_stored(inbox, either_engine) -> None:
    text = "Write to zoe@example.org or +33 6 12 34 56 78, card 4111 1111 1111 1111"
    store(either_engine, "web-1", *riddle(text))
    gather(either_engine)
    (kept,) = inbox.open_riddles()
    assert kept.text == "Write to [e-mail hidden] or [phone hidden], card [number hidden]"


def test_an_answer_with_a_thumb_down_comes_in_also_long_after(inbox, either_engine) -> None:
    question = said("What does it cost?", "faq/participation_fee", message_id="m1")
    store(either_engine, "web-1", question, done("action_answer_faq"))
    gather(either_engine)
    assert waiting(inbox) == []
    give_feedback(either_engine, "web-1", "m1", "down", NOON)
    gather(either_engine)
    gather(either_engine)
    (kept,) = inbox.open_riddles()
    assert (kept.text, kept.thumbs_down, kept.guess) == (
        "What does it cost?",
        1,
        "faq/participation_fee",
    )


@pytest.mark.parametrize(
    ("decision", "label", "exported"),
    [
        (Decision.RIGHT, None, "faq/pets"),
        (Decision.TOPIC, "faq/family", "faq/family"),
        (Decision.OUT_OF_SCOPE, None, "out_of_scope"),
        (Decision.IGNORED, None, None),
        (Decision.DELETED, None, None),
    ],
)
def test_what_was_decided_never_comes_back(inbox, either_engine, decision, label, exported) -> None:
    store(either_engine, "web-1", *riddle("Can my dog come?"))
    gather(either_engine)
    (open_one,) = inbox.open_riddles()
    inbox.decide(open_one.id, decision, "eva", label)
    store(either_engine, "web-2", *riddle("can my dog come"))
    gather(either_engine)
    assert waiting(inbox) == []
    assert [each.label for each in inbox.decided()] == ([exported] if exported else [])
    if decision is Decision.DELETED:
        with either_engine.begin() as connection:
            assert connection.execute(select(riddles.c.text)).scalars().all() == [None]


def test_two_who_decide_at_once_decide_once(inbox, either_engine) -> None:
    store(either_engine, "web-1", *riddle("Can my dog come?"))
    gather(either_engine)
    (open_one,) = inbox.open_riddles()

    def decide(name: str) -> bool:
        try:
            inbox.decide(open_one.id, Decision.RIGHT, name)
        except TeachingError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(decide, "abcdef")) == 1


def test_a_decision_can_be_taken_back(inbox, either_engine) -> None:
    store(either_engine, "web-1", *riddle("Can my dog come?"), *riddle("Which bank?"))
    gather(either_engine)
    one, other = inbox.open_riddles()
    inbox.decide(one.id, Decision.IGNORED, "eva")
    inbox.reopen(one.id)
    assert inbox.count_open() == 2
    inbox.decide(other.id, Decision.DELETED, "eva")
    with pytest.raises(TeachingError, match="no longer there"):
        inbox.reopen(other.id)


def test_another_topic_must_be_named(inbox, either_engine) -> None:
    store(either_engine, "web-1", *riddle("Can my dog come?"))
    gather(either_engine)
    with pytest.raises(TeachingError, match="Choose the topic"):
        inbox.decide(inbox.open_riddles()[0].id, Decision.TOPIC, "eva", "")
    with pytest.raises(TeachingError, match="no longer there"):
        inbox.decide(999, Decision.RIGHT, "eva")


def test_a_forgotten_conversation_leaves_no_words_behind(inbox, either_engine) -> None:
    store(either_engine, "web-1", *riddle("I am Zoe O'Hara"), *riddle("Both asked"))
    store(either_engine, "web-2", *riddle("both asked"), *riddle("Decided words"))
    gather(either_engine)
    decided = next(each for each in inbox.open_riddles() if each.text == "Decided words")
    inbox.decide(decided.id, Decision.RIGHT, "eva")
    forget_conversation(either_engine, "web-1")
    assert waiting(inbox) == [("both asked", 1)]
    forget_conversation(either_engine, "web-2")
    with either_engine.begin() as connection:
        assert connection.execute(select(riddles.c.text)).scalars().all() == [None]
        for table in (riddle_sources, riddle_cursor):
            assert connection.execute(select(table)).all() == []
    store(either_engine, "web-3", *riddle("decided words"))
    gather(either_engine)
    assert waiting(inbox) == []


def test_gathering_in_several_places_at_once_counts_every_message_once(
    inbox, either_engine
) -> None:
    for number in range(20):
        store(either_engine, f"web-{number}", *riddle("Can my dog come?"))
        give_feedback(either_engine, f"web-{number}", "id of Can my dog come?", "down", NOON)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: gather(either_engine), range(4)))
    gather(either_engine)
    assert waiting(inbox) == [("Can my dog come?", 20)]
