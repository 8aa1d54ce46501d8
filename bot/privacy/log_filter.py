"""Keeps what visitors write, and who they are, out of every log of a process.

It sits where log records are made (`logging.setLogRecordFactory`), so that no handler, logger or
library passes beside it. Addresses, phone and document numbers are masked in every line. Of what a
library says only plain sentences stay: quoted and bracketed parts may hold what somebody typed, and
its debug lines do. Of errors the kind and the place stay, their texts and local values go. While a
message is in work its own words are taken out as well (`keeping_out`).
"""

from __future__ import annotations

import logging
import os
import re
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import TracebackType
from typing import Any

from bot.privacy.masking import mask_contacts, mask_numbers

LEFT_OUT = "(left out)"
OURS = ("bot", "actions", "__main__")
SEE_MESSAGES = ("rasa", "rasa_sdk")
"""Libraries of whose arguments only numbers are kept."""
LONGEST_FOREIGN_LINE = 300
SHORTEST_WORDS = 2

_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`|\{.*\}|\[.*\]", re.DOTALL)
_ONE_TOKEN = re.compile(r"\S*")
_PLAIN_KEYS = frozenset({"event", "event_info", "action_name", "policy_name"})
_words_in_work: ContextVar[tuple[str, ...]] = ContextVar("words_in_work", default=())
Cleaning = Callable[[str], str]
_make_record = logging.LogRecord

log = logging.getLogger(__name__)


def install_log_filter() -> None:
    """Filter every log record of this process from now on; again after Rasa's own set-up."""
    logging.setLogRecordFactory(_filtered_record)
    logging.captureWarnings(True)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread
    _filter_structlog()


@contextmanager
def keeping_out(*words: str) -> Iterator[None]:
    """Keep these words out of the logs while the block runs, in its tasks and threads too."""
    token = _words_in_work.set((*_words_in_work.get(), *words))
    try:
        yield
    finally:
        _words_in_work.reset(token)


def _filtered_record(*arguments: Any, **options: Any) -> logging.LogRecord:
    record = _make_record(*arguments, **options)
    library = record.name.split(".")[0]
    if library not in OURS and record.levelno < logging.INFO:
        record.msg, record.args = LEFT_OUT, ()
    record.msg = _own_text(_text_of(record.msg))
    if record.args:
        record.args = _arguments(record, _cleaning_for(library))
    elif library not in OURS:
        record.msg = _plain_sentence(record.msg)
    if record.exc_info:
        record.exc_text = _places(record.exc_info)
        record.exc_info = None
    return record


def _arguments(record: logging.LogRecord, clean: Cleaning) -> Any:
    if not isinstance(record.args, Mapping):
        return tuple(_argument(value, clean) for value in record.args or ())
    if "%(" not in record.msg:
        return (_argument(record.args, clean),)
    return {key: _argument(value, clean) for key, value in record.args.items()}


def _cleaning_for(library: str) -> Cleaning:
    if library in OURS:
        return _own_text
    return _nothing if library in SEE_MESSAGES else _one_token


def _text_of(message: object) -> str:
    return type(message).__name__ if isinstance(message, BaseException) else str(message)


def _argument(value: Any, clean: Cleaning) -> Any:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, BaseException):
        return type(value).__name__
    if isinstance(value, (str, os.PathLike)) or clean is _own_text:
        return clean(str(value))
    return f"<{type(value).__name__}>"


def _own_text(text: str) -> str:
    for words in _words_in_work.get():
        if len(words) >= SHORTEST_WORDS:
            text = text.replace(words, LEFT_OUT)
    return mask_contacts(mask_numbers(text))


def _one_token(text: str) -> str:
    return _own_text(text) if _ONE_TOKEN.fullmatch(text) else LEFT_OUT


def _nothing(_text: str) -> str:
    return LEFT_OUT


def _plain_sentence(text: str) -> str:
    return _QUOTED.sub(LEFT_OUT, text)[:LONGEST_FOREIGN_LINE]


def _places(exc_info: tuple[Any, ...] | bool) -> str:
    """Return kinds and places of an error and of those that led to it, without their texts."""
    error = exc_info[1] if isinstance(exc_info, tuple) else sys.exc_info()[1]
    parts: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = traceback.extract_tb(error.__traceback__)
        places = [
            f'  File "{each.filename}", line {each.lineno}, in {each.name}' for each in frames
        ]
        parts.append("\n".join([*places, type(error).__name__]))
        error = error.__cause__ or error.__context__
    return "\nwhich came from\n".join(parts)


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    log.critical("This process ends with an error", exc_info=(kind, error, trace))


def _log_uncaught_in_thread(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None:
        error = arguments.exc_value
        log.critical(
            "A thread ended with an error", exc_info=(type(error), error, error.__traceback__)
        )


def _filter_structlog() -> None:
    """Have Rasa's structured logs name events, and none of the values that come with them.

    The list is changed in place, because loggers that were used before keep a reference to it.
    """
    structlog = sys.modules.get("structlog")
    if structlog is None:
        return
    if not structlog.is_configured():
        structlog.configure(processors=[], logger_factory=structlog.stdlib.LoggerFactory())
    chain = [structlog.stdlib.filter_by_level, _only_the_event]
    structlog.get_config()["processors"][:] = chain


def _only_the_event(_logger: Any, _method: str, event: Mapping[str, Any]) -> str:
    words = [
        str(value) if key == "event" else f"{key}={value}"
        for key, value in event.items()
        if key in _PLAIN_KEYS or isinstance(value, (int, float))
    ]
    exc_info = event.get("exc_info")
    if isinstance(exc_info, BaseException):
        exc_info = (type(exc_info), exc_info, exc_info.__traceback__)
    return " ".join(words) + (f"\n{_places(exc_info)}" if exc_info else "")
