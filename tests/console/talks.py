"""Conversations for the console's tests and pictures."""

from __future__ import annotations

from datetime import timedelta

from bot.console.services import Services
from bot.teaching import gather
from bot.transcripts import give_feedback
from tests.unit.transcripts.stored import (
    APPLIED,
    CHECKED,
    OFF_TOPIC,
    PERSON,
    QUESTION,
    Event,
    asked,
    done,
    form,
    replied,
    said,
    slot,
    store,
)

NASTY = "<script>alert('x')</script><img src=x onerror=alert(1)>"
"""What somebody might type to have it run in the browser of staff."""

RIDDLES = (
    ("can my dog fly with me to montreal", "faq/poe_letter", 0.31),
    ("do i need a police thing", "faq/biometrics_medical", 0.42),
    ("which bank is best for newcomers", "faq/proof_of_funds", 0.22),
    ("is it cold in winter", "out_of_scope", 0.38),
    (NASTY, "faq/participation_fee", 0.12),
)


def riddle(text: str, guess: str, confidence: float) -> tuple[Event, ...]:
    message = said(text, guess, confidence, zone="between", message_id=f"id of {text}")
    return (
        message,
        done("action_clarify"),
        slot("misunderstandings", 1),
        replied("I am not sure what you mean. Is it one of these?", ("What it costs", "/cost")),
    )


def stopped_early(country: str, outcome: str) -> tuple[Event, ...]:
    return (
        said("am I eligible for the working holiday?", "start_prescreening", 0.97),
        done("action_start_prescreening"),
        form("prescreen_form"),
        asked("age"),
        replied("How old are you?"),
        said("29"),
        asked("nationalities"),
        replied("Which passport do you hold? If you have two, name both."),
        said(country),
        slot("nationalities", [country]),
        asked(None),
        form(None),
        done("action_decide"),
        replied("A published criterion seems not to be met."),
        slot("outcomes", {"ro_working_holiday": outcome}),
    )


def fill(services: Services) -> None:
    """Store thirty conversations of the last weeks, some of them with a riddle or a thumb down."""
    engine, now = services.engine, services.clock()

    def talk(name: str, days: float, *events: Event) -> None:
        store(engine, name, *events, start=now - timedelta(days=days))

    talk("web-applied1", 1, *QUESTION, *CHECKED, *APPLIED)
    talk("web-person01", 0.02, *QUESTION, *PERSON)
    elsewhere = [{**event, "input_channel": "telegram"} for event in (*OFF_TOPIC, *QUESTION)]
    talk("telegram-0001", 0.3, *elsewhere)
    for number, (text, guess, confidence) in enumerate(RIDDLES):
        for again in range(5 - number):
            talk(f"web-riddle{number}{again}", 2 + number, *riddle(text, guess, confidence))
    for number, (country, outcome) in enumerate(
        [("FR", "qualified"), ("IE", "needs_review"), ("BR", "not_qualified"), ("FR", "qualified")]
    ):
        talk(f"web-check{number:03}", 4 + 3 * number, *stopped_early(country, outcome))
    for number in range(8):
        talk(f"web-ask{number:05}", 1 + 2 * number, *QUESTION)
    give_feedback(engine, "web-ask00001", "What does it cost?", "down", now)
    services.handovers.ask("web-person01", "web")
    gather(engine)
