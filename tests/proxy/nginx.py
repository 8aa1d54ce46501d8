"""A real nginx that runs deploy/nginx.conf on free ports, with a certificate of its own."""

from __future__ import annotations

import asyncio
import shutil
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import aiohttp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from yarl import URL

from bot.settings import PROJECT_ROOT
from tests.channels.server import Answer

SITE = PROJECT_ROOT / "deploy/nginx.conf"
CHAT, STAFF = "chat.example.org", "staff.example.org"

MAIN = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass
class Proxy:
    """nginx as its visitors see it."""

    http: aiohttp.ClientSession
    tls: ssl.SSLContext
    port: int
    plain_port: int

    async def request(self, method: str, path: str, host: str = CHAT, **options: Any) -> Answer:
        headers = {"Host": host} | options.pop("headers", {})
        secure = options.pop("secure", True)
        address = (
            f"https://127.0.0.1:{self.port}" if secure else f"http://127.0.0.1:{self.plain_port}"
        )
        if secure:
            options |= {"ssl": self.tls, "server_hostname": host}
        sent = self.http.request(
            method,
            URL(address + path, encoded=True),
            headers=headers,
            allow_redirects=False,
            **options,
        )
        async with sent as response:
            return Answer(response.status, dict(response.headers), await response.read())


@asynccontextmanager
async def nginx(folder: Path, assistant: str, console: str) -> AsyncIterator[Proxy]:
    """Run nginx before the servers at the addresses `assistant` and `console`."""
    port, plain_port = free_ports(2)
    tls = certificate(folder)
    write_site(folder, {
        "127.0.0.1:5005": assistant.removeprefix("http://"),
        "127.0.0.1:8000": console.removeprefix("http://"),
        "listen 443 ": f"listen 127.0.0.1:{port} ",
        "listen 80 ": f"listen 127.0.0.1:{plain_port} ",
        "/etc/ssl/iec/chat": f"{folder}/both",
        "/etc/ssl/iec/staff": f"{folder}/both",
    })  # fmt: skip
    command = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    assert command, "nginx is not installed: run `make nginx`"
    process = await asyncio.create_subprocess_exec(
        command, "-p", str(folder), "-c", str(folder / "nginx.conf")
    )
    try:
        await until_open(port, process, folder)
        async with aiohttp.ClientSession() as http:
            yield Proxy(http, tls, port, plain_port)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def write_site(folder: Path, replacements: dict[str, str]) -> None:
    site = SITE.read_text(encoding="utf-8")
    for ours, theirs in replacements.items():
        assert ours in site, f"{SITE.name} no longer says {ours!r}"
        site = site.replace(ours, theirs)
    (folder / "site.conf").write_text(site)
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder))


def free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def certificate(folder: Path) -> ssl.SSLContext:
    """Write both.pem and both.key for the two names; return what trusts them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, CHAT)])
    now = datetime.now(timezone.utc)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(n) for n in (CHAT, STAFF)]), False)
        .sign(key, hashes.SHA256())
    )
    (folder / "both.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "both.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return ssl.create_default_context(cafile=str(folder / "both.pem"))


async def until_open(port: int, process: asyncio.subprocess.Process, folder: Path) -> None:
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            log = folder / "error.log"
            assert process.returncode is None, log.read_text() if log.exists() else "nginx ended"
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise AssertionError("nginx does not listen")
