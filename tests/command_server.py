"""Processes of the command line that cost no start: copies of one that has loaded its modules and has done nothing.

To start Python and to load the modules is most of what a run over a small file costs, and there are a thousand such
runs. What a copy loads or sets is its own: each run is as in a new process.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

__all__ = ["CommandServer", "serve"]

_PACKAGES = ("parlance.cli", "parlance.check", "parlance.exchanges", "parlance.generation", "parlance.importing")
_MODULES = (
    "parlance.compiled",
    "parlance.contract.build",
    "parlance.contract_diff",
    "parlance.on_demand",
    "parlance.pipeline",
)
"""What the commands load when they need it."""


class CommandServer:
    """The process that is copied; it starts with the first run, and ends with the tests."""

    def __init__(self, environment: Callable[[], Mapping[str, str]]) -> None:
        self._environment = environment
        self._socket: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, arguments: Sequence[str], folder: Path, stdin: bytes) -> tuple[int, bytes, bytes]:
        """The exit code, standard output and standard error of a run of `parlance` in *folder*."""
        order = {"arguments": [*arguments], "folder": str(folder), "environment": {**self._environment()}}
        is_there = self._process is not None and self._process.poll() is None
        server = self._socket if self._socket and is_there else self._started()
        (given, feed), (out, printed), (err, complained) = os.pipe(), os.pipe(), os.pipe()
        text = json.dumps(order).encode()
        server.sendall(len(text).to_bytes(4))
        socket.send_fds(server, [text], [given, printed, complained])
        for end in (given, printed, complained):
            os.close(end)
        with ThreadPoolExecutor(2) as others:
            others.submit(_written, feed, stdin)
            errors = others.submit(_read, err)
            output = _read(out)
        answer = server.recv(4)
        assert len(answer) == 4, "the server has ended"
        return int.from_bytes(answer, signed=True), output, errors.result()

    def _started(self) -> socket.socket:
        """The connection to a server that starts now. Its streams are pipes, as those of each run."""
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        code = f"import sys; sys.path.append({str(Path(__file__).parent)!r}); from command_server import serve; serve()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", code, str(theirs.fileno())],
            env=self._environment(), pass_fds=[theirs.fileno()],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        theirs.close()
        atexit.register(_ended, self._process, self._socket)
        return self._socket


def _ended(server: subprocess.Popen[bytes], connection: socket.socket) -> None:
    connection.close()
    server.communicate()


def _written(end: int, content: bytes) -> None:
    with suppress(BrokenPipeError), os.fdopen(end, "wb") as stream:
        stream.write(content)


def _read(end: int) -> bytes:
    with os.fdopen(end, "rb") as stream:
        return stream.read()


def serve() -> None:
    """Copy this process for each order that comes, and answer with the exit code; in a copy, carry the order out."""
    from parlance.__main__ import main

    for name in _loaded():
        importlib.import_module(name)
    os.fsync = lambda fd: None  # noqa: ARG005 - as in the process of the tests
    connection = socket.socket(fileno=int(sys.argv[1]))
    gc.collect()
    gc.freeze()  # or else each copy looks for garbage in what all share
    while length := connection.recv(4):
        text, streams = _received(connection, int.from_bytes(length))
        copy = os.fork()
        if not copy:
            connection.close()
            _prepare(json.loads(text), streams)
            _finish(main)
        for stream in streams:
            os.close(stream)
        code = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
        connection.sendall(code.to_bytes(4, signed=True))


def _finish(main: Callable[[], NoReturn]) -> NoReturn:
    """Run the command and end at once: to take apart what was loaded would copy all of it first."""
    code: object = 1
    try:
        main()
    except SystemExit as stop:
        code = stop.code or 0
    except BaseException:  # nothing may return to the loop of the server
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()  # pyright: ignore[reportPrivateUsage]
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 1)


def _loaded() -> Iterator[str]:
    yield from _MODULES
    for name in _PACKAGES:
        package = importlib.import_module(name)
        yield from (module.name for module in pkgutil.walk_packages(package.__path__, f"{name}."))


def _received(connection: socket.socket, length: int) -> tuple[bytes, list[int]]:
    text, streams, _, _ = socket.recv_fds(connection, length, 3)
    while len(text) < length:
        text += connection.recv(length - len(text))
    return text, streams


def _prepare(order: Any, streams: Sequence[int]) -> None:
    """Let this process be as if it had been started for an order."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = ["-c", *order["arguments"]]
    signal.signal(signal.SIGINT, signal.default_int_handler)
