"""Each messenger as its provider behaves: how it writes events, signs them, and is answered."""

from __future__ import annotations

import base64
import hmac
import itertools
import json
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from hashlib import sha1, sha256
from typing import Any, ClassVar
from urllib.parse import urlencode

from bot.channels.messenger import MessengerChannel
from bot.channels.slack import SlackChannel
from bot.channels.telegram import TelegramChannel
from bot.channels.webhook import WebhookChannel
from bot.channels.whatsapp import WhatsAppChannel
from tests.channels.provider_stub import Call, Trouble

SECRET = "a-secret-of-the-tests"
PUBLIC_URL = "https://chat.example.org"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"

Event = dict[str, Any]


@dataclass(frozen=True)
class Hook:
    """One request of the provider to our webhook."""

    body: bytes
    headers: dict[str, str]


class Messenger(ABC):
    """What the contract needs to know of a provider."""

    name: ClassVar[str]
    channel: ClassVar[type[WebhookChannel]]
    path: ClassVar[str]
    settings: ClassVar[dict[str, str]]
    someone: ClassVar[str]
    someone_else: ClassVar[str]

    def __init__(self) -> None:
        self._numbers = itertools.count(1000)

    def number(self) -> int:
        return next(self._numbers)

    def hooks(self, *events: Event) -> list[Hook]:
        """Return signed requests that bring the events in their order."""
        return [self.signed(event) for event in events]

    @abstractmethod
    def signed(self, event: Event) -> Hook: ...

    @abstractmethod
    def forgeries(self, event: Event) -> dict[str, Hook]: ...

    @abstractmethod
    def text(self, words: str, sender: str | None = None) -> Event: ...

    @abstractmethod
    def media(self) -> list[Event]:
        """Return pictures, voices, places and the like."""

    @abstractmethod
    def edited(self) -> list[Event]:
        """Return edits, none where the provider tells of none."""

    @abstractmethod
    def press(self, call: Call, position: int) -> Event | None:
        """Return a press on a button of what we sent; None where there are no buttons."""

    @abstractmethod
    def ignored(self) -> list[Event]:
        """Return events that nobody is to answer."""

    @abstractmethod
    def words(self, call: Call) -> str:
        """Return the words of a message that we sent."""

    @abstractmethod
    def receiver(self, call: Call) -> str:
        """Return to whom we sent it."""

    @abstractmethod
    def address(self, sender: str) -> str:
        """Return where we must send the replies to `sender`."""

    def slow_down(self, seconds: float) -> Trouble:
        return Trouble(429, {"Retry-After": str(seconds)})


class Telegram(Messenger):
    name = "telegram"
    channel = TelegramChannel
    path = f"/bot{SECRET}/sendMessage"
    settings: ClassVar = {"telegram_token": SECRET, "telegram_secret": SECRET}
    someone, someone_else = "501", "502"

    def signed(self, event: Event) -> Hook:
        headers = {"Content-Type": JSON, "X-Telegram-Bot-Api-Secret-Token": SECRET}
        return Hook(json.dumps(event).encode(), headers)

    def forgeries(self, event: Event) -> dict[str, Hook]:
        body = self.signed(event).body
        header = "X-Telegram-Bot-Api-Secret-Token"
        return {
            "unsigned": Hook(body, {}),
            "empty": Hook(body, {header: ""}),
            "wrong": Hook(body, {header: SECRET[:-1]}),
            "in another alphabet": Hook(body, {header: "sécret"}),
        }

    def _message(self, sender: str | None = None, **content: Any) -> Event:
        chat = {"id": int(sender or self.someone), "type": "private"}
        writer = {"id": chat["id"], "is_bot": False, "first_name": "Zoe"}
        return {"message_id": self.number(), "chat": chat, "from": writer, "date": 1} | content

    def _update(self, **content: Any) -> Event:
        return {"update_id": self.number(), **content}

    def text(self, words: str, sender: str | None = None) -> Event:
        return self._update(message=self._message(sender, text=words))

    def media(self) -> list[Event]:
        contents: list[Event] = [
            {"photo": [{"file_id": "passport"}], "caption": "my passport"},
            {"voice": {"file_id": "voice"}},
            {"sticker": {"file_id": "sticker"}},
            {"location": {"latitude": 46.2, "longitude": 6.1}},
            {"contact": {"phone_number": "+41791234567"}},
            {"document": {"file_id": "passport"}},
        ]
        return [self._update(message=self._message(**content)) for content in contents]

    def edited(self) -> list[Event]:
        return [self._update(edited_message=self._message(text="other words"))]

    def press(self, call: Call, position: int) -> Event:
        rows = call.content["reply_markup"]["inline_keyboard"]
        data = [key for row in rows for key in row][position]["callback_data"]
        return self.press_on(data)

    def press_on(self, data: str, sender: str | None = None) -> Event:
        message = self._message(sender)
        press = {"id": "77", "from": message["from"], "message": message, "data": data}
        return self._update(callback_query=press)

    def ignored(self) -> list[Event]:
        group = {"id": -100, "type": "supergroup"}
        bot = {"id": 1, "is_bot": True}
        return [
            self._update(message=self._message(text="hello", chat=group)),
            self._update(message=self._message(text="hello", **{"from": bot})),
            self._update(message=self._message(pinned_message={})),
            self._update(channel_post=self._message(text="news")),
            self._update(my_chat_member={"chat": group}),
        ]

    def words(self, call: Call) -> str:
        return str(call.content["text"])

    def receiver(self, call: Call) -> str:
        return str(call.content["chat_id"])

    def address(self, sender: str) -> str:
        return sender

    def slow_down(self, seconds: float) -> Trouble:
        body = {"ok": False, "error_code": 429, "parameters": {"retry_after": seconds}}
        return Trouble(429, body=body)


class FacebookMessenger(Messenger):
    name = "messenger"
    channel = MessengerChannel
    path = "/me/messages"
    settings: ClassVar = {
        "messenger_token": SECRET,
        "messenger_app_secret": SECRET,
        "messenger_verify_token": SECRET,
    }
    someone, someone_else = "601", "602"

    def hooks(self, *events: Event) -> list[Hook]:
        """Return one batch: two entries, the later events first in the first."""
        half = len(events) // 2
        return [self._batch({"messaging": events[half:]}, {"messaging": events[:half]})]

    def signed(self, event: Event) -> Hook:
        return self._batch(event if "standby" in event else {"messaging": [event]})

    def _batch(self, *entries: Event) -> Hook:
        batch = {"object": "page", "entry": [{"id": "PAGE", **entry} for entry in entries]}
        body = json.dumps(batch).encode()
        return Hook(body, {"Content-Type": JSON, "X-Hub-Signature-256": self.signature(body)})

    def signature(self, body: bytes, secret: str = SECRET) -> str:
        return "sha256=" + hmac.new(secret.encode(), body, sha256).hexdigest()

    def forgeries(self, event: Event) -> dict[str, Hook]:
        body = self.signed(event).body
        old = hmac.new(SECRET.encode(), body, sha1).hexdigest()
        name = "X-Hub-Signature-256"
        return {
            "unsigned": Hook(body, {}),
            "another secret": Hook(body, {name: self.signature(body, "another")}),
            "another body": Hook(body + b" ", {name: self.signature(body)}),
            "sha1 only": Hook(body, {"X-Hub-Signature": f"sha1={old}"}),
            "sha1 under the new name": Hook(body, {name: f"sha1={old}"}),
            "in another alphabet": Hook(body, {name: "sha256=é"}),
        }

    def _event(self, sender: str | None = None, **content: Any) -> Event:
        person = {"id": sender or self.someone}
        return {"sender": person, "recipient": {"id": "PAGE"}, "timestamp": self.number()} | content

    def text(self, words: str, sender: str | None = None) -> Event:
        return self._event(sender, message={"mid": f"m_{self.number()}", "text": words})

    def media(self) -> list[Event]:
        kinds = ("image", "audio", "video", "file", "location", "fallback")
        attachments = [[{"type": kind, "payload": {"url": "https://x/passport"}}] for kind in kinds]
        messages = [{"attachments": attachment} for attachment in attachments]
        messages[0]["text"] = "my passport"  # type: ignore[assignment]
        return [
            self._event(message={"mid": f"m_{self.number()}", **message}) for message in messages
        ]

    def edited(self) -> list[Event]:
        edit = {"mid": "m_1", "text": "other words", "num_edit": 1}
        return [self._event(message_edit=edit)]

    def press(self, call: Call, position: int) -> Event:
        message = call.content["message"]
        if "quick_replies" in message:
            payload = message["quick_replies"][position]["payload"]
            return self._event(
                message={
                    "mid": f"m_{self.number()}",
                    "text": "a title",
                    "quick_reply": {"payload": payload},
                }
            )
        button = message["attachment"]["payload"]["buttons"][position]
        postback = {"title": button["title"], "payload": button["payload"]}
        return self._event(postback=postback)

    def ignored(self) -> list[Event]:
        echo = {"mid": "m_echo", "text": "what we said", "is_echo": True}
        return [
            self._event(message=echo),
            self._event(delivery={"watermark": 1}),
            self._event(read={"watermark": 1}),
            self._event(reaction={"action": "unreact", "mid": "m_1"}),
            {"standby": [self._event(message={"mid": "m_standby", "text": "hello"})]},
        ]

    def words(self, call: Call) -> str:
        message = call.content["message"]
        return str(message.get("text") or message["attachment"]["payload"]["text"])

    def receiver(self, call: Call) -> str:
        return str(call.content["recipient"]["id"])

    def address(self, sender: str) -> str:
        return sender


class WhatsApp(Messenger):
    name = "whatsapp"
    channel = WhatsAppChannel
    path = "/2010-04-01/Accounts/AC1/Messages.json"
    settings: ClassVar = {
        "whatsapp_account": "AC1",
        "whatsapp_token": SECRET,
        "whatsapp_number": "+14155238886",
        "public_url": PUBLIC_URL,
    }
    someone, someone_else = "+41791234567", "+33612345678"

    def signed(self, event: Event) -> Hook:
        return self.hook(event, self.signature(event))

    def hook(self, event: Event, signature: str) -> Hook:
        headers = {"Content-Type": FORM, "X-Twilio-Signature": signature}
        return Hook(urlencode(event).encode(), headers)

    def signature(self, event: Event, url: str = PUBLIC_URL, secret: str = SECRET) -> str:
        signed = f"{url}/channels/whatsapp"
        signed += "".join(key + str(event[key]) for key in sorted(event))
        return base64.b64encode(hmac.new(secret.encode(), signed.encode(), sha1).digest()).decode()

    def forgeries(self, event: Event) -> dict[str, Hook]:
        return {
            "unsigned": Hook(self.signed(event).body, {"Content-Type": FORM}),
            "another token": self.hook(event, self.signature(event, secret="another")),
            "another body": self.hook({**event, "Body": "x"}, self.signature(event)),
            "another address": self.hook(event, self.signature(event, "http://127.0.0.1:5005")),
            "in another alphabet": self.hook(event, "é"),
            "not a form": Hook(b"\xff", {"X-Twilio-Signature": "x"}),
        }

    def _form(self, sender: str | None = None, **content: str) -> Event:
        return {
            "MessageSid": f"SM{self.number()}",
            "AccountSid": "AC1",
            "From": f"whatsapp:{sender or self.someone}",
            "To": "whatsapp:+14155238886",
            "ProfileName": "Zoe",
            "Body": "",
            "NumMedia": "0",
            "Empty": "",
        } | content

    def text(self, words: str, sender: str | None = None) -> Event:
        return self._form(sender, Body=words)

    def media(self) -> list[Event]:
        return [
            self._form(NumMedia="1", MediaUrl0="https://x/passport", Body="my passport"),
            self._form(NumMedia="1", MediaUrl0="https://x/voice"),
            self._form(Latitude="46.2", Longitude="6.1"),
        ]

    def edited(self) -> list[Event]:
        return []

    def press(self, call: Call, position: int) -> None:
        return None

    def ignored(self) -> list[Event]:
        return [
            self._form(To="whatsapp:+15550000000", Body="hello"),
            self._form(AccountSid="AC2", Body="hello"),
            self._form(From="+41791234567", Body="a text message"),
            {"MessageSid": "SM1", "MessageStatus": "delivered", "From": "whatsapp:+14155238886"},
        ]

    def words(self, call: Call) -> str:
        return str(call.content["Body"])

    def receiver(self, call: Call) -> str:
        return str(call.content["To"])

    def address(self, sender: str) -> str:
        return f"whatsapp:{sender}"


class Slack(Messenger):
    name = "slack"
    channel = SlackChannel
    path = "/chat.postMessage"
    settings: ClassVar = {"slack_token": SECRET, "slack_signing_secret": SECRET}
    someone, someone_else = "U501", "U502"

    def signed(self, event: Event) -> Hook:
        if event.get("type") == "block_actions":
            body = urlencode({"payload": json.dumps(event)}).encode()
            return self.hook(body, FORM)
        return self.hook(json.dumps(event).encode())

    def hook(
        self,
        body: bytes,
        content_type: str = f"{JSON}; charset=utf-8",
        moment: float | None = None,
        secret: str = SECRET,
    ) -> Hook:
        stamp = str(int(time.time() if moment is None else moment))
        signed = f"v0:{stamp}:".encode() + body
        digest = hmac.new(secret.encode(), signed, sha256).hexdigest()
        headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
        return Hook(body, {"Content-Type": content_type, **headers})

    def forgeries(self, event: Event) -> dict[str, Hook]:
        signed = self.signed(event)
        body = signed.body
        return {
            "unsigned": Hook(body, {}),
            "another secret": self.hook(body, secret="another"),
            "another body": Hook(body + b" ", signed.headers),
            "six minutes old": self.hook(body, moment=time.time() - 360),
            "not a time": Hook(body, {**signed.headers, "X-Slack-Request-Timestamp": "now"}),
            "in another alphabet": Hook(body, {**signed.headers, "X-Slack-Signature": "v0=é"}),
            "not text": self.hook(b"\xff"),
        }

    def _event(self, **content: Any) -> Event:
        event_id = f"Ev{self.number()}"
        return {
            "type": "event_callback",
            "team_id": "T1",
            "event_id": event_id,
            "event": {"type": "message", "channel_type": "im", "ts": "1700000000.0001"} | content,
        }

    def text(self, words: str, sender: str | None = None) -> Event:
        typed = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        user = sender or self.someone
        return self._event(user=user, channel=f"D{user}", text=typed)

    def mention(self, words: str, sender: str | None = None) -> Event:
        return self._event(
            type="app_mention",
            channel_type="channel",
            channel="C1",
            user=sender or self.someone,
            text=f"<@UBOT> {words}",
        )

    def media(self) -> list[Event]:
        place = {"user": self.someone, "channel": f"D{self.someone}"}
        files = [{"id": "F1", "url_private": "https://x/passport"}]
        return [
            self._event(**place, subtype="file_share", text="my passport", files=files),
            self._event(**place, text="my passport", files=files),
        ]

    def edited(self) -> list[Event]:
        after = {"user": self.someone, "text": "other words"}
        before = {"user": self.someone, "text": "words"}
        place = {"channel": f"D{self.someone}", "subtype": "message_changed"}
        return [self._event(**place, message=after, previous_message=before)]

    def press(self, call: Call, position: int) -> Event:
        elements = [
            element
            for block in call.content["blocks"]
            if block["type"] == "actions"
            for element in block["elements"]
        ]
        action = {**elements[position], "action_ts": f"1700000000.{self.number()}"}
        user = self.someone
        return {
            "type": "block_actions",
            "team": {"id": "T1"},
            "user": {"id": user},
            "channel": {"id": f"D{user}"},
            "message": {"ts": "1700000000.0002"},
            "actions": [action],
        }

    def ignored(self) -> list[Event]:
        place = {"user": self.someone, "channel": f"D{self.someone}"}
        unfolded = {"user": self.someone, "text": "same"}
        return [
            self._event(**place, text="what we said", bot_id="B1"),
            self._event(**place, text="what we said", subtype="bot_message"),
            self._event(**place, subtype="message_deleted"),
            self._event(
                **place, subtype="message_changed", message=unfolded, previous_message=unfolded
            ),
            self._event(user="U1", channel="C1", channel_type="channel", text="not to us"),
            {"type": "block_actions", "team": {"id": "T1"}} | {"type": "view_closed"},
        ]

    def words(self, call: Call) -> str:
        sections = [block for block in call.content["blocks"] if block["type"] == "section"]
        return "\n\n".join(section["text"]["text"] for section in sections)

    def receiver(self, call: Call) -> str:
        return str(call.content["channel"])

    def address(self, sender: str) -> str:
        return f"D{sender}"

    def slow_down(self, seconds: float) -> Trouble:
        body = {"ok": False, "error": "ratelimited"}
        return Trouble(429, {"Retry-After": str(seconds)}, body)


MESSENGERS: dict[str, type[Messenger]] = {
    kind.name: kind for kind in (Telegram, FacebookMessenger, WhatsApp, Slack)
}
