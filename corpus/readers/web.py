"""The web: one address, fetched once and within bounds, when the reader of the news says so.

Only http and https, and only addresses of the public network unless the options say otherwise:
a feed that redirects to a machine behind the firewall is not followed there. The address that
was looked up is the one that is connected to, so that no second look-up can change it.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from corpus.errors import UnreadableFile
from corpus.readers.record import ReadOptions
from corpus.readers.source import Source, form_of, open_regular

_PORTS = {"http": 80, "https": 443}
_REDIRECTS = (301, 302, 303, 307, 308)
_PAGES = ("text/html", "application/xhtml+xml")
# Characters that an address may hold as they are; what it has encoded stays so.
_SAFE = "/%:@!$&'()*+,;=~?-._"
# IPv6 addresses that stand for IPv4 ones (RFC 6052).
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_ADDRESS = re.compile(r"(https?):/{1,2}([^/].*)", re.IGNORECASE | re.DOTALL)
_BLOCK = 65_536
_MOST_REDIRECTS = 5
_HEADERS = {
    "User-Agent": "Dateline (reads one address for its user)",
    "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
    "Accept-Encoding": "identity",
}
# What a server says that it sends -> the form that it is read as.
_FORMS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt",
    "text/markdown": ".md", "application/pdf": ".pdf", "multipart/related": ".mhtml",
    "application/rss+xml": ".xml", "application/atom+xml": ".xml", "application/rdf+xml": ".xml",
    "application/xml": ".xml", "text/xml": ".xml", "application/json": ".json",
    "application/feed+json": ".json", "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl", "text/csv": ".csv", "text/tab-separated-values": ".tsv",
    "application/zip": ".zip", "application/warc": ".warc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip


def address_of(path: str | Path) -> str | None:
    """The web address that was named, or None for a path; a Path has lost one of its slashes."""
    found = _ADDRESS.match(str(path))
    return f"{found[1].lower()}://{found[2]}" if found else None


@contextmanager
def fetched(url: str, options: ReadOptions, reads: Callable[[str], bool]) -> Iterator[Source]:
    """What stands at an address, as a source that can be read until the context ends.

    Args:
        reads: whether a form is one that Dateline reads. The address's own ending tells the
            form where it is one and the server does not say that it is a page, else the server.

    Raises:
        UnreadableFile: it is not there, not public, too large or too slow.
    """
    deadline = time.monotonic() + options.timeout
    with tempfile.TemporaryDirectory(prefix="dateline-web-") as folder:
        kept = Path(folder) / "body"
        at = url
        for _ in range(_MOST_REDIRECTS + 1):
            kind, target = _ask(at, kept, options, deadline)
            if target is None:
                break
            at = urljoin(at, target)
        else:
            raise UnreadableFile(f"redirected more than {_MOST_REDIRECTS} times", where=url)
        form = form_of(urlsplit(at).path)
        if kind in _PAGES or not reads(form):
            form = _FORMS.get(kind, form)
        today = datetime.now(UTC).date()
        yield Source(url, form, lambda: open_regular(kept), url=at, fetched=today)


def _ask(url: str, kept: Path, options: ReadOptions, deadline: float) -> tuple[str, str | None]:
    """Ask for an address: the kind of what came and is kept, or where it says to go instead."""
    parts = _parts(url)
    context = ssl.create_default_context() if parts.scheme == "https" else None
    try:
        sock = _connected(parts, options, deadline)
        if context is not None:
            sock = context.wrap_socket(sock, server_hostname=parts.hostname)
        connection = http.client.HTTPConnection(parts.hostname or "")
        with closing(connection), sock, _cut_at(deadline, sock):
            connection.sock = sock
            target = quote(parts.path or "/", safe=_SAFE)
            target += f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
            connection.request("GET", target, headers={**_HEADERS, "Host": _host(parts)})
            answer = connection.getresponse()
            if answer.status in _REDIRECTS and answer.headers["Location"]:
                return "", answer.headers["Location"]
            if answer.status != HTTPStatus.OK:
                raise UnreadableFile(f"the server says {answer.status} {answer.reason}")
            _keep(answer, kept, options, deadline)
            return answer.headers.get_content_type(), None
    except (OSError, http.client.HTTPException, ValueError) as error:
        _left(deadline)
        raise UnreadableFile(f"cannot be fetched: {error or type(error).__name__}") from error


def _parts(url: str) -> SplitResult:
    """The parts of an address that may be asked for. Raises UnreadableFile."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UnreadableFile(f"not a web address: {error}") from error
    if parts.scheme not in _PORTS or not parts.hostname or port == 0:
        raise UnreadableFile("not an http or https address")
    if parts.username is not None or parts.password is not None:
        raise UnreadableFile("an address with a name and a password in it")
    return parts


def _host(parts: SplitResult) -> str:
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    return host if parts.port in (None, _PORTS[parts.scheme]) else f"{host}:{parts.port}"


def _connected(parts: SplitResult, options: ReadOptions, deadline: float) -> socket.socket:
    """A connection to the first of the host's addresses that answers; all must be public."""
    port = parts.port or _PORTS[parts.scheme]
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not options.allow_private and not all(map(_is_public, addresses)):
        raise UnreadableFile("an address of this machine or of a private network")
    failure: OSError | None = None
    for address in dict.fromkeys(addresses):
        try:
            return socket.create_connection((address, port), timeout=_left(deadline))
        except OSError as error:
            failure = error
    raise failure or OSError("the host has no address")


def _is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, whatever it is wrapped in."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            ip = inner
        elif ip in _NAT64:
            ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.is_global and not ip.is_multicast


def _keep(
    answer: http.client.HTTPResponse, kept: Path, options: ReadOptions, deadline: float
) -> None:
    size = 0
    with kept.open("wb") as file:
        while data := answer.read1(_BLOCK):
            size += len(data)
            if size > options.max_download:
                raise UnreadableFile(f"larger than {options.max_download:,} bytes")
            file.write(data)
    _left(deadline)
    if answer.length:
        raise UnreadableFile(f"cut off: {answer.length:,} bytes are missing")


@contextmanager
def _cut_at(deadline: float, sock: socket.socket) -> Iterator[None]:
    """End a conversation at the deadline, however slowly the server goes on talking."""

    def cut() -> None:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(_left(deadline), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _left(deadline: float) -> float:
    """The seconds that are left. Raises UnreadableFile when none are."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise UnreadableFile("took too long")
    return left
