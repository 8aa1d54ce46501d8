"""Telegram: updates by webhook, checked by a secret that only Telegram was told."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from typing import Any

from sanic.response import json as json_response

from bot.channels.provider import Provider
from bot.channels.rendering import telegram as rendering
from bot.channels.switched_off import SwitchedOff
from bot.channels.webhook import Forged, Post, Unreadable, WebhookChannel, known_id, read_json
from bot.database import open_engine
from bot.mailroom import Inbox, Incoming, Reply
from bot.settings import Settings, settings

MEDIA = frozenset(
    "animation audio contact dice document game location paid_media photo poll sticker story "
    "venue video video_note voice".split()
)
COMMANDS = {"start": "hello", "help": "help", "stop": "stop"}
"""Commands that Telegram itself offers, and the words that they stand for."""

_COMMAND = re.compile(rf"/({'|'.join(COMMANDS)})(?:@\w+)?(?:\s.*)?", re.DOTALL)


class TelegramChannel(WebhookChannel):
    """One bot, in private chats; in groups it only says where to find it."""

    def __init__(self, values: Settings, inbox: Inbox, **options: Any) -> None:
        base_url = f"{values.telegram_api}/bot{values.telegram_token}"
        super().__init__(values, inbox, Provider(base_url, {}), **options)
        self._secret = (values.telegram_secret or "").encode()

    @classmethod
    def name(cls) -> str:
        """Return the prefix of this channel's conversation ids."""
        return "telegram"

    @classmethod
    def from_credentials(cls, _credentials: dict[str, Any] | None) -> TelegramChannel | SwitchedOff:
        """Return the channel as the settings want it; credentials.yml only names the class."""
        values = settings()
        if not values.telegram_token:
            return SwitchedOff(cls.name())
        return cls(values, Inbox(open_engine(values.database_url)))

    def read(self, headers: Mapping[str, str], body: bytes) -> Post:
        """Return the message or the pressed button of an update; a press is acknowledged."""
        given = headers.get("X-Telegram-Bot-Api-Secret-Token", "").encode()
        if not self._secret or not hmac.compare_digest(given, self._secret):
            raise Forged
        update = read_json(body)
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            raise Unreadable("no update")
        update_id = str(update["update_id"])
        if isinstance(pressed := update.get("callback_query"), dict):
            acknowledged = {
                "method": "answerCallbackQuery",
                "callback_query_id": str(pressed.get("id")),
            }
            return Post(_pressed(update_id, pressed), json_response(acknowledged))
        if isinstance(message := update.get("message"), dict):
            return Post(_said(update_id, message))
        if isinstance(edited := update.get("edited_message"), dict):
            return Post(_edited(update_id, edited))
        return Post()

    def render(self, reply: Reply) -> list[Any]:
        """Return the calls of `sendMessage` that say `reply`."""
        return rendering.render(reply)

    async def send(self, address: str, message: Any) -> None:
        """Send to the chat whose id is `address`."""
        await self._provider.post("/sendMessage", {"chat_id": int(address), **message})


def _pressed(update_id: str, pressed: Mapping[str, Any]) -> list[Incoming]:
    chat = _chat(pressed.get("message"))
    data = pressed.get("data")
    if chat.get("type") != "private" or not isinstance(data, str):
        return []
    return [_incoming(update_id, chat, text=data)]


def _said(update_id: str, message: Mapping[str, Any]) -> list[Incoming]:
    chat, text = _chat(message), message.get("text")
    if _is_bot(message):
        return []
    if chat.get("type") != "private":
        is_command = isinstance(text, str) and text.startswith("/")
        known = chat.get("type") in {"group", "supergroup"}
        return [_incoming(update_id, chat, notice="private_only")] if is_command and known else []
    if isinstance(text, str):
        return [_incoming(update_id, chat, text=_words(text))]
    if MEDIA & set(message):
        return [_incoming(update_id, chat, notice="media")]
    return []


def _edited(update_id: str, message: Mapping[str, Any]) -> list[Incoming]:
    chat = _chat(message)
    if chat.get("type") != "private" or _is_bot(message):
        return []
    return [_incoming(update_id, chat, notice="edited")]


def _incoming(update_id: str, chat: Mapping[str, Any], **what: Any) -> Incoming:
    chat_id = known_id(chat.get("id"))
    return Incoming(f"telegram:{chat_id}", update_id, address=chat_id, **what)


def _chat(message: Any) -> Mapping[str, Any]:
    chat = message.get("chat") if isinstance(message, dict) else None
    return chat if isinstance(chat, dict) else {}


def _is_bot(message: Mapping[str, Any]) -> bool:
    sender = message.get("from")
    return isinstance(sender, dict) and sender.get("is_bot") is True


def _words(text: str) -> str:
    command = _COMMAND.fullmatch(text.strip())
    return COMMANDS[command[1]] if command else text
