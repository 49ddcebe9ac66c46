"""Work spread over processes: results in the order of the tasks, and a process that dies takes one task along, not all.

The standard library's pools either wait for ever where a worker is killed, or give up every task with it and do not say
whose fault it was; and neither can be left at once.
"""

import pickle
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from multiprocessing import get_all_start_methods, get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from typing import Any, Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

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
    work: Callable[[Task], Result], tasks: Iterable[Task], jobs: int
) -> Generator[tuple[Task, Result | Died], None, None]:
    """Each task and what `work` makes of it, in their order; `jobs` is the number of processes, 1 and up, 60 if more.

    With one job the work is done here. Otherwise `work`, tasks and results are pickled, and tasks are taken as they are
    needed. What `work` raises ends the iterator with it, as does what cannot be pickled; an exception that cannot be is
    told in a `RuntimeError`.
    When the iterator is closed, all processes are gone within a second, whatever they are at.
    """
    if jobs == 1:
        yield from ((task, work(task)) for task in tasks)
        return
    with closing(_Farm(work, tasks, min(jobs, _MOST))) as farm:
        yield from farm.results()


class _Worker:
    """A process, the pipe to it, and the number of the task that it works on, if any."""

    def __init__(self, context: Any, work: Callable[[Any], Any]) -> None:
        self.pipe, theirs = context.Pipe()
        self.busy: int | None = None
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
    def __init__(self, work: Callable[[Task], Result], tasks: Iterable[Task], jobs: int) -> None:
        # A fork of this process would take its threads' locks along, those of the numeric libraries among them.
        self._context = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
        self._work = work
        self._jobs = jobs
        self._workers: list[_Worker] = []
        self._waiting = zip(count(), tasks)
        #: Tasks that were begun, and results that are not yet due.
        self._begun: dict[int, Task] = {}
        self._done: dict[int, Result | Died] = {}
        self._due = 0

    def results(self) -> Iterator[tuple[Task, Result | Died]]:
        self._feed()
        while self._begun:
            for ready in wait([worker.pipe for worker in self._workers]):
                self._take(next(worker for worker in self._workers if worker.pipe is ready))
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
            failed, result = False, Died()
        if failed:
            raise result
        if worker.busy is not None:
            self._done[worker.busy] = result
        worker.busy = None

    def _feed(self) -> None:
        """Give every idle process a task, and start those that are missing. One at work is sent nothing: it might wait
        for its answer to be read, and this for it."""
        idle = [worker for worker in self._workers if worker.busy is None]
        while idle or len(self._workers) < self._jobs:
            if len(self._begun) >= _AHEAD * self._jobs:
                return
            try:
                number, task = next(self._waiting)
            except StopIteration:
                return
            self._begun[number] = task
            if not idle:
                self._workers.append(_Worker(self._context, self._work))
                idle.append(self._workers[-1])
            worker = idle.pop()
            worker.busy = number
            # A process that is gone is noticed when its pipe is read.
            with suppress(OSError):
                worker.pipe.send(task)


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
    """A process that is started meanwhile does not hear Ctrl-C, which goes to all of a terminal's; it is told to go.

    Nor does this one, for the tenth of a second that starting the first takes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
