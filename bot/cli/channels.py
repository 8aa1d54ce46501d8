"""`iec channels`: which messengers are on, and Telegram's webhook, which is set by a call to it."""

from __future__ import annotations

import argparse
import json
from datetime import datetime, timezone
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from bot.cli.errors import CommandError
from bot.settings import CHANNELS, Settings, settings, switched_on

TIMEOUT_SECONDS = 15
UPDATES = ["message", "edited_message", "callback_query"]


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `iec channels`."""
    parser = subparsers.add_parser(
        "channels", help="show the messengers and set Telegram's webhook"
    )
    channels = parser.add_subparsers(dest="channel", metavar="CHANNEL")
    telegram = channels.add_parser("telegram", help="the webhook of the Telegram bot")
    telegram.add_argument("step", choices=["set-webhook", "delete-webhook", "show"])


def run(args: argparse.Namespace) -> int:
    """Do what the arguments ask for.

    Raises:
        CommandError: a setting is missing, or Telegram says no.
    """
    current = settings()
    if args.channel is None:
        print(overview(current))
        return 0
    if "telegram" not in switched_on(current):
        raise CommandError(f"Telegram is off. Set {' and '.join(CHANNELS['telegram'])}.")
    {"set-webhook": set_webhook, "delete-webhook": delete_webhook, "show": show}[args.step](current)
    return 0


def overview(current: Settings) -> str:
    """Return a line for each messenger: on, with the address to give the provider, or off."""
    on = switched_on(current)
    return "\n".join(
        f"{name:<10} on    {webhook_address(current, name)}"
        if name in on
        else f"{name:<10} off   set {', '.join(needed)}"
        for name, needed in CHANNELS.items()
    )


def webhook_address(current: Settings, channel: str) -> str:
    """Return where the provider finds us; below a placeholder while IEC_PUBLIC_URL is not set."""
    return f"{current.public_url or 'https://YOUR-ADDRESS'}/channels/{channel}"


def set_webhook(current: Settings) -> None:
    """Tell Telegram where to bring updates, and the secret that shows that it is Telegram."""
    if current.public_url is None:
        raise CommandError("IEC_PUBLIC_URL: Telegram needs it, such as https://chat.example.org.")
    address = webhook_address(current, "telegram")
    _call(
        current,
        "setWebhook",
        {"url": address, "secret_token": current.telegram_secret, "allowed_updates": UPDATES},
    )
    print(f"Telegram brings messages to {address}")


def delete_webhook(current: Settings) -> None:
    """Have Telegram keep its updates; what it keeps comes when a webhook is set again."""
    _call(current, "deleteWebhook", {})
    print("Telegram brings no messages.")


def show(current: Settings) -> None:
    """Print what Telegram knows of the webhook, and its latest trouble with it."""
    known = _call(current, "getWebhookInfo", {})
    print(f"address   {known.get('url') or 'none'}")
    print(f"waiting   {known.get('pending_update_count', 0)}")
    if known.get("last_error_message"):
        moment = datetime.fromtimestamp(known.get("last_error_date", 0), tz=timezone.utc)
        print(f"trouble   {moment:%Y-%m-%d %H:%M} UTC: {known['last_error_message']}")


def _call(current: Settings, method: str, content: dict[str, Any]) -> Any:
    """Return what Telegram answers; the address holds the token and is never shown."""
    request = Request(  # noqa: S310  # the settings allow https, and http to this machine
        f"{current.telegram_api}/bot{current.telegram_token}/{method}",
        data=json.dumps(content).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
            return json.load(response)["result"]
    except HTTPError as error:
        raise CommandError(f"Telegram refused {method}: {_reason(error)}") from None
    except (URLError, OSError, ValueError, KeyError) as error:
        reason = getattr(error, "reason", type(error).__name__)
        raise CommandError(f"Telegram cannot be reached: {reason}") from None


def _reason(error: HTTPError) -> str:
    try:
        return str(json.load(error)["description"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {error.code}"
