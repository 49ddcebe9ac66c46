"""Work spread over processes: results in the order of the tasks, and a process that dies takes one task along, not all.

The standard library's pools either wait for ever where a worker is killed, or give up every task with it and do not say
whose fault it was; and neither can be left at once.
"""

import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count, islice
from multiprocessing import get_all_start_methods, get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from typing import Any, Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

#: Tasks that a process has at hand, so that it need not wait for the next.
_AT_HAND = 2
#: Bytes of a task that a pipe takes at once, whatever the other end does: half of the 8,192 that some systems have.
_SMALL = 4096
#: Processes at the most. Windows waits for 63 things at a time, and each process takes three of the files that this one
#: may have open, of which a usual Linux grants 1,024.
_MOST = 60
#: Tasks a process that may be begun or done while an earlier one is not: what bounds the memory.
_AHEAD = 16
#: Seconds that a process gets to go when it is told to.
_PATIENCE = 0.3


class Died:
    """What stands for the result of a task whose process was killed or ran out of memory."""


def spread(
    work: Callable[[Task], Result], tasks: Iterable[Task], jobs: int, preload: str = ""
) -> Generator[tuple[Task, Result | Died], None, None]:
    """Each task and what `work` makes of it, in their order; `jobs` is the number of processes, 1 and up, 60 if more.

    With one job the work is done here. Otherwise `work`, tasks and results are pickled, tasks are taken as they are
    needed, and `preload` names a module that all processes load once. What `work` raises ends the iterator with it, as
    does what cannot be pickled; an exception that cannot be is told in a `RuntimeError`.
    When the iterator is closed, all processes are gone within a second, whatever they are at.
    """
    if jobs == 1:
        yield from ((task, work(task)) for task in tasks)
        return
    with closing(_Farm(work, tasks, min(jobs, _MOST), preload)) as farm:
        yield from farm.results()


class _Worker:
    """A process, the pipe to it, and the numbers of the tasks that it has, the one that it works on first."""

    def __init__(self, context: Any, work: Callable[[Any], Any]) -> None:
        self.pipe, theirs = context.Pipe()
        self.has: deque[int] = deque()
        self._process = context.Process(target=_serve, args=(work, theirs), daemon=True)
        with _deaf():
            self._process.start()
        theirs.close()

    def dismiss(self) -> None:
        self.pipe.close()
        self._process.terminate()

    def bury(self) -> None:
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(_PATIENCE)


class _Farm(Generic[Task, Result]):
    def __init__(self, work: Callable[[Task], Result], tasks: Iterable[Task], jobs: int, preload: str) -> None:
        # A fork of this process would take its threads' locks along, those of the numeric libraries among them.
        self._context = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
        if preload and self._context.get_start_method() == "forkserver":
            self._context.set_forkserver_preload([preload])
        self._work = work
        self._jobs = jobs
        self._workers: list[_Worker] = []
        self._waiting = zip(count(), tasks)
        #: Tasks that were begun, and results that are not yet due.
        self._begun: dict[int, Task] = {}
        self._done: dict[int, Result | Died] = {}
        self._again: deque[int] = deque()
        self._due = 0

    def results(self) -> Iterator[tuple[Task, Result | Died]]:
        self._feed()
        while self._begun:
            for ready in wait([worker.pipe for worker in self._workers]):
                worker = next(each for each in self._workers if each.pipe is ready)
                self._take(worker)
            self._feed()
            while self._due in self._done:
                yield self._begun.pop(self._due), self._done.pop(self._due)
                self._due += 1
                self._feed()

    def close(self) -> None:
        for worker in self._workers:
            worker.dismiss()
        for worker in self._workers:
            worker.bury()

    def _take(self, worker: _Worker) -> None:
        try:
            failed, result = worker.pipe.recv()
        except (EOFError, OSError):
            self._workers.remove(worker)
            worker.dismiss()
            worker.bury()
            if worker.has:
                self._done[worker.has.popleft()] = Died()
                self._again.extend(worker.has)
            return
        if failed:
            raise result
        self._done[worker.has.popleft()] = result

    def _feed(self) -> None:
        """Give every process as much as it may have at hand, one more each in turn, and start what is missing."""
        for depth in range(1, _AT_HAND + 1):
            for slot in range(self._jobs):
                if slot < len(self._workers) and len(self._workers[slot].has) >= depth:
                    continue
                number = self._next()
                if number is None:
                    return
                pickled = ForkingPickler.dumps(self._begun[number])
                if depth > 1 and len(pickled) > _SMALL:
                    # A process at work reads nothing: it might wait for its answer to be read, and this for it.
                    self._again.appendleft(number)
                    return
                if slot >= len(self._workers):
                    self._workers.append(_Worker(self._context, self._work))
                worker = self._workers[slot]
                worker.has.append(number)
                # A process that is gone is noticed when its pipe is read.
                with suppress(OSError):
                    worker.pipe.send_bytes(pickled)

    def _next(self) -> int | None:
        if self._again:
            return self._again.popleft()
        if len(self._begun) >= _AHEAD * self._jobs:
            return None
        for number, task in islice(self._waiting, 1):
            self._begun[number] = task
            return number
        return None


def _serve(work: Callable[[Any], Any], pipe: Connection) -> None:
    """What a process does: one task after the other, until there is nobody to work for."""
    parent = parent_process()
    assert parent is not None
    with suppress(EOFError, OSError):
        while pipe in wait([pipe, parent.sentinel]):
            task = pipe.recv()
            try:
                answer = ForkingPickler.dumps((False, work(task)))
            except Exception as error:
                answer = _raised(error)
            pipe.send_bytes(answer)


def _raised(error: Exception) -> Any:
    """The answer where work failed; an exception that cannot be made again on the other side is told in another."""
    try:
        answer = ForkingPickler.dumps((True, error))
        pickle.loads(answer)
    except Exception:
        answer = ForkingPickler.dumps((True, RuntimeError(f"{type(error).__name__}: {error}")))
    return answer


@contextmanager
def _deaf() -> Iterator[None]:
    """A process that is started meanwhile does not hear Ctrl-C, which goes to all of a terminal's; it is told to go."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
