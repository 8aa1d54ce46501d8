"""Domain, data and actions name the same things; no name is missing, none is unused."""

from __future__ import annotations

import re

import pytest

from tests.project.files import (
    ROOT,
    data_files,
    domain,
    examples_by_intent,
    modules,
    read_yaml,
    responses,
    steps,
    strings_in,
)

RETRIEVAL = "faq"
SAID_BY_RASA = {"utter_default", "utter_ask_rephrase", "utter_restart"}
FORM_WORDS = re.compile(r"utter_ask_(?P<form>\w+_form)_(?P<slot>\w+)")
RESPONSE = re.compile(r"utter_[\w/]+")


@pytest.fixture(scope="module")
def action_names() -> set[str]:
    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    executor.register_package("actions")
    # The executor also finds actions that other tests define; ours are bound to our modules.
    return {name for name, run in executor.actions.items() if _module(run).startswith("actions.")}


def _module(run) -> str:
    return type(run.__self__).__module__


def intents() -> set[str]:
    return {next(iter(i)) if isinstance(i, dict) else i for i in domain()["intents"]}


def actions_of_the_domain() -> set[str]:
    named = {next(iter(a)) if isinstance(a, dict) else a for a in domain()["actions"]}
    return {name for name in named if not name.startswith("utter_")}


def test_the_domain_lists_exactly_the_actions_that_exist(action_names):
    assert actions_of_the_domain() == action_names


def test_every_form_has_its_validation_listed():
    # A form without it runs, and validates nothing.
    assert {f"validate_{form}" for form in domain()["forms"]} <= actions_of_the_domain()


def test_every_action_of_a_rule_or_story_exists():
    known = actions_of_the_domain() | set(domain()["forms"]) | set(responses())
    unknown = {
        f"{path.name}: {step['action']}"
        for path, step in steps()
        if "action" in step and step["action"] not in known
        if step["action"] not in {"action_listen", "action_restart", "action_deactivate_loop"}
    }
    assert unknown == set()


def test_every_intent_has_examples_and_every_example_an_intent():
    assert {name.split("/")[0] for name in examples_by_intent()} == intents()


def test_every_intent_of_a_rule_or_story_exists():
    topics = set(examples_by_intent())
    unknown = {
        f"{path.name}: {step['intent']}"
        for path, step in steps()
        if "intent" in step and step["intent"] not in intents() | topics | {"nlu_fallback"}
    }
    assert unknown == set()


def test_no_sentence_is_an_example_of_two_intents():
    owners: dict[str, set[str]] = {}
    for intent, examples in examples_by_intent().items():
        for example in examples:
            owners.setdefault(example.lower(), set()).add(intent)
    assert {text: names for text, names in owners.items() if len(names) > 1} == {}


def test_every_slot_of_a_form_is_a_slot():
    slots = set(domain()["slots"])
    asked = {slot for form in domain()["forms"].values() for slot in form["required_slots"]}
    assert asked <= slots


@pytest.mark.parametrize("form", domain()["forms"])
def test_every_question_of_a_form_has_words(form, action_names):
    without = {
        slot
        for slot in domain()["forms"][form]["required_slots"]
        if f"utter_ask_{form}_{slot}" not in responses()
        and f"utter_ask_{slot}" not in responses()
        and not {f"action_ask_{form}_{slot}", f"action_ask_{slot}"} & action_names
    }
    assert without == set()


def said() -> tuple[set[str], set[str]]:
    """Return the responses that code, rules and stories name, and the prefixes of built names."""
    names = {step["action"] for _, step in steps() if step.get("action", "").startswith("utter_")}
    prefixes = set()
    for path in modules("actions", "bot/conversation"):
        for text, goes_on in strings_in(path):
            for name in RESPONSE.findall(text):
                if name.endswith(("_", "/")) or (goes_on and text.endswith(name)):
                    prefixes.add(name)
                else:
                    names.add(name)
    return names, prefixes


def said_by_rasa() -> set[str]:
    questions = {
        name
        for form, content in domain()["forms"].items()
        for slot in content["required_slots"]
        for name in (f"utter_ask_{form}_{slot}", f"utter_ask_{slot}")
    }
    return questions | SAID_BY_RASA


def test_every_response_that_something_says_exists():
    names, _ = said()
    assert {name for name in names if name not in responses()} == set()


def test_every_kind_of_built_response_name_leads_to_a_response():
    _, prefixes = said()
    empty = {prefix for prefix in prefixes if not any(n.startswith(prefix) for n in responses())}
    assert empty == set()


def test_no_response_is_unused():
    names, prefixes = said()
    used = names | said_by_rasa()
    unused = {
        name
        for name in responses()
        if name not in used and not any(name.startswith(prefix) for prefix in prefixes)
    }
    assert unused == set()


def test_every_topic_has_an_answer_and_every_answer_a_topic():
    topics = {name for name in examples_by_intent() if name.startswith(f"{RETRIEVAL}/")}
    answers = {n.removeprefix("utter_") for n in responses() if n.startswith(f"utter_{RETRIEVAL}/")}
    assert topics == answers


def test_no_response_is_defined_twice():
    seen: dict[str, list[str]] = {}
    for path in [ROOT / "domain.yml", *data_files()]:
        for name in read_yaml(path).get("responses") or {}:
            seen.setdefault(name, []).append(path.name)
    assert {name: files for name, files in seen.items() if len(files) > 1} == {}


def test_only_our_own_channels_are_switched_on():
    credentials = read_yaml(ROOT / "credentials.yml")
    assert credentials
    assert [name for name in credentials if not name.startswith("bot.channels.")] == []
