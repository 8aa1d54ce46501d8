"""What every channel does with a message, whatever the messenger.

verify (the channel) → limits → inbox row → cleaning and masking → the turn with buffered replies →
events saved → reply stored → sent (the channel). At most one turn a message id, one message of a
conversation at a time, never silence, and nothing of a failed turn remains.
"""

from __future__ import annotations

import asyncio
import logging
from asyncio import to_thread
from collections.abc import Awaitable, Callable
from typing import Any, NoReturn
from weakref import WeakValueDictionary

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Sanic

from bot.channels.cleaning import MAX_CHARACTERS, clean
from bot.channels.in_process_actions import (
    ActionFailed,
    InProcessActions,
    compile_result_check,
    where,
)
from bot.channels.limits import RateLimiter
from bot.channels.replies import BufferedReply
from bot.channels.wording import WORDING
from bot.handover import HandoverDesk
from bot.mailroom import Arrival, Bubble, Inbox, Incoming, LastOffer, Reply, bubbles
from bot.privacy.log_filter import install_log_filter, keeping_out
from bot.privacy.masking import NUMBER_HIDDEN, mask_numbers
from bot.tracking.safe_start import refuse_unfit_agent
from bot.tracking.store import GuardedTrackerStore
from bot.transcripts import read_conversation

logger = logging.getLogger(__name__)

TURN_SECONDS = 30
TALKATIVE_LOGGERS = ("rasa.core", "rasa.engine", "rasa.nlu", "rasa.shared", "rasa_sdk")

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class TurnFailed(RuntimeError):
    """The turn left no trace; the same message may be sent again."""


class TooManyMessages(RuntimeError):
    """The conversation must pause."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"wait {seconds:.0f} s")
        self.seconds = seconds


class GuardedChannel(InputChannel):
    """Base of all channels; a channel adds how to verify, how to receive and how to send."""

    def __init__(
        self, inbox: Inbox, messages_per_minute: int, actions_package: str = "actions"
    ) -> None:
        self.inbox = inbox
        self.handovers = HandoverDesk(inbox.engine, inbox.clock)
        self._actions_package = actions_package
        self._actions: InProcessActions | None = None
        self._limiter = RateLimiter(messages_per_minute, 60)
        self._in_turn: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._running: set[asyncio.Task[Reply | None]] = set()

    async def start(self, app: Sanic) -> None:
        """Make Rasa's agent safe to use: actions in this process, no silent loss, quiet logs.

        Raises:
            UnsafeStart: there is no model, or conversations would not be stored where they should.
        """
        agent = app.ctx.agent
        refuse_unfit_agent(agent, GuardedTrackerStore)
        agent.tracker_store._on_tracker_store_error = _raise
        compile_result_check()
        self._actions = agent.action_endpoint
        if not isinstance(self._actions, InProcessActions):  # the first channel of several
            self._actions = InProcessActions(self._actions_package)
        agent.action_endpoint = agent.processor.action_endpoint = self._actions
        for name in self._actions.missing_actions(agent.processor.domain):
            logger.error("domain.yml names the action %s, which no code defines", name)
        install_log_filter()
        for name in TALKATIVE_LOGGERS:
            quiet = logging.getLogger(name)
            quiet.setLevel(max(quiet.getEffectiveLevel(), logging.INFO))

    async def readiness(self, app: Sanic) -> dict[str, bool]:
        """Return what must be true before a message can be answered, part by part."""
        agent = getattr(app.ctx, "agent", None)
        processor = agent.processor if agent is not None else None
        return {
            "model": processor is not None,
            "actions": self._actions is not None
            and processor is not None
            and not self._actions.missing_actions(processor.domain),
            "database": await self._database_answers(),
        }

    async def answer(self, incoming: Incoming, on_new_message: OnNewMessage) -> Reply:
        """Return the reply to `incoming`; the stored one if it was answered before.

        The turn is finished and its reply stored even if the caller hangs up meanwhile.

        Raises:
            TooManyMessages: the conversation sends faster than allowed; nothing was done.
            TurnFailed: nothing was saved; the same message may be sent again.
        """
        wait = self._limiter.seconds_to_wait(incoming.conversation_id)
        if wait:
            raise TooManyMessages(wait)
        task = asyncio.ensure_future(self._answer_in_order(incoming, on_new_message))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        reply = await asyncio.shield(task)
        if reply is None:
            raise TurnFailed
        return reply

    async def _answer_in_order(
        self, incoming: Incoming, on_new_message: OnNewMessage
    ) -> Reply | None:
        """Return the reply when all earlier messages are done with; None if the turn failed."""
        turn = self._in_turn.setdefault(incoming.conversation_id, asyncio.Lock())
        async with turn:
            try:
                return await self._answer_once(incoming, on_new_message)
            except (Exception, ActionFailed) as error:
                logger.error("A turn of %s failed: %s", incoming.conversation_id, where(error))
                return None

    async def _answer_once(self, incoming: Incoming, on_new_message: OnNewMessage) -> Reply:
        conversation_id = incoming.conversation_id
        arrival = await self._arrival(incoming)
        if arrival.reply is not None:
            return arrival.reply
        if arrival.forgotten:
            return bubbles(WORDING["forgotten"])
        text = await self._meant(conversation_id, prepared(incoming.text))
        refusal = incoming.notice or _refusal(text)
        offer = LastOffer()
        if refusal:
            offer = await to_thread(self.inbox.last_offer, conversation_id)
        if refusal and text not in offer.payloads:
            refused = bubbles(WORDING[refusal], offer.buttons)
            return await self._stored(incoming, refused, offer.payloads)
        heard = await to_thread(self._heard_by_person, incoming, text, offer)
        if heard is not None:
            # A messenger is sent what the desk noted, by `Outbox.post_person_messages`.
            return await self._stored(incoming, () if incoming.address else heard)
        saved = None
        if not arrival.is_new:
            saved = await to_thread(self._saved_reply, incoming)
        reply = saved or await self._turn(incoming, text, on_new_message)
        if NUMBER_HIDDEN in text:
            reply = bubbles(WORDING["number_removed"]) + reply
        return await self._stored(incoming, reply)

    async def _stored(
        self, incoming: Incoming, reply: Reply, payloads: tuple[str, ...] | None = None
    ) -> Reply:
        """Return `reply` once it is stored as the answer, and for a messenger in the outbox."""
        whose, to = (incoming.conversation_id, incoming.message_id), incoming.address
        await to_thread(self.inbox.answer, *whose, reply, payloads, to)
        return reply

    async def _arrival(self, incoming: Incoming) -> Arrival:
        """Return what is known of the message: of the website's it is noted now that it came."""
        return await to_thread(self.inbox.receive, incoming.conversation_id, incoming.message_id)

    async def _meant(self, _conversation_id: str, text: str) -> str:
        """Return what `text` stands for; a channel without buttons understands titles as well."""
        return text

    async def _turn(self, incoming: Incoming, text: str, on_new_message: OnNewMessage) -> Reply:
        output = BufferedReply(self.name())
        message = UserMessage(
            text,
            output,
            incoming.conversation_id,
            input_channel=self.name(),
            message_id=incoming.message_id,
        )
        with keeping_out(text):
            await asyncio.wait_for(on_new_message(message), TURN_SECONDS)
        return output.reply or bubbles(WORDING["silent"])

    def _heard_by_person(self, incoming: Incoming, text: str, offer: LastOffer) -> Reply | None:
        """Return what to say to a message for the person who has the conversation, None if nobody.

        A button is shown to the person by its title.
        """
        chosen = (button.title for button in offer.buttons if button.payload == text)
        told = self.handovers.hear(
            incoming.conversation_id, incoming.message_id, next(chosen, text)
        )
        if told is None:
            return None
        return tuple(bubble for sentence in told for bubble in bubbles(sentence))

    def _saved_reply(self, incoming: Incoming) -> Reply | None:
        """Return the reply of a turn that was saved before its reply reached the inbox."""
        conversation = read_conversation(self.inbox.engine, incoming.conversation_id)
        turns = conversation.reply_to(incoming.message_id)
        if turns is None:
            return None
        row: tuple[Bubble, ...] = ()
        for turn in turns:
            row += bubbles(turn.text, turn.buttons, turn.data)
        return row or bubbles(WORDING["silent"])

    async def _database_answers(self) -> bool:
        try:
            await to_thread(self.inbox.check)
        except Exception as error:
            logger.error("The database does not answer: %s", where(error))
            return False
        return True


def prepared(text: str) -> str:
    """Return `text` as it may be kept: without what cannot be stored or must not be."""
    return mask_numbers(clean(text))


def _refusal(text: str) -> str | None:
    """Return why `text` is not passed on, as a key of the wording; commands may yet be allowed."""
    if not text:
        return "empty"
    if len(text) > MAX_CHARACTERS:
        return "too_long"
    return "command" if text.startswith("/") else None


def _raise(error: Exception) -> NoReturn:
    raise error
