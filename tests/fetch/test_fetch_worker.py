"""The process that reads hostile bytes dies alone, and never takes an answer or a thread with it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

import pytest
import reader_jobs as jobs

from veille.errors import BadStatus, NotAFeed, ReaderKilled, ReadError, VeilleError
from veille.fetch.worker import MEBIBYTE, Reader


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    reader = Reader(deadline=0.5, memory=256 * MEBIBYTE)
    reader.start()
    yield reader
    reader.close()


def test_bytes_go_in_and_a_frozen_page_comes_out(reader: Reader) -> None:
    assert reader.call(jobs.page, b"x" * 5_000_000) == jobs.page(b"x" * 5_000_000)


def test_the_child_starts_without_the_heavy_libraries_and_without_the_environment(reader: Reader) -> None:
    heavy = {
        "httpx",
        "httpcore",
        "sqlalchemy",
        "pydantic",
        "feedparser",
        "apprise",
        "pytest",
        "multiprocessing",
    }
    assert not heavy & set(reader.call(jobs.modules))
    assert set(reader.call(jobs.environment)) <= {
        "PATH",
        "LANG",
        "LC_ALL",
        "LC_CTYPE",
        "LD_LIBRARY_PATH",
        "TZ",
    }


RAISED = [
    ("an error of ours travels whole", jobs.not_a_feed, NotAFeed, "a login page"),
    ("with what it carries", jobs.bad_status, BadStatus, "HTTP 503"),
    ("ours that does not travel keeps its name", jobs.query_error, ReadError, "QueryError"),
    (
        "any other keeps its type and none of its bytes",
        jobs.broken,
        ReadError,
        "the reader failed: UnicodeDecodeError$",
    ),
    ("a result that does not travel", jobs.unpicklable, ReadError, "the reader failed"),
    ("out of memory", jobs.swell, ReadError, "MemoryError"),
]


@pytest.mark.parametrize(("job", "kind", "words"), [row[1:] for row in RAISED], ids=[row[0] for row in RAISED])
def test_what_is_raised_inside(reader: Reader, job: Callable[[], object], kind: type[VeilleError], words: str) -> None:
    before = reader.call(jobs.where)
    with pytest.raises(kind, match=words):
        reader.call(job)
    assert reader.call(jobs.where) == before


def test_endless_recursion_is_an_error(reader: Reader) -> None:
    with pytest.raises(ReadError, match="RecursionError"):
        reader.call(jobs.recurse, 0)


@pytest.mark.parametrize(
    ("job", "words"),
    [(jobs.hang, r"killed after 0\.5 s"), (jobs.crash, "signal 11"), (jobs.leave, "exit code 7")],
    ids=["a call that never ends", "a crash of the interpreter", "a process that leaves"],
)
def test_a_dead_child_is_replaced(reader: Reader, job: Callable[[], None], words: str) -> None:
    before, start = reader.call(jobs.where), monotonic()
    with pytest.raises(ReaderKilled, match=words):
        reader.call(job)
    assert monotonic() - start < 2
    assert reader.call(jobs.where) != before
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)


def test_a_child_killed_between_two_calls_is_replaced(reader: Reader) -> None:
    os.kill(reader.call(jobs.where), signal.SIGKILL)
    with pytest.raises(ReaderKilled, match="signal 9"):
        reader.call(jobs.where)
    assert reader.call(jobs.where)


def test_ctrl_c_does_not_reach_it(reader: Reader) -> None:
    pid = reader.call(jobs.where)
    assert reader.call(jobs.handler_of_ctrl_c)
    assert os.getpgid(pid) != os.getpgid(0)
    os.kill(pid, signal.SIGINT)
    assert reader.call(jobs.where) == pid


def test_what_a_parser_prints_is_no_answer(reader: Reader) -> None:
    assert reader.call(jobs.print_something) == "done"


def test_a_child_is_recycled_after_so_many_calls() -> None:
    reader = Reader(recycle=3)
    reader.start()
    pids = [reader.call(jobs.where) for _ in range(7)]
    reader.close()
    assert len(set(pids[:3])) == len(set(pids[3:6])) == 1
    assert len(set(pids)) == 3


def test_several_threads_share_two_children_while_one_hangs() -> None:
    reader = Reader(size=2, deadline=0.5)
    reader.start()
    with ThreadPoolExecutor(8) as pool:
        stuck = pool.submit(reader.call, jobs.hang)
        answers = [pool.submit(reader.call, jobs.page, bytes(size)) for size in range(200)]
        assert [answer.result().entries[0].key for answer in answers] == [str(size) for size in range(200)]
        with pytest.raises(ReaderKilled):
            stuck.result()
    reader.close()


def test_a_closed_reader_says_so() -> None:
    reader = Reader()
    reader.start()
    pid = reader.call(jobs.where)
    reader.close()
    with pytest.raises(ReaderKilled, match="closed"):
        reader.call(jobs.where)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    Reader().close()


def test_the_child_dies_with_its_parent() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import os, signal, reader_jobs\n"
        "from veille.fetch.worker import Reader\n"
        "reader = Reader(); reader.start()\n"
        "print(reader.call(reader_jobs.where), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    parent = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parent)],
        stdout=subprocess.PIPE,
        check=False,
        timeout=20,
    )
    assert parent.returncode == -signal.SIGKILL
    child = int(parent.stdout)
    with pytest.raises(ProcessLookupError):
        _wait_for_the_end_of(child)


def _wait_for_the_end_of(pid: int) -> None:
    """A process we did not start cannot be waited for, but its descriptor becomes readable at its end."""
    descriptor = os.pidfd_open(pid)
    try:
        signal.pidfd_send_signal(descriptor, 0)
        assert select.select([descriptor], [], [], 10)[0]
    finally:
        os.close(descriptor)
    raise ProcessLookupError
