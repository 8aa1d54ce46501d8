"""WhatsApp by Twilio: signed forms in, REST out; phone numbers never become conversation ids."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from sanic.response import HTTPResponse
from twilio.request_validator import RequestValidator

from bot.channels.provider import Provider
from bot.channels.rendering import whatsapp as rendering
from bot.channels.switched_off import SwitchedOff
from bot.channels.webhook import Forged, Post, Unreadable, WebhookChannel
from bot.database import open_engine
from bot.encryption import Keyring
from bot.mailroom import Inbox, Incoming, Reply
from bot.settings import Settings, settings

NOTHING_TO_SAY = "<Response></Response>"
"""TwiML: the reply comes by REST, when it is saved."""

_ADDRESS = re.compile(r"whatsapp:\+?[\w.-]{3,60}", re.ASCII)


class WhatsAppChannel(WebhookChannel):
    """One WhatsApp number of a Twilio account."""

    def __init__(self, values: Settings, inbox: Inbox, **options: Any) -> None:
        account, token = values.whatsapp_account or "", values.whatsapp_token or ""
        credentials = b64encode(f"{account}:{token}".encode()).decode()
        provider = Provider(values.whatsapp_api, {"Authorization": f"Basic {credentials}"})
        super().__init__(values, inbox, provider, **options)
        self._url = f"{values.public_url}{self.url_prefix()}"
        self._validator = RequestValidator(token)
        self._account = account
        self._number = f"whatsapp:{values.whatsapp_number}"
        self._keys = Keyring(values.encryption_keys, values.hash_key)

    @classmethod
    def name(cls) -> str:
        """Return the prefix of this channel's conversation ids."""
        return "whatsapp"

    @classmethod
    def from_credentials(cls, _credentials: dict[str, Any] | None) -> WhatsAppChannel | SwitchedOff:
        """Return the channel as the settings want it; credentials.yml only names the class."""
        values = settings()
        if not values.whatsapp_token:
            return SwitchedOff(cls.name())
        return cls(values, Inbox(open_engine(values.database_url)))

    def read(self, headers: Mapping[str, str], body: bytes) -> Post:
        """Return the message of the form, if it was written to our number."""
        try:
            # Twilio signs fields without a value too.
            form = dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
        except ValueError:
            raise Forged from None
        if not self._validator.validate(self._url, form, headers.get("X-Twilio-Signature", "")):
            raise Forged
        sender, message_id = form.get("From", ""), form.get("MessageSid", "")
        if not message_id:
            raise Unreadable("no message")
        acknowledged = HTTPResponse(NOTHING_TO_SAY, content_type="text/xml")
        is_ours = form.get("AccountSid") == self._account and form.get("To") == self._number
        if not is_ours or not _ADDRESS.fullmatch(sender) or "Body" not in form:
            return Post(answer=acknowledged)
        message = Incoming(self._conversation_id(sender), message_id, address=sender, **_what(form))
        return Post([message], acknowledged)

    def render(self, reply: Reply) -> list[Any]:
        """Return the texts that say `reply`, with its buttons as menus."""
        return rendering.render(reply)

    def is_numbered(self, reply: Reply) -> bool:
        """Tell whether the reply ended with a numbered menu."""
        return rendering.is_numbered(reply)

    async def send(self, address: str, message: Any) -> None:
        """Send to the person with the WhatsApp number `address`."""
        form = {"From": self._number, "To": address, **message}
        await self._provider.post(f"/2010-04-01/Accounts/{self._account}/Messages.json", form=form)

    def _conversation_id(self, sender: str) -> str:
        """Return an id that is always the same for a number and does not tell it."""
        return f"{self.name()}:{self._keys.hash('whatsapp conversation', sender)}"


def _what(form: Mapping[str, str]) -> dict[str, Any]:
    """Return the text, or the notice that answers a picture, a voice message or a place."""
    if form.get("NumMedia", "0") != "0" or "Latitude" in form:
        return {"notice": "media"}
    return {"text": form.get("ButtonPayload") or form["Body"]}
