"""Requests for a person: asked once, taken by one, answered, handed back, forgotten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.handover import HandoverDesk, HandoverError, HandoverState, TeamMail, tell_team
from bot.handover.request import (
    NOTICE,
    STILL_QUEUED,
    TAKEN,
    WITH_ASSISTANT,
    wants_the_assistant,
)
from bot.handover.tables import handovers
from bot.mailroom.forgetting import forget_conversation
from bot.mailroom.tables import mailroom_metadata
from bot.transcripts import read_conversation
from bot.transcripts.person_messages import person_messages
from tests.unit.transcripts.stored import QUESTION, store
from tests.unit.waiting_list.samples import HandSetClock

ID = "web-1"


@pytest.fixture
def clock() -> HandSetClock:
    return HandSetClock()


@pytest.fixture
def desk(either_engine: Engine, clock: HandSetClock) -> HandoverDesk:
    return HandoverDesk(either_engine, clock, hours=2)


@pytest.fixture
def taken(desk: HandoverDesk) -> HandoverDesk:
    desk.ask(ID, "web")
    desk.take(ID, "eva")
    return desk


def spoken(engine: Engine) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in read_conversation(engine, ID).turns]


def test_asking_again_changes_nothing_while_the_request_is_open(desk, clock) -> None:
    first = desk.ask(ID, "web")
    clock.forward(hours=1)
    assert desk.ask(ID, "web") == first
    assert (first.state, desk.is_with_person(ID)) == (HandoverState.WAITING, False)
    assert [request.conversation_id for request in desk.queue()] == [ID]


def test_who_wants_the_assistant_before_anybody_came_stays_in_the_queue(
    desk, either_engine
) -> None:
    assert desk.hear(ID, "m1", "back to the bot") is None
    desk.ask(ID, "web")
    assert desk.hear(ID, "m2", "what does it cost?") is None
    assert desk.hear(ID, "m3", "back to the bot") == (STILL_QUEUED,)
    assert spoken(either_engine) == [("visitor", "back to the bot"), ("assistant", STILL_QUEUED)]
    assert [request.state for request in desk.queue()] == [HandoverState.WAITING]


def test_many_askers_at_once_make_one_request(desk) -> None:
    with ThreadPoolExecutor(8) as pool:
        asked = list(pool.map(lambda _: desk.ask(ID, "web"), range(8)))
    assert len({request.id for request in asked}) == 1


def test_of_staff_who_take_at_once_one_has_it_and_the_others_are_told(desk) -> None:
    desk.ask(ID, "web")
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda name: desk.take(ID, name), "abcdef"))
    owner = desk.open_request(ID).taken_by
    for name in "abcdef":
        if name == owner:
            assert desk.answer(ID, name, "Hello", f"key-{name}")
        else:
            with pytest.raises(HandoverError, match=f"{owner} has this conversation now"):
                desk.answer(ID, name, "Hello", f"key-{name}")


def test_while_a_person_has_it_both_sides_are_kept_and_the_visitor_is_told_once(
    taken, either_engine, clock
) -> None:
    clock.forward(minutes=1)
    assert taken.hear(ID, "m1", "Hello?") == (NOTICE,)
    clock.forward(minutes=1)
    assert taken.answer(ID, "eva", " How can I help? ", "form-1")
    assert taken.hear(ID, "m2", "My passport is lost") == ()
    assert spoken(either_engine) == [
        ("assistant", TAKEN),
        ("visitor", "Hello?"),
        ("assistant", NOTICE),
        ("staff", "How can I help?"),
        ("visitor", "My passport is lost"),
    ]
    assert [turn.by for turn in read_conversation(either_engine, ID).turns][3] == "eva"


def test_the_same_message_or_answer_delivered_twice_is_kept_once(taken, either_engine) -> None:
    taken.hear(ID, "m1", "Hello?")
    taken.hear(ID, "m1", "Hello?")
    assert taken.answer(ID, "eva", "Yes?", "form-1")
    assert not taken.answer(ID, "eva", "Yes?", "form-1")
    texts = [text for _, text in spoken(either_engine)]
    assert (texts.count("Hello?"), texts.count("Yes?")) == (1, 1)


def test_before_somebody_takes_it_the_assistant_goes_on(desk) -> None:
    assert desk.hear(ID, "m0", "Hello?") is None
    desk.ask(ID, "web")
    assert desk.hear(ID, "m1", "Hello?") is None
    with pytest.raises(HandoverError, match="Take the conversation"):
        desk.answer(ID, "eva", "Hello", "k")


def test_staff_hand_back_and_the_visitor_is_told(taken, either_engine) -> None:
    taken.hand_back(ID, "eva")
    assert not taken.is_with_person(ID)
    assert taken.hear(ID, "m1", "Hello?") is None
    assert spoken(either_engine)[-1] == ("assistant", WITH_ASSISTANT)
    with pytest.raises(HandoverError, match="no longer in the queue"):
        taken.hand_back(ID, "max")
    assert taken.ask(ID, "web").state is HandoverState.WAITING


def test_the_visitor_gets_the_assistant_back_by_saying_so(taken) -> None:
    assert taken.hear(ID, "m1", "Back to the bot, please!") == (WITH_ASSISTANT,)
    assert taken.open_request(ID) is None


@pytest.mark.parametrize("by_whom", ["the worker", "the next message"])
def test_what_staff_no_longer_answer_goes_back_by_itself(
    taken, clock, either_engine, by_whom
) -> None:
    clock.forward(hours=1)
    taken.answer(ID, "eva", "One moment", "k")
    clock.forward(hours=1.5)
    taken.hear(ID, "m1", "Hello?")  # a visitor who waits does not keep the person there
    assert taken.settle() == ()
    clock.forward(hours=0.5)
    assert not taken.is_with_person(ID)
    if by_whom == "the worker":
        assert taken.settle() == (ID,)
    else:
        assert taken.hear(ID, "m2", "Still there?") is None
    assert spoken(either_engine)[-1] == ("assistant", WITH_ASSISTANT)
    assert taken.settle() == ()


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_an_answer_without_words_or_with_too_many_is_refused(taken, text) -> None:
    with pytest.raises(HandoverError, match="characters"):
        taken.answer(ID, "eva", text, "k")


def test_forgetting_a_conversation_forgets_its_handover(taken, either_engine) -> None:
    mailroom_metadata.create_all(either_engine)
    store(either_engine, ID, *QUESTION)
    taken.hear(ID, "m1", "Hello?")
    forget_conversation(either_engine, ID)
    with either_engine.begin() as connection:
        for table in (handovers, person_messages):
            assert connection.execute(select(table)).all() == []
    assert taken.hear(ID, "m2", "Hello?") is None


def test_the_team_is_told_once_of_each_request_and_without_words(desk, clock) -> None:
    sent: list[TeamMail] = []

    def send(mail: TeamMail) -> bool:
        sent.append(mail)
        return True

    for number in range(3):
        desk.ask(f"web-{number}", "web")
    desk.take("web-2", "eva")
    assert (tell_team(desk, send), tell_team(desk, send)) == (2, 0)
    desk.ask("web-0", "web")
    clock.forward(days=1)
    assert tell_team(desk, send) == 0
    assert [mail.name for mail in sent] == ["handover-000001", "handover-000002"]
    assert "web-1" in sent[1].body


def test_a_mail_that_was_not_taken_is_tried_again_later_under_its_name(desk, clock) -> None:
    desk.ask(ID, "web")
    names: list[str] = []
    assert tell_team(desk, lambda mail: bool(names.append(mail.name))) == 0
    assert tell_team(desk, lambda mail: True) == 0
    clock.forward(minutes=6)
    assert tell_team(desk, lambda mail: not names.append(mail.name)) == 1
    assert names == ["handover-000001"] * 2


def test_workers_that_look_at_once_send_one_mail_a_request(desk) -> None:
    for number in range(10):
        desk.ask(f"web-{number}", "web")
    sent: list[str] = []
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: tell_team(desk, lambda mail: not sent.append(mail.name)), range(4)))
    assert len(sent) == len(set(sent)) == 10


@pytest.mark.parametrize(
    "text",
    [
        "back to the bot",
        "Back to the assistant.",
        "please go back to the bot",
        "I want to talk to the bot again",
        "take me back to the chatbot please",
        "can I get back to the assistant?",
    ],
)
def test_a_visitor_asks_for_the_assistant_in_many_words(text: str) -> None:
    assert wants_the_assistant(text)


@pytest.mark.parametrize(
    "text",
    ["", "bot", "the bot told me to pay", "I want to go back to France", "back to the topic"],
)
def test_other_words_are_for_the_person(text: str) -> None:
    assert not wants_the_assistant(text)
