"""Work in several processes: in order, with what dies, and gone at once when nobody wants it."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from itertools import count, islice
from pathlib import Path

import pytest

from metrics.pool import Died, spread

ROOT = Path(__file__).parent.parent.parent


def squared(number: int) -> int:
    time.sleep(0.02 if number % 3 == 0 else 0)
    return number * number


def killed_by_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def refused(number: int) -> int:
    raise ValueError(f"{number} is not wanted")


class Unmakeable(Exception):
    def __init__(self, number: int, what: str) -> None:
        super().__init__(f"{number} is {what}")


def raises_unmakeable(number: int) -> int:
    raise Unmakeable(number, "odd")


def raises_unpicklable(number: int) -> int:
    raise ValueError(f"{number} is odd", threading.Lock())


def unpicklable(_number: int) -> object:
    return threading.Lock()


def slow_echo(text: str) -> str:
    time.sleep(0.2)
    return text


def sleepy(number: int) -> int:
    time.sleep(60 if number else 0)
    return os.getpid()


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    assert list(spread(squared, range(50), jobs)) == [(n, n * n) for n in range(50)]


def test_a_task_that_kills_its_process_takes_no_other_along() -> None:
    results = dict(spread(killed_by_three, range(40), 2))
    assert isinstance(results.pop(3), Died)
    assert results == {n: n for n in range(40) if n != 3}


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_the_work_raises_is_raised(jobs: int) -> None:
    with pytest.raises(ValueError, match="is not wanted"):
        list(spread(refused, range(3), jobs))


@pytest.mark.parametrize(
    ("work", "told"),
    [
        (raises_unmakeable, "Unmakeable: 0 is odd"),
        (raises_unpicklable, "ValueError: .*0 is odd"),
        (unpicklable, "cannot pickle"),
    ],
)
def test_what_cannot_be_sent_is_told_and_is_no_death(
    work: Callable[[int], object], told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Exception, match=told):
        list(spread(work, range(1), 2))
    assert capfd.readouterr().err == ""


def test_tasks_and_results_larger_than_a_pipe_do_not_wait_for_each_other() -> None:
    """In a process of its own, for what waits for ever cannot be told from here."""
    code = (
        "from metrics.pool import spread; from tests.metrics.test_pool import slow_echo\n"
        "if __name__ == '__main__':\n"
        "    print(sum(len(result) for _, result in spread(slow_echo, ['x' * 1_000_000] * 6, 2)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=20, cwd=ROOT, check=True)
    assert done.stdout == b"6000000\n"


@pytest.mark.slow
def test_many_jobs_are_not_more_than_can_be_waited_for() -> None:
    with closing(spread(squared, range(2000), 512)) as results:
        next(results)
        assert len(multiprocessing.active_children()) <= 60


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken = []
    tasks = (taken.append(n) or n for n in count())
    with closing(spread(squared, tasks, 2)) as results:
        assert [result for _, result in islice(results, 5)] == [0, 1, 4, 9, 16]
    assert len(taken) < 60


def test_nothing_is_left_within_a_second_when_it_is_closed() -> None:
    results = spread(sleepy, range(4), 2)
    _, worker = next(results)
    start = time.monotonic()
    results.close()
    assert time.monotonic() - start < 1
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
