"""What breaks in front of real people with stock Rasa 3.6, and the tests that ours gets it right.

The mistakes were all reproduced on 3.6.21. A mistake without a test, or a test that is gone, fails.
"""

from __future__ import annotations

import ast

import pytest
from rasa.core.lock_store import DEFAULT_LOCK_LIFETIME

from bot.channels.guarded import TURN_SECONDS
from bot.settings import PROJECT_ROOT

OTHERS = "tests/faults/test_conversations_of_others.py"
START = "tests/faults/test_trust_at_start.py"
APART = "tests/faults/test_action_server_apart.py"
HERE = "tests/faults/test_what_stock_rasa_gets_wrong.py"
FUZZ = "tests/faults/test_fuzz.py"
NAUGHTY = "tests/dialogue/test_naughty_strings.py"
WEB = "tests/channels/test_web_contract.py"
BROKEN = "tests/channels/test_faults.py"
WITH_RASA = "tests/channels/test_with_rasa.py"
MESSENGERS = "tests/channels/test_messenger_contract.py"
RENDERING = "tests/channels/test_rendering.py"
STORE = "tests/unit/tracking/test_store.py"
LIST = "tests/faults/test_waiting_list_faults.py"
APPLYING = "tests/dialogue/test_waiting_list.py"
FAILING = "tests/actions/test_failing.py"

MISTAKES: dict[str, list[str]] = {
    "1. The sender's id is the client's word: a stranger reads and writes a conversation": [
        f"{OTHERS}::test_no_forged_token_opens_a_conversation_at_any_address",
        f"{OTHERS}::test_naming_anothers_conversation_beside_ones_own_token_changes_nothing",
        f"{WEB}::test_a_message_id_means_nothing_in_another_conversation",
        f"{MESSENGERS}::test_what_one_person_was_offered_is_no_offer_to_another",
    ],
    "2. A NUL byte ends the whole server on PostgreSQL": [
        f"{STORE}::test_a_hopeless_conversation_id_does_not_end_the_process",
        f"{STORE}::test_a_conversation_comes_back_as_it_was_saved",
        f"{WEB}::test_any_text_arrives_clean_and_is_stored",
        f"{MESSENGERS}::test_any_text_arrives_clean",
    ],
    "3. There is no limit on length: 100 kB of text freeze the server": [
        f"{WEB}::test_a_message_of_the_wrong_shape_is_refused_kindly",
        f"{WEB}::test_what_the_assistant_must_not_read_is_answered_at_the_door",
        f"{MESSENGERS}::test_other_methods_and_bodies_without_end_are_refused",
        f"{NAUGHTY}::test_every_string_is_answered_and_none_is_stored_as_a_danger",
        f"{FUZZ}::test_no_request_crashes_or_hangs_the_server_or_makes_it_grow",
    ],
    "4. Replies are sent before the conversation is saved: one applicant becomes three": [
        f"{BROKEN}::test_a_turn_that_was_saved_without_its_reply_is_not_run_again",
        f"{MESSENGERS}::test_a_turn_that_was_saved_before_a_crash_is_not_run_again",
        f"{LIST}::test_a_receipt_that_got_lost_after_the_commit_is_given_again",
    ],
    "5. A message that is delivered again is a new message": [
        f"{WEB}::test_a_repeated_message_gets_the_stored_reply",
        f"{WEB}::test_repeats_during_the_turn_wait_for_its_reply",
        f"{MESSENGERS}::test_a_message_that_is_brought_again_is_answered_once",
    ],
    "6. A database error becomes a forgotten conversation and status 200": [
        f"{BROKEN}::test_a_database_that_fails_before_the_turn_is_saved_undoes_the_turn",
        f"{BROKEN}::test_an_earlier_conversation_survives_a_failed_turn",
    ],
    "7. A turn outlives its lock, and the save that is overtaken drops events": [
        f"{HERE}::test_a_turn_ends_long_before_the_lock_of_its_conversation",
        f"{BROKEN}::test_a_failed_turn_is_told_leaves_nothing_and_can_be_repeated",
        f"{STORE}::test_a_turn_that_was_overtaken_is_refused_whole",
    ],
    "8. Redis hands out one ticket twice, and a killed server blocks a conversation for a minute": [
        f"{START}::test_an_unsafe_option_is_refused_by_name",
        f"{WEB}::test_the_messages_of_a_conversation_are_answered_in_their_order",
        f"{WEB}::test_a_repeat_after_a_restart_gets_the_stored_reply",
        f"{MESSENGERS}::test_a_message_that_was_queued_before_a_restart_is_answered_after_it",
    ],
    "9. Channels verify nothing, or little, or drop what they should read": [
        f"{MESSENGERS}::test_what_is_not_the_providers_is_refused_and_leaves_nothing",
        f"{MESSENGERS}::test_a_batch_is_answered_in_the_order_in_which_it_was_written",
        "tests/channels/test_messengers.py::test_one_odd_event_does_not_lose_the_rest_of_its_batch",
        "tests/channels/test_messengers.py::test_a_request_of_four_minutes_ago_is_still_good",
    ],
    "10. An action that raises loses the lead in silence; 'apply' again makes a second one": [
        f"{FAILING}::test_a_failing_action_says_so_and_changes_nothing",
        f"{FAILING}::test_an_application_that_cannot_be_saved_can_be_sent_again",
        f"{APPLYING}::test_a_database_failure_is_told_and_the_next_yes_writes_it_once",
        f"{APPLYING}::test_applying_again_is_announced_and_moves_down_only_on_yes",
    ],
    "11. People can type commands and set slots past validation": [
        f"{WEB}::test_what_the_assistant_must_not_read_is_answered_at_the_door",
        f"{WEB}::test_a_command_is_obeyed_only_as_a_payload_just_offered",
        f"{MESSENGERS}::test_a_typed_title_is_the_button_and_a_command_only_while_it_is_offered",
    ],
    "12. An action's exception puts the whole conversation into the log": [
        f"{WITH_RASA}::test_rasa_logs_no_words_of_the_visitor",
        f"{BROKEN}::test_no_log_line_holds_what_the_visitor_wrote",
        f"{APART}::test_an_action_that_raises_prints_nothing_of_the_conversation",
        f"{MESSENGERS}::test_a_trouble_is_logged_without_words_and_without_an_address",
    ],
    "13. The HTTP API leaks, forges and deletes; every address listens; --cors opens all": [
        f"{START}::test_an_unsafe_option_is_refused_by_name",
        f"{START}::test_the_real_command_names_everything_that_is_wrong_and_ends",
        f"{WEB}::test_only_our_addresses_are_public_and_all_carry_security_headers",
        "tests/channels/test_origins.py::test_any_other_page_is_refused_by_its_browser",
        "tests/proxy/test_behind_nginx.py::test_what_is_not_public_is_not_found",
    ],
    "14. An unknown store means memory, a broken model means empty answers": [
        f"{BROKEN}::test_a_store_of_another_kind_is_refused_at_the_start",
        f"{START}::test_a_signed_model_that_cannot_be_loaded_leaves_no_server_that_answers_nothing",
    ],
    "15. Voice, pictures and scans are ignored, or their address fills a slot": [
        f"{MESSENGERS}::test_media_get_one_kind_answer_and_nothing_of_them_is_stored",
    ],
    "16. Telemetry is on": [
        f"{START}::test_telemetry_that_is_not_off_is_refused",
    ],
    "17. Buttons show their payload on WhatsApp and are dropped on Messenger and Slack": [
        f"{RENDERING}::test_a_reply_fits_the_messenger_and_loses_nothing",
        "tests/channels/test_messengers.py::test_a_menu_is_answered_as_people_do",
    ],
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_mistake_has_tests_that_exist(mistake: str) -> None:
    missing = []
    for name in MISTAKES[mistake]:
        path, _, function = name.partition("::")
        source = (PROJECT_ROOT / path).read_text(encoding="utf-8")
        defined = {
            node.name
            for node in ast.parse(source).body
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        }
        if function not in defined:
            missing.append(name)
    assert MISTAKES[mistake]
    assert missing == []


def test_no_mistake_is_left_out() -> None:
    assert [int(mistake.split(".")[0]) for mistake in MISTAKES] == list(range(1, 18))


def test_a_turn_ends_long_before_the_lock_of_its_conversation() -> None:
    assert 2 * TURN_SECONDS <= DEFAULT_LOCK_LIFETIME
