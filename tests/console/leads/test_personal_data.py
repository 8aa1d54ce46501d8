"""Export and erasure of one person, from the page of the lead."""

from __future__ import annotations

import json

import pytest

from bot.transcripts import read_conversation
from tests.console.browsing import words_of


@pytest.fixture
def marie(people) -> str:
    return people[0]


def test_the_export_holds_what_every_room_keeps(reviewer, marie, services):
    answer = reviewer.get(f"/leads/{marie}/export.json")
    assert f'filename="{marie}.json"' in answer.headers["content-disposition"]
    text = json.dumps(answer.json(), ensure_ascii=False)
    for kept in ("Marie Dupont", "marie.dupont@example.org", "I'm 24 and French"):
        assert kept in text
    assert services.audit.lines()[0].action == "privacy.export"


def test_an_erasure_needs_the_reference_code_typed(administrator, marie, waiting_list):
    page = words_of(administrator.get(f"/leads/{marie}/erase"))
    assert "Nobody can undo this." in page
    refused = administrator.post(f"/leads/{marie}/erase", confirm="IEC-2222-2222")
    assert refused.status_code == 422
    assert waiting_list.entry(marie).name == "Marie Dupont"


def test_an_erased_person_is_gone_from_every_page(administrator, marie, services):
    sent = administrator.post(f"/leads/{marie}/erase", confirm=marie.lower())
    page = words_of(administrator.follow(sent))
    assert "Erased:" in page
    assert "Dupont" not in page
    assert "Dupont" not in words_of(administrator.get("/leads"))
    assert administrator.get("/leads", words="dupont").text.count("/leads/IEC-") == 0
    assert read_conversation(services.engine, "web-marie").turns == ()
    line = services.audit.lines(page=1)[0]
    actions = [(each.action, each.subject) for each in services.audit.lines()]
    assert ("privacy.erase", marie) in actions
    assert "Dupont" not in str(line)
