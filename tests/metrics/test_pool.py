"""Work in several processes: in order, with what dies, and gone at once when nobody wants it."""

import os
import signal
import time
from contextlib import closing
from itertools import count, islice

import pytest

from metrics.pool import Died, spread


def squared(number: int) -> int:
    time.sleep(0.02 if number % 3 == 0 else 0)
    return number * number


def killed_by_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def refused(number: int) -> int:
    raise ValueError(f"{number} is not wanted")


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
