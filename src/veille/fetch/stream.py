"""Listens to a WebSocket through the checked dialler: frames as they come, until a deadline or a silence."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from time import monotonic
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import connect

from veille.errors import BadStatus, Unreachable
from veille.net.dial import Dialler

#: Bytes of one frame: a post is a few thousand.
LARGEST = 256 * 1024
#: Seconds to connect, and seconds without a frame after which there is nothing more for now.
_CONNECT, _SILENCE = 10.0, 2.0
_PORTS = {"wss": 443, "ws": 80}


class Streams:
    """Opens streams; safe for several threads."""

    def __init__(self, dialler: Dialler, *, ssl_context: ssl.SSLContext, agent: str) -> None:
        self._dialler = dialler
        self._context = ssl_context
        self._agent = agent

    def frames(self, url: str, *, seconds: float) -> Iterator[bytes]:
        """The frames of at most so many seconds; ends early when nothing comes. Raises FetchError."""
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        end = monotonic() + seconds
        try:
            socket = self._dialler.connect(host, port, timeout=_CONNECT)
            with connect(
                url,
                sock=socket,
                ssl=self._context if parts.scheme == "wss" else None,
                server_hostname=host if parts.scheme == "wss" else None,
                user_agent_header=self._agent,
                open_timeout=_CONNECT,
                close_timeout=1,
                max_size=LARGEST,
                proxy=None,
            ) as stream:
                while (left := end - monotonic()) > 0:
                    try:
                        frame = stream.recv(timeout=min(_SILENCE, left))
                    except TimeoutError:
                        return
                    yield frame.encode() if isinstance(frame, str) else bytes(frame)
        except ConnectionClosed:
            return  # the next turn goes on from the cursor
        except WebSocketException as error:
            status = getattr(getattr(error, "response", None), "status_code", None)
            if isinstance(status, int):
                raise BadStatus(status) from error
            raise Unreachable(f"the stream broke off ({type(error).__name__})") from error
        except (OSError, EOFError) as error:
            raise Unreachable(f"the stream cannot be opened ({type(error).__name__})") from error
