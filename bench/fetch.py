"""CPU of one request: veille's fetch beside requests and httpx, plain and TLS, and of one call to the reader.

    python bench/fetch.py [REQUESTS]

The server runs in another process; only the client's processor time is counted. "one host" keeps its
connection, "50 hosts" opens one for nearly every request, as polling does.
"""

from __future__ import annotations

import asyncio
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

import httpx
import requests
import trustme

from veille.fetch.client import Fetcher
from veille.fetch.worker import Reader
from veille.model.exchange import FetchPolicy, Request

HOSTS = [f"127.0.0.{number}" for number in range(2, 52)]
ETAG, MODIFIED = '"abc"', "Sun, 22 Nov 2026 06:00:00 GMT"
BODY = b"<rss>" + b"x" * 30_000 + b"</rss>"
HEAD = f"Date: {MODIFIED}\r\nETag: {ETAG}\r\nContent-Type: application/rss+xml\r\n"
UNCHANGED = f"HTTP/1.1 304 Not Modified\r\n{HEAD}\r\n".encode()
WHOLE = f"HTTP/1.1 200 OK\r\n{HEAD}Content-Length: {len(BODY)}\r\n\r\n".encode() + BODY
CONDITIONS = {"If-None-Match": ETAG, "If-Modified-Since": MODIFIED}

Run = Callable[[list[str], bool], None]


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            asked = await reader.readuntil(b"\r\n\r\n")
            writer.write(UNCHANGED if b"if-none-match" in asked.lower() else WHOLE)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def serve(folder: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*HOSTS).configure_cert(context)
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    plain = await asyncio.start_server(answer, "0.0.0.0", 0)
    secure = await asyncio.start_server(answer, "0.0.0.0", 0, ssl=context)
    print(*(server.sockets[0].getsockname()[1] for server in (plain, secure)), flush=True)
    await asyncio.Event().wait()


def with_requests(ca: str) -> Run:
    session = requests.Session()
    session.trust_env = False
    session.verify = ca

    def run(urls: list[str], conditional: bool) -> None:
        for url in urls:
            headers = CONDITIONS if conditional else {}
            with session.get(url, headers=headers, stream=True, timeout=(5, 5)) as response:
                _ = response.content

    return run


def with_httpx(ca: str) -> Run:
    client = httpx.Client(verify=ssl.create_default_context(cafile=ca), trust_env=False)

    def run(urls: list[str], conditional: bool) -> None:
        for url in urls:
            client.get(url, headers=CONDITIONS if conditional else {})

    return run


def with_veille(ca: str) -> Run:
    policy = FetchPolicy(allow_private=tuple(f"{host}:{port}" for host in HOSTS for port in PORTS))
    fetcher = Fetcher(policy, ssl_context=ssl.create_default_context(cafile=ca))

    def run(urls: list[str], conditional: bool) -> None:
        for url in urls:
            etag, modified = (ETAG, MODIFIED) if conditional else ("", "")
            fetcher.fetch(Request(url=url, etag=etag, modified=modified))

    return run


PORTS: list[int] = []


def urls_of(scheme: str, spread: int, count: int) -> list[str]:
    port = PORTS[scheme == "https"]
    return [f"{scheme}://{HOSTS[number % spread]}:{port}/feed/{number}" for number in range(count)]


def microseconds(work: Callable[[], None], count: int) -> float:
    start = process_time()
    work()
    return (process_time() - start) / count * 1e6


def best(work: Callable[[], None], count: int) -> float:
    work()
    return min(microseconds(work, count) for _ in range(3))


def compare(ca: str, count: int) -> None:
    runs = {"requests": with_requests(ca), "httpx": with_httpx(ca), "veille": with_veille(ca)}
    print(f"{'CPU, µs a request':34}", *(f"{name:>10}" for name in runs), f"{'saved':>8}")
    for scheme in ("http", "https"):
        for spread, words in ((1, "one host"), (50, "50 hosts")):
            for conditional in (True, False):
                urls = urls_of(scheme, spread, count)
                spent = {name: best(partial(run, urls, conditional), count) for name, run in runs.items()}
                row = f"{scheme}, {words}, {'304' if conditional else '200 of 30 KB'}"
                saved = 1 - spent["veille"] / spent["requests"]
                print(f"{row:34}", *(f"{value:10.0f}" for value in spent.values()), f"{saved:8.0%}")


def reader_cost(count: int) -> None:
    start = perf_counter()
    reader = Reader()
    reader.start()
    started = perf_counter() - start
    reader.call(len, BODY)
    start = perf_counter()
    cpu = microseconds(lambda: [None for _ in range(count) if reader.call(len, BODY) < 0] and None, count)
    wall = (perf_counter() - start) / count * 1e6
    reader.close()
    print(f"reader: start {started * 1000:.0f} ms; 30 KB take {cpu:.0f} µs of CPU here, {wall:.0f} µs in all")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen([sys.executable, __file__, "--serve", folder], stdout=subprocess.PIPE, text=True)
        assert server.stdout
        PORTS.extend(int(port) for port in server.stdout.readline().split())
        try:
            compare(str(Path(folder) / "ca.pem"), count)
        finally:
            server.kill()
            server.wait()
    reader_cost(count)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        asyncio.run(serve(Path(sys.argv[2])))
    else:
        main()
