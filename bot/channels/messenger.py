"""Messenger (Facebook pages): batches of events, signed with the app's secret."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response
from sanic.response import text as text_response

from bot.channels.guarded import OnNewMessage
from bot.channels.provider import Provider
from bot.channels.rendering import messenger as rendering
from bot.channels.switched_off import SwitchedOff
from bot.channels.webhook import Forged, Post, Unreadable, WebhookChannel, known_id, read_json
from bot.database import open_engine
from bot.mailroom import Inbox, Incoming, Reply
from bot.settings import Settings, settings


class MessengerChannel(WebhookChannel):
    """One page's conversations."""

    def __init__(self, values: Settings, inbox: Inbox, **options: Any) -> None:
        headers = {"Authorization": f"Bearer {values.messenger_token}"}
        super().__init__(values, inbox, Provider(values.messenger_api, headers), **options)
        self._app_secret = (values.messenger_app_secret or "").encode()
        self._verify_token = (values.messenger_verify_token or "").encode()

    @classmethod
    def name(cls) -> str:
        """Return the prefix of this channel's conversation ids."""
        return "messenger"

    @classmethod
    def from_credentials(
        cls, _credentials: dict[str, Any] | None
    ) -> MessengerChannel | SwitchedOff:
        """Return the channel as the settings want it; credentials.yml only names the class."""
        values = settings()
        if not values.messenger_token:
            return SwitchedOff(cls.name())
        return cls(values, Inbox(open_engine(values.database_url)))

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Return the routes: events, and the question with which Meta checks the address."""
        routes = super().blueprint(on_new_message)

        @routes.get("/")
        async def subscribe(request: Request) -> HTTPResponse:
            given = (request.args.get("hub.verify_token") or "").encode()
            is_ours = bool(self._verify_token) and hmac.compare_digest(given, self._verify_token)
            if request.args.get("hub.mode") != "subscribe" or not is_ours:
                return json_response({"error": "forged"}, status=403)
            return text_response(request.args.get("hub.challenge") or "")

        return routes

    def read(self, headers: Mapping[str, str], body: bytes) -> Post:
        """Return every message of the batch, in the order in which they were written."""
        expected = f"sha256={hmac.new(self._app_secret, body, sha256).hexdigest()}".encode()
        given = headers.get("X-Hub-Signature-256", "").encode()
        if not self._app_secret or not hmac.compare_digest(given, expected):
            raise Forged
        batch = read_json(body)
        if not isinstance(batch, dict) or batch.get("object") != "page":
            raise Unreadable("not about a page")
        events = sorted(_events(batch), key=_written_at)
        return Post([message for event in events for message in _messages(event)])

    def render(self, reply: Reply) -> list[Any]:
        """Return the `message` objects that say `reply`."""
        return rendering.render(reply)

    def is_numbered(self, reply: Reply) -> bool:
        """Tell whether the titles had to be listed in the text."""
        return rendering.is_numbered(reply)

    async def send(self, address: str, message: Any) -> None:
        """Send to the person whose page-scoped id is `address`."""
        content = {
            "recipient": {"id": address},
            "messaging_type": "RESPONSE",
            "message": message,
        }
        await self._provider.post("/me/messages", content)


def _events(batch: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the events to this page; those in `standby` are somebody else's to answer."""
    for entry in batch.get("entry") or ():
        for event in (entry.get("messaging") if isinstance(entry, dict) else None) or ():
            if isinstance(event, dict):
                yield event


def _written_at(event: Mapping[str, Any]) -> float:
    moment = event.get("timestamp")
    return moment if isinstance(moment, (int, float)) else 0


def _messages(event: Mapping[str, Any]) -> list[Incoming]:
    """Return what the event asks us to answer; echoes and receipts ask for nothing."""
    what = _what(event)
    sender = event.get("sender")
    if what is None or not isinstance(sender, dict):
        return []
    try:
        psid = known_id(sender.get("id"))
    except Unreadable:
        return []
    return [Incoming(f"messenger:{psid}", what.pop("message_id"), address=psid, **what)]


def _what(event: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the id of the message and its text or the notice that answers it."""
    moment = event.get("timestamp")
    if isinstance(message := event.get("message"), dict):
        return _said(message)
    if isinstance(press := event.get("postback"), dict) and isinstance(press.get("payload"), str):
        message_id = str(press.get("mid") or f"postback:{moment}:{press['payload']}")
        return {"message_id": message_id, "text": press["payload"]}
    if isinstance(edit := event.get("message_edit"), dict):
        message_id = f"edit:{edit.get('mid')}:{edit.get('num_edit')}"
        return {"message_id": message_id, "notice": "edited"}
    reaction = event.get("reaction")
    if isinstance(reaction, dict) and reaction.get("action") == "react":
        return {"message_id": f"reaction:{reaction.get('mid')}:{moment}", "notice": "reaction"}
    return None


def _said(message: Mapping[str, Any]) -> dict[str, Any] | None:
    if message.get("is_echo") or not isinstance(message.get("mid"), str):
        return None
    said = {"message_id": message["mid"]}
    chosen = message.get("quick_reply")
    if isinstance(chosen, dict) and isinstance(chosen.get("payload"), str):
        return {**said, "text": chosen["payload"]}
    if message.get("attachments"):
        return {**said, "notice": "media"}
    text = message.get("text")
    return {**said, "text": text} if isinstance(text, str) else {**said, "notice": "media"}
