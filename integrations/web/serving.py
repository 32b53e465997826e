"""Starting the console, saying where it is, and stopping it."""

import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

from integrations.settings import WrongSettings
from integrations.web.console import Address

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def listen(host: str, port: int) -> socket.socket:
    """Take the port, so that the address is known before anything else is. Raises WrongSettings."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        said = f"{host} port {port} cannot be used ({error.strerror or 'no such address'})"
        raise WrongSettings(f"{said}: choose another with --port") from None


def local_address(door: socket.socket) -> Address:
    """Where browsers on this machine reach the console."""
    port = door.getsockname()[1]
    return Address(f"http://127.0.0.1:{port}", (f"http://localhost:{port}",))


def public_address(url: str) -> Address:
    """Where browsers reach the console from elsewhere. Raises WrongSettings where cookies would travel openly."""
    origin = url.rstrip("/").lower()
    host = origin.partition("://")[2]
    loopback = host.rpartition(":")[0] in LOOPBACK or host in LOOPBACK
    if "/" in host or not (origin.startswith("https://") or (origin.startswith("http://") and loopback)):
        raise WrongSettings("COACH_WEB_URL must be an address like https://coach.example.com, without a path")
    return Address(origin)


def must_be_loopback(host: str) -> None:
    """Without sign-in whoever reaches the console is let in by one token: nobody else should. Raises WrongSettings."""
    if host not in LOOPBACK:
        raise WrongSettings(
            "without sign-in the console is for this machine alone: leave --host out, or set COACH_WEB_URL"
            " for people to sign in with Slack (docs/console.md)"
        )


def run(app: Starlette, door: socket.socket, says: str) -> None:
    """Serve until SIGINT or SIGTERM, and finish what is being answered."""
    print(says, file=sys.stderr, flush=True)
    # Addresses may hold what was searched for, so no request is logged.
    server(app).run(sockets=[door])


class _Server(uvicorn.Server):
    """Ends as the bot does: being told to stop is no failure, so no signal is raised again."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """SIGINT and SIGTERM finish what is being answered; in a test's thread there are none."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


def server(app: Starlette) -> uvicorn.Server:
    """The server of an app, which says nothing of itself."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        timeout_graceful_shutdown=10,
        ws="none",
    )
    return _Server(config)
