"""Nothing that visitors write, and nothing of who they are, gets through to a log."""

from __future__ import annotations

import asyncio
import io
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator

import pytest
import structlog
from rasa.utils.log_utils import configure_structlog

from bot.privacy import log_filter
from bot.privacy.log_filter import install_log_filter, keeping_out
from bot.settings import PROJECT_ROOT

SECRETS = ("anna@example.org", "+44 20 7946 0958", "4111 1111 1111 1111", "Annabel", "herring")
SAID = "I am Annabel, I like herring, anna@example.org, +44 20 7946 0958, 4111 1111 1111 1111"


LOGGERS = (
    "rasa.core.run",
    "rasa.core.channels",
    "rasa.core.processor",
    "rasa.core.actions.action",
    "rasa.nlu",
    "rasa_sdk.executor",
    "sanic.error",
    "uvicorn.error",
    "bot",
    "bot.channels",
    "bot.channels.guarded",
    "bot.privacy.log_filter",
    "py.warnings",
)


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What all loggers write at level DEBUG while the filter is installed."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    configured = structlog.get_config()
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for logger in map(logging.getLogger, LOGGERS):
        for name, value in (("level", logging.DEBUG), ("propagate", True), ("disabled", False)):
            monkeypatch.setattr(logger, name, value)
        logger._cache.clear()
    configure_structlog(logging.DEBUG)
    install_log_filter()
    yield written
    for logger in map(logging.getLogger, LOGGERS):
        logger._cache.clear()
    root.removeHandler(handler)
    root.setLevel(level)
    logging.captureWarnings(False)
    logging.setLogRecordFactory(logging.LogRecord)
    structlog.configure(**configured)


def leaks(logged: io.StringIO) -> list[str]:
    return [secret for secret in SECRETS if secret in logged.getvalue()]


def fail(text: str) -> None:
    raise ValueError(text)


def test_our_own_lines_stay_with_what_is_personal_masked(logged: io.StringIO) -> None:
    logger = logging.getLogger("bot.channels.guarded")
    logger.info("mails sent: %d to %s", 3, "anna@example.org")
    logger.warning("called %(number)s", {"number": "+44 20 7946 0958"})
    logger.error("Card 4111 1111 1111 1111 at IEC-7K3M-9QXD on 2030-06-01")
    assert logged.getvalue() == (
        "bot.channels.guarded INFO mails sent: 3 to [e-mail hidden]\n"
        "bot.channels.guarded WARNING called [phone hidden]\n"
        "bot.channels.guarded ERROR Card [number hidden] at IEC-7K3M-9QXD on 2030-06-01\n"
    )


@pytest.mark.parametrize("name", ["rasa.core.processor", "rasa_sdk.executor", "sanic.error"])
@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO, logging.ERROR])
def test_what_libraries_quote_is_left_out(logged: io.StringIO, name: str, level: int) -> None:
    logger = logging.getLogger(name)
    logger.log(level, f"Received user message '{SAID}'.")
    logger.log(level, "Received user message %s", {"text": SAID})
    logger.log(level, f'Current slot values: {{"name": "{SAID}"}}')
    logger.log(level, "Tracker %r of '%s' failed", ValueError(SAID), "web-1")
    logger.log(level, "Said %(text)s", {"text": SAID})
    logger.log(level, "Said %s in %d turns", SAID, 3)
    assert leaks(logged) == []
    assert logged.getvalue().count(name) == 6


def test_a_plain_sentence_of_a_library_stays(logged: io.StringIO) -> None:
    logging.getLogger("rasa.core.run").info("Rasa server is up and running.")
    logging.getLogger("uvicorn.error").info("Listening on %s://%s:%d", "http", "127.0.0.1", 8000)
    assert "Rasa server is up and running." in logged.getvalue()
    assert "Listening on http://127.0.0.1:8000" in logged.getvalue()


def test_structured_logs_of_rasa_keep_the_event_and_lose_its_values(logged: io.StringIO) -> None:
    structlogger = structlog.get_logger("rasa.core.processor")
    for method in (structlogger.debug, structlogger.info, structlogger.error):
        method(
            "processor.slots.log",
            user_text=SAID,
            slot_values={"applicant_name": "Annabel"},
            event_info=f"Said '{SAID}'",
            turns=4,
        )
    assert leaks(logged) == []
    assert logged.getvalue().count("processor.slots.log") == 2
    assert "turns=4" in logged.getvalue()


def test_a_logger_that_was_used_before_is_filtered_too(logged: io.StringIO) -> None:
    structlogger = structlog.get_logger("rasa.core.actions.action")
    structlogger.error("before")
    install_log_filter()
    structlogger.error("after", text=SAID)
    assert leaks(logged) == []
    assert "after" in logged.getvalue()


def test_of_errors_kind_and_place_stay_and_their_words_go(logged: io.StringIO) -> None:
    structlogger = structlog.get_logger("rasa.core.processor")
    try:
        try:
            fail(SAID)
        except ValueError as error:
            raise RuntimeError(f"while reading {SAID}") from error
    except RuntimeError as error:
        logging.getLogger("rasa.core.channels").exception("It failed: %s", error)
        logging.getLogger("bot.channels").exception("It failed: %s", error)
        structlogger.error("it.failed", exc_info=error, local=SAID)
        structlogger.exception("it.failed")
    text = logged.getvalue()
    assert leaks(logged) == []
    assert text.count("which came from") == 4
    assert text.count("ValueError") == 4
    assert "test_log_filter.py" in text


def test_words_in_work_stay_out_of_every_log_in_tasks_and_threads_too(
    logged: io.StringIO,
) -> None:
    async def turn() -> None:
        with keeping_out("Annabel Quistgaard"):
            await asyncio.create_task(in_a_task())
            await asyncio.to_thread(logging.getLogger("rasa.nlu").info, text)
        logging.getLogger("bot").info("afterwards: Annabel")

    async def in_a_task() -> None:
        logging.getLogger("bot").error("bad answer: %s", "Annabel Quistgaard")

    text = "Unquoted: Annabel Quistgaard"
    asyncio.run(turn())
    assert "Quistgaard" not in logged.getvalue()
    assert logged.getvalue().count("(left out)") >= 2
    assert "afterwards: Annabel" in logged.getvalue()


def test_warnings_go_the_same_way(logged: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn(f"Parsed an intent '{SAID}'", stacklevel=1)
    assert "py.warnings" in logged.getvalue()
    assert leaks(logged) == []


def test_a_thread_that_fails_says_where_and_not_what(logged: io.StringIO) -> None:
    hook = log_filter._log_uncaught_in_thread
    try:
        fail(SAID)
    except ValueError as error:
        hook(threading.ExceptHookArgs((type(error), error, error.__traceback__, None)))
    assert "A thread ended with an error" in logged.getvalue()
    assert leaks(logged) == []


def test_a_process_that_fails_says_where_and_not_what() -> None:
    program = (
        "from bot.privacy.log_filter import install_log_filter; install_log_filter(); "
        f"raise ValueError({SAID!r})"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        cwd=PROJECT_ROOT,
        env={"PYTHONPATH": str(PROJECT_ROOT)},
    )
    assert ended.returncode == 1
    assert "This process ends with an error" in ended.stderr
    assert "ValueError" in ended.stderr
    assert [secret for secret in SECRETS if secret in ended.stderr] == []


def test_arguments_that_do_not_fit_do_no_harm(logged: io.StringIO) -> None:
    logging.getLogger("bot").info(ValueError("Annabel"))
    logging.getLogger("bot").info("100%", exc_info=True)
    assert leaks(logged) == []
    assert "ValueError" in logged.getvalue()
