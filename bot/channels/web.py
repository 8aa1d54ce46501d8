"""The website's channel: JSON over HTTP for the widget, which it serves with its page too."""

from __future__ import annotations

import json
import logging
import math
from asyncio import to_thread
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from sanic import Blueprint, Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse
from sanic.response import json as json_response

from bot.channels.exchange import Unreadable, history_of, read_message, read_verdict
from bot.channels.guarded import (
    GuardedChannel,
    OnNewMessage,
    TooManyMessages,
    TurnFailed,
)
from bot.channels.in_process_actions import where
from bot.channels.landing import render_pages
from bot.channels.limits import RateLimiter
from bot.channels.origins import allow_origin, preflight
from bot.channels.page import FILES, serve
from bot.channels.tokens import TokenError, TokenExpired, Tokens
from bot.channels.wording import STRINGS, WORDING, preferred_language
from bot.clock import Clock, system_clock
from bot.database import open_engine
from bot.knowledge import load_knowledge
from bot.mailroom import Inbox
from bot.mailroom.reply import as_json
from bot.settings import Settings, settings
from bot.transcripts import (
    give_feedback,
    read_conversation,
    read_feedback,
)

logger = logging.getLogger(__name__)

MAX_BODY_BYTES = 16_384
CONVERSATIONS_AT_ONCE = 10
"""So many times the limit of one conversation may come from one address: households, schools."""

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class NoSuchMessage(LookupError):
    """The conversation never received the message that is spoken of."""


class Starting(RuntimeError):
    """The model is not loaded yet."""


REFUSALS: dict[type[BaseException], tuple[int, str]] = {
    Unreadable: (400, "bad_request"),
    TokenError: (401, "no_session"),
    TokenExpired: (401, "session_expired"),
    NoSuchMessage: (404, "no_such_message"),
    TooManyMessages: (429, "too_many"),
    TurnFailed: (503, "failed"),
    Starting: (503, "starting"),
}
REFUSALS_BY_STATUS = {404: "not_found", 405: "not_allowed", 413: "too_large"}


class WebChannel(GuardedChannel):
    """Public addresses: `/`, `/chat/...`, `/widget/...`, `/live`, `/ready`, and nothing else."""

    def __init__(
        self,
        values: Settings,
        inbox: Inbox,
        clock: Clock = system_clock,
        actions_package: str = "actions",
    ) -> None:
        super().__init__(inbox, values.messages_per_minute, actions_package)
        self._clock = clock
        self._origins = values.allowed_origins
        self._proxies = values.proxies
        self._pages = render_pages(
            load_knowledge(values.iec_season, values.ro_season), values.team_email
        )
        self._tokens = Tokens(values.secret_key, self.name(), clock)
        self._sessions = RateLimiter(values.sessions_per_hour, 3600)
        self._addresses = RateLimiter(values.messages_per_minute * CONVERSATIONS_AT_ONCE, 60)

    @classmethod
    def name(cls) -> str:
        """Return the prefix of this channel's conversation ids."""
        return "web"

    @classmethod
    def from_credentials(cls, _credentials: dict[str, Any] | None) -> WebChannel:
        """Return the channel as the settings want it; credentials.yml only names the class."""
        values = settings()
        return cls(values, Inbox(open_engine(values.database_url)))

    def url_prefix(self) -> str:
        """Return the root: Rasa joins it to `/webhooks/`, and an absolute path replaces that."""
        return "/"

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Return the routes and the listeners that prepare the server for them."""
        routes = Blueprint("web_channel")

        @routes.before_server_start
        async def secure(app: Sanic, _: Any) -> None:
            app.config.REQUEST_MAX_SIZE = MAX_BODY_BYTES
            app.config.REAL_IP_HEADER = app.config.FORWARDED_SECRET = None
            app.config.PROXIES_COUNT = self._proxies
            app.register_middleware(self._answer_before_rasa, "request")
            app.response_middleware.append(self._add_headers)  # after Rasa's own, which opens CORS
            app.error_handler.add(Exception, _explain)

        @routes.after_server_start
        async def start(app: Sanic, _: Any) -> None:
            await self.start(app)

        @routes.post("/chat/session")
        async def new_session(request: Request) -> HTTPResponse:
            _pause(self._sessions, request)
            return json_response({"token": self._tokens.new()})

        @routes.post("/chat/messages")
        async def message(request: Request) -> HTTPResponse:
            conversation_id = self._conversation(request)
            incoming = read_message(conversation_id, request.body)
            if not request.app.ctx.agent.is_ready():
                raise Starting
            reply = await self.answer(incoming, on_new_message)
            person = await to_thread(self._awaits_person, conversation_id)
            lines = (json.dumps(as_json(each) | person, ensure_ascii=False) for each in reply)
            return HTTPResponse(
                "".join(f"{line}\n" for line in lines), content_type="application/x-ndjson"
            )

        @routes.get("/chat/history")
        async def history(request: Request) -> HTTPResponse:
            conversation_id = self._conversation(request)
            conversation = await to_thread(read_conversation, self.inbox.engine, conversation_id)
            verdicts = await to_thread(read_feedback, self.inbox.engine, conversation_id)
            person = await to_thread(self._awaits_person, conversation_id)
            return json_response({"messages": history_of(conversation, verdicts), **person})

        @routes.post("/chat/feedback")
        async def feedback(request: Request) -> HTTPResponse:
            conversation_id = self._conversation(request)
            message_id, verdict = read_verdict(request.body)
            if not await to_thread(self.inbox.knows, conversation_id, message_id):
                raise NoSuchMessage
            await to_thread(
                give_feedback,
                self.inbox.engine,
                conversation_id,
                message_id,
                verdict,
                self._clock(),
            )
            return json_response({"message_id": message_id, "verdict": verdict})

        @routes.get("/live")
        async def live(_: Request) -> HTTPResponse:
            return json_response({"live": True})

        @routes.get("/ready")
        async def ready(request: Request) -> HTTPResponse:
            parts = await self.readiness(request.app)
            return json_response(parts, status=200 if all(parts.values()) else 503)

        @routes.get("/widget/<name:str>")
        async def widget(request: Request, name: str) -> HTTPResponse:
            return serve(FILES[name], request) if name in FILES else _refusal(404, "not_found")

        return routes

    def _awaits_person(self, conversation_id: str) -> dict[str, bool]:
        """Return what tells the widget that words of the team may arrive unasked, if they may."""
        return {"with_person": True} if self.handovers.open_request(conversation_id) else {}

    def _conversation(self, request: Request) -> str:
        """Return the conversation of the request's token, if its address may go on asking."""
        _pause(self._addresses, request)
        return self._tokens.conversation_id(request.token or "")

    async def _answer_before_rasa(self, request: Request) -> HTTPResponse | None:
        """Serve the page where Rasa would say hello, and answer browsers that ask for leave."""
        if request.method == "OPTIONS":
            return preflight(request) or _refusal(405, "not_allowed")
        wanted = request.path == "/" and request.method in {"GET", "HEAD"}
        return self._page(request) if wanted else None

    def _page(self, request: Request) -> HTTPResponse:
        chosen = request.args.get("lang")
        if chosen not in STRINGS:
            chosen = preferred_language(request.headers.get("Accept-Language", ""))
        return serve(
            self._pages[chosen],
            request,
            Content_Language=chosen,
            Vary="Accept-Language, Accept-Encoding",
        )

    async def _add_headers(self, request: Request, response: BaseHTTPResponse) -> None:
        response.headers.update(SECURITY_HEADERS)
        allow_origin(request, response, self._origins)
        if request.path.startswith("/chat/"):
            response.headers["Cache-Control"] = "no-store"


def _pause(limiter: RateLimiter, request: Request) -> None:
    seconds = limiter.seconds_to_wait(_client(request))
    if seconds:
        raise TooManyMessages(seconds)


def _client(request: Request) -> str:
    """Return the client's address; of IPv6 the network, of which one client has all addresses."""
    address = request.remote_addr or request.ip
    try:
        parsed = ip_address(address.strip("[]"))
    except ValueError:
        return str(address)
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed)


def _refusal(status: int, code: str) -> HTTPResponse:
    return json_response({"error": code, "text": WORDING[code]}, status=status)


async def _explain(request: Request, error: Exception) -> HTTPResponse:
    """Return a friendly line for whatever went wrong; what it was stands in the log."""
    if isinstance(error, SanicException):
        other = "failed" if error.status_code >= 500 else "bad_request"
        return _refusal(error.status_code, REFUSALS_BY_STATUS.get(error.status_code, other))
    status, code = REFUSALS.get(type(error), (503, "failed"))
    if type(error) not in REFUSALS:
        logger.error("%s %s failed: %s", request.method, request.path, where(error))
    response = _refusal(status, code)
    if isinstance(error, TooManyMessages):
        response.headers["Retry-After"] = str(math.ceil(error.seconds))
    return response
