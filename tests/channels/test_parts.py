"""The small parts of a channel, one by one."""

from __future__ import annotations

import pytest

from bot.channels.limits import RateLimiter
from bot.channels.replies import BufferedReply
from bot.mailroom import Bubble, Reply, bubbles
from bot.mailroom.reply import dump, load
from bot.transcripts import Button

YES = Button("Yes", "/affirm")


@pytest.mark.parametrize(
    ("text", "buttons", "expected"),
    [
        ("one", (), (Bubble("one"),)),
        ("one\n\ntwo", (YES,), (Bubble("one"), Bubble("two", (YES,)))),
        ("one\n \n\n two\n", (), (Bubble("one"), Bubble("two"))),
        ("one\ntwo", (), (Bubble("one\ntwo"),)),
        ("", (YES,), (Bubble("", (YES,)),)),
        (None, (), ()),
        ("  \n\n ", (), ()),
    ],
)
def test_a_blank_line_begins_a_new_bubble(
    text: str | None, buttons: tuple[Button, ...], expected: Reply
) -> None:
    assert bubbles(text, buttons) == expected
    assert load(dump(expected)) == expected


async def test_everything_a_turn_says_is_buffered_in_order() -> None:
    output = BufferedReply("web")
    for message in (
        {"text": "one\n\ntwo"},
        {"text": "sure?", "buttons": [{"title": "Yes", "payload": "/affirm", "type": "x"}]},
        {"text": "quick?", "quick_replies": [{"title": "Yes", "payload": "/affirm"}]},
        {"custom": {"card": 1}},
        {"image": "https://example.org/map.png"},
    ):
        await output.send_response("web-1", message)
    assert output.name() == "web"
    assert output.reply == (
        Bubble("one"),
        Bubble("two"),
        Bubble("sure?", (YES,)),
        Bubble("quick?", (YES,)),
        Bubble("Image: https://example.org/map.png"),
    )


async def test_data_stays_with_its_words_or_waits_for_the_next_ones() -> None:
    output = BufferedReply("web")
    for message in (
        {"text": "one\n\ntwo", "custom": {"decision": {"outcome": "qualified"}}},
        {"custom": {"progress": {"question": 1, "of": 2}}},
        {"text": "sure?", "buttons": [{"title": "Yes", "payload": "/affirm"}]},
        {"text": "done", "custom": {"text": "not this", "reference": "IEC-7K3M-9QXD"}},
    ):
        await output.send_response("web-1", message)
    assert output.reply == (
        Bubble("one", data={"decision": {"outcome": "qualified"}}),
        Bubble("two"),
        Bubble("sure?", (YES,), {"progress": {"question": 1, "of": 2}}),
        Bubble("done", data={"reference": "IEC-7K3M-9QXD"}),
    )
    assert load(dump(output.reply)) == output.reply


def test_the_limit_counts_each_key_by_itself_and_refills_evenly() -> None:
    now = 0.0
    limiter = RateLimiter(3, 60, lambda: now)
    assert [limiter.seconds_to_wait("a") for _ in range(4)] == [0, 0, 0, 20]
    assert limiter.seconds_to_wait("b") == 0
    now = 19.0
    assert limiter.seconds_to_wait("a") == 1
    now = 20.0
    assert [limiter.seconds_to_wait("a") for _ in range(2)] == [0, 20]
    now = 1_000.0
    assert [limiter.seconds_to_wait("a") for _ in range(4)] == [0, 0, 0, 20]


def test_the_limiter_forgets_who_has_been_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.limits.MOST_KEYS", 100)
    now = 0.0
    limiter = RateLimiter(1, 60, lambda: now)
    for number in range(1_000):
        now += 1.0
        limiter.seconds_to_wait(str(number))
    assert len(limiter._whole_at) <= 100
