"""`iec worker`: let deadlines pass, offer free places, send mails, tell who wants a person."""

from __future__ import annotations

import argparse
import logging
import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from types import FrameType

from bot.cli.errors import sentence_for
from bot.clock import Clock, system_clock
from bot.database import open_engine
from bot.handover import HandoverDesk, TeamMail, tell_team
from bot.privacy.retention import Retention
from bot.settings import settings
from bot.teaching import gather
from bot.waiting_list import WaitingList, open_waiting_list
from bot.waiting_list.delivery import Delivery
from bot.waiting_list.mail import Carrier, MailError, Sender, compose, open_carrier

DEFAULT_PAUSE = 5.0
LONGEST_PAUSE = 60.0
GATHER_PAUSE = 60.0

log = logging.getLogger(__name__)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `iec worker`."""
    parser = subparsers.add_parser(
        "worker", help="send waiting messages and let offers lapse, until stopped"
    )
    parser.add_argument("--once", action="store_true", help="do one round and end")
    parser.add_argument(
        "--every",
        type=_seconds,
        default=DEFAULT_PAUSE,
        metavar="SECONDS",
        help="pause between rounds (default: %(default)s)",
    )


def run(args: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT; with --once do one round. 1 if mails could not be sent."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    current = settings()
    engine = open_engine(current.database_url)
    carrier = open_carrier(current)
    sender = Sender(current.mail_from, current.team_email)
    delivery = Delivery(engine, carrier, sender)
    waiting_list = open_waiting_list(current)
    handovers = HandoverDesk(engine)

    retention = Retention(engine, current)

    fill_inbox = at_most_every(GATHER_PAUSE, lambda: gather(engine))

    def one_round() -> bool:
        sent = work_once(waiting_list, delivery)
        fill_inbox()
        return tend_handovers(handovers, carrier, sender) and sent

    if args.once:
        return 0 if one_round() else 1
    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask_to_stop)
    once_a_day = Daily(lambda: apply_periods(retention), system_clock)

    def round_of_a_day() -> bool:
        once_a_day()
        return one_round()

    work(round_of_a_day, stop, args.every)
    return 0


class Daily:
    """Calls a task at the first chance, then again when a day has passed since it succeeded."""

    def __init__(self, task: Callable[[], None], clock: Clock) -> None:
        self._task = task
        self._clock = clock
        self._next: datetime | None = None

    def __call__(self) -> None:
        """Call the task if it is time; raise what the task raises, and try again at the next."""
        now = self._clock()
        if self._next is None or now >= self._next:
            self._task()
            self._next = now + timedelta(days=1)


def apply_periods(retention: Retention) -> None:
    """Delete what is older than its period."""
    deleted = retention.run()
    if deleted:
        log.info("deleted after their period: %s", deleted)


def at_most_every(seconds: float, call: Callable[[], object]) -> Callable[[], None]:
    """Return a function that does `call`, but nothing if the last time is less than that ago."""
    next_time = 0.0

    def call_when_due() -> None:
        nonlocal next_time
        if time.monotonic() >= next_time:
            call()
            next_time = time.monotonic() + seconds

    return call_when_due


def work(one_round: Callable[[], bool], stop: threading.Event, pause: float) -> None:
    """Do rounds until `stop` is set; after a failed one the pause doubles, up to a minute."""
    wait = pause
    while not stop.is_set():
        try:
            one_round()
            wait = pause
        except Exception as error:
            sentence = sentence_for(error)
            if sentence is None:
                raise
            wait = max(pause, min(2 * wait, LONGEST_PAUSE))
            log.error("%s Next attempt in %.0f s.", sentence, wait)
        stop.wait(wait)


def work_once(waiting_list: WaitingList, delivery: Delivery) -> bool:
    """Settle all pools and send what is due; return False if a mail could not be sent.

    Raises:
        StoreError: the database failed.
    """
    settled = waiting_list.settle()
    sent = delivery.deliver()
    if settled.lapsed:
        log.info("lapsed: %s", " ".join(settled.lapsed))
    if settled.contacted:
        log.info("contacted: %s", " ".join(settled.contacted))
    if sent.sent:
        log.info("mails sent: %d", sent.sent)
    return sent.failed == 0


def tend_handovers(handovers: HandoverDesk, carrier: Carrier, sender: Sender) -> bool:
    """Tell the team who asked for a person, and hand back what nobody answers any more.

    Returns False if a mail could not be sent; it is tried again later.
    """
    failed = False

    def send(mail: TeamMail) -> bool:
        nonlocal failed
        try:
            letter = compose(sender, sender.reply_to, mail.subject, mail.body, mail.name, mail.date)
            carrier.carry(mail.name, letter)
        except MailError as error:
            failed = True
            log.warning("mail %s not sent: %s", mail.name, error)
        return not failed

    told = tell_team(handovers, send)
    if told:
        log.info("told the team of %d who ask for a person", told)
    for conversation_id in handovers.settle():
        log.info("handed back to the assistant: %s", conversation_id)
    return not failed


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0.1 <= seconds <= 3600:
        raise argparse.ArgumentTypeError("between 0.1 and 3600 seconds")
    return seconds
