"""Slack: direct messages and mentions by the Events API, buttons by interactivity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from sanic.response import json as json_response
from slack_sdk.signature import SignatureVerifier

from bot.channels.provider import Provider, Refused, Unavailable
from bot.channels.rendering import slack as rendering
from bot.channels.switched_off import SwitchedOff
from bot.channels.webhook import Forged, Post, Unreadable, WebhookChannel, known_id, read_json
from bot.database import open_engine
from bot.mailroom import Inbox, Incoming, Reply
from bot.settings import Settings, settings

FORM = "application/x-www-form-urlencoded"
PASSING_ERRORS = frozenset(
    "ratelimited rate_limited internal_error fatal_error service_unavailable request_timeout "
    "team_added_to_org accesslimited invalid_auth token_expired".split()
)
"""What Slack says, with HTTP 200, when the same message may be taken later."""


class SlackChannel(WebhookChannel):
    """One app; a person's direct messages are one conversation, mentions in a channel another."""

    def __init__(self, values: Settings, inbox: Inbox, **options: Any) -> None:
        headers = {"Authorization": f"Bearer {values.slack_token}"}
        super().__init__(values, inbox, Provider(values.slack_api, headers), **options)
        self._verifier = SignatureVerifier(values.slack_signing_secret or "")

    @classmethod
    def name(cls) -> str:
        """Return the prefix of this channel's conversation ids."""
        return "slack"

    @classmethod
    def from_credentials(cls, _credentials: dict[str, Any] | None) -> SlackChannel | SwitchedOff:
        """Return the channel as the settings want it; credentials.yml only names the class."""
        values = settings()
        if not values.slack_token:
            return SwitchedOff(cls.name())
        return cls(values, Inbox(open_engine(values.database_url)))

    def read(self, headers: Mapping[str, str], body: bytes) -> Post:
        """Return what was said or pressed; a repeat (X-Slack-Retry-Num) has the same event id."""
        try:
            is_slacks = self._verifier.is_valid_request(body, dict(headers.items()))
        except (ValueError, TypeError):  # a time or a signature that is not even one
            is_slacks = False
        if not is_slacks:
            raise Forged
        if headers.get("Content-Type", "").split(";")[0].strip().lower() == FORM:
            (payload,) = parse_qs(body.decode()).get("payload") or [""]
            return Post(_pressed(read_json(payload)))
        outer = read_json(body)
        if not isinstance(outer, dict):
            raise Unreadable("no event")
        if outer.get("type") == "url_verification":
            return Post(answer=json_response({"challenge": str(outer.get("challenge"))}))
        event = outer.get("event")
        if outer.get("type") != "event_callback" or not isinstance(event, dict):
            return Post()
        return Post(_told(str(outer.get("event_id")), known_id(outer.get("team_id")), event))

    def render(self, reply: Reply) -> list[Any]:
        """Return the messages, made of blocks, that say `reply`."""
        return rendering.render(reply)

    async def send(self, address: str, message: Any) -> None:
        """Post to the place `address`: a channel, and in it a thread if one is named."""
        channel, _, thread = address.partition(" ")
        place = {"channel": channel} | ({"thread_ts": thread} if thread else {})
        quiet = {"unfurl_links": False, "unfurl_media": False}
        answer = await self._provider.post("/chat.postMessage", {**place, **quiet, **message})
        if isinstance(answer, dict) and answer.get("ok") is False:
            error = str(answer.get("error"))[:60]
            raise Unavailable(error) if error in PASSING_ERRORS else Refused(error)


def _told(event_id: str, team: str, event: Mapping[str, Any]) -> list[Incoming]:
    """Return the message of an event; what bots say, we among them, is nobody's message."""
    kind, subtype = event.get("type"), event.get("subtype")
    if kind == "reaction_added":
        item = event.get("item")
        place = item if isinstance(item, dict) else {}
        if not str(place.get("channel")).startswith("D"):
            return []
        return [_incoming(event_id, team, {**event, **place}, notice="reaction")]
    is_direct = kind == "message" and event.get("channel_type") == "im"
    if event.get("bot_id") or not (is_direct or kind == "app_mention"):
        return []
    if subtype == "message_changed":
        return _edited(event_id, team, event)
    if subtype == "file_share" or event.get("files"):
        return [_incoming(event_id, team, event, notice="media")]
    if subtype is not None or not isinstance(event.get("text"), str):
        return []
    return [_incoming(event_id, team, event, text=rendering.plain(event["text"]))]


def _edited(event_id: str, team: str, event: Mapping[str, Any]) -> list[Incoming]:
    """Return an edit by a person; Slack also calls it so when it unfolds a link."""
    after, before = event.get("message"), event.get("previous_message")
    if not isinstance(after, dict) or not isinstance(before, dict) or after.get("bot_id"):
        return []
    if after.get("text") == before.get("text"):
        return []
    return [_incoming(event_id, team, {**event, "user": after.get("user")}, notice="edited")]


def _pressed(payload: Any) -> list[Incoming]:
    if not isinstance(payload, dict) or payload.get("type") != "block_actions":
        return []
    try:
        (action,) = payload["actions"]
        message = payload.get("message") or {}
        place = {
            "user": payload["user"]["id"],
            "channel": payload["channel"]["id"],
            "thread_ts": message.get("thread_ts"),
            "ts": message.get("ts"),
        }
        press_id = f"press:{action['action_ts']}:{action['action_id']}"
        return [_incoming(press_id, payload["team"]["id"], place, text=str(action["value"]))]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unreadable("no action") from None


def _incoming(event_id: str, team: str, event: Mapping[str, Any], **what: Any) -> Incoming:
    """Return the message with its place; in a channel each person has an own conversation."""
    user, channel = known_id(event.get("user")), known_id(event.get("channel"))
    if channel.startswith("D"):
        return Incoming(f"slack:{team}:{user}", event_id, address=channel, **what)
    thread = known_id(event.get("thread_ts") or event.get("ts"))
    conversation_id = f"slack:{team}:{channel}:{user}"
    return Incoming(conversation_id, event_id, address=f"{channel} {thread}", **what)
