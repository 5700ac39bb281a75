"""Starting and stopping what serves."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from hanke_lod_server.serving import stop_group

Start = Callable[[str], subprocess.Popen[bytes]]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="process groups are of POSIX")

#: Like a worker that granian has just forked: it swallows the first signal, and leaves at the second.
_DEAF_AT_FIRST = """
import signal, sys
heard = []
def hear(number, frame):
    heard.append(number)
    if len(heard) > 1:
        sys.exit(7)
signal.signal(signal.SIGTERM, hear)
print("ready", flush=True)
while True:
    signal.pause()
"""
_DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); signal.pause()"
#: Ends at once and leaves a child behind, which holds the pipe.
_ORPHAN = "import subprocess; subprocess.Popen(['sleep', '60']); print('ready', flush=True)"


@pytest.fixture
def start() -> Iterator[Start]:
    """Start Python programs, each in a process group of its own."""
    with ExitStack() as stack:

        def start(program: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-c", program]
            process = stack.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True))
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            return process

        yield start


def test_a_process_that_misses_the_first_signal_is_told_again(start: Start) -> None:
    process = start(_DEAF_AT_FIRST)
    stop_group(process, again=0.05)
    assert process.returncode == 7


def test_a_process_that_does_not_hear_is_killed(start: Start) -> None:
    process = start(_DEAF)
    stop_group(process, patience=0.1, again=0.05)
    assert process.returncode == -9


def test_what_a_process_left_behind_is_killed(start: Start) -> None:
    process = start(_ORPHAN)
    process.wait()
    stop_group(process)
    assert process.stdout is not None
    assert process.stdout.read() == b""  # the pipe is closed: nobody holds it any more


def test_a_group_that_is_gone_is_no_fault(start: Start) -> None:
    process = start("print('ready', flush=True)")
    stop_group(process)
    stop_group(process)
    assert process.returncode is not None
