"""What applicants agree to has a version, and the two move together."""

from __future__ import annotations

import re

import pytest

from actions.waiting_list import CONSENT
from bot.conversation.consent import UnknownConsent, consent_texts, consent_version, hash_of
from bot.conversation.words import Words
from bot.settings import read_settings
from tests.project.files import responses

NOW_ASKED = Words(responses()).say(CONSENT)


def test_what_is_asked_are_the_words_of_the_newest_version():
    *_, newest = consent_texts()
    assert consent_version(NOW_ASKED) == newest


@pytest.mark.parametrize("version", consent_texts())
def test_the_words_of_a_version_never_change(version):
    day, _, digest = version.rpartition("-")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", day)
    assert digest == hash_of(consent_texts()[version]), "Words changed: add a new version instead."


def test_words_without_a_version_cannot_be_agreed_to():
    with pytest.raises(UnknownConsent, match=r"<today>-[0-9a-f]{6}\.txt"):
        consent_version(NOW_ASKED + " And more.")


def test_the_words_promise_what_the_periods_keep(tmp_path):
    days = read_settings({"IEC_DATA_DIR": str(tmp_path)}).keep_days
    assert "two years at most" in NOW_ASKED
    assert days.leads == days.applicants_conversations == 2 * 365
    assert days.mails <= days.leads
