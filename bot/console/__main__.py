"""`python -m bot.console`: serve the staff pages until stopped."""

from __future__ import annotations

import logging

import uvicorn

from bot.console.app import create_app
from bot.console.services import open_services
from bot.privacy.log_filter import install_log_filter
from bot.settings import settings


def main() -> None:
    """Listen where the settings say. Addresses hold what staff search for, so none is logged."""
    install_log_filter()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    current = settings()
    uvicorn.run(
        create_app(open_services(current)),
        host=current.host,
        port=current.console_port,
        ws="none",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        log_config=None,
        timeout_graceful_shutdown=5,
    )


if __name__ == "__main__":
    main()
