"""Documents to records in several processes, of which any may hang or die."""

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from typing import Any, Generic, NamedTuple, Self, TypeVar

from pressextract.batch.inputs import BatchError

Task = TypeVar("Task")

Work = Callable[[Any], Any]
"""What a worker does with a task; raises for one that it can't do."""


class Outcome(NamedTuple, Generic[Task]):
    """What became of a task: its result, or one line of why it has none."""

    task: Task
    result: Any = None
    error: str | None = None


AHEAD_BYTES = 32_000
"""A worker gets its next task while it is at one, so that it need not wait for it; but only a task so small that the
pipe holds it, for a worker that hangs reads nothing."""


@contextmanager
def one_thread() -> Iterator[None]:
    """Processes started meanwhile do linear algebra in one thread each: more would hinder the other workers."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    before = {name: os.environ[name] for name in names if name in os.environ}
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        yield
    finally:
        for name in names:
            del os.environ[name]
        os.environ.update(before)


class _Worker:
    """A process, and its tasks: the first is what it is at."""

    def __init__(self, start: Callable[[], Work]) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, start), daemon=True)
        with one_thread():
            self.process.start()
        theirs.close()
        self.ready = False
        self.over = False
        self.tasks: deque[Any] = deque()
        self.deadline = float("inf")

    def takes(self, size: int) -> bool:
        """Whether a task of so many bytes can be given."""
        return self.ready and (not self.tasks or (len(self.tasks) == 1 and size <= AHEAD_BYTES))

    def give(self, task: Any, pickled: memoryview, timeout: float) -> None:
        self.tasks.append(task)
        if len(self.tasks) == 1:
            self.deadline = time.monotonic() + timeout
        with suppress(ConnectionError):  # it has died since: that is heard of next
            self.connection.send_bytes(pickled)

    def ended(self, timeout: float) -> Any:
        """The task that it was at, which it is at no more."""
        self.deadline = time.monotonic() + timeout if len(self.tasks) > 1 else float("inf")
        return self.tasks.popleft()

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


class Crew:
    """Workers that do one task after the other; one that dies or takes too long costs its task, and is replaced.

    To be closed, as by ``with``. They start with the first task: none starts for nothing.

    Args:
        start: run once in each process, returns what does a task. A function of a module.
        workers: processes.
        timeout: seconds that one task may take.
    """

    def __init__(self, start: Callable[[], Work], workers: int, timeout: float) -> None:
        self._start = start
        self._size = workers
        self._timeout = timeout
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()
        self._workers = []

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome[Task]]:
        """What becomes of each task, in the order in which they are done; few are in memory at once.

        Args:
            tasks: what to do; each must pickle.

        Raises:
            BatchError: if a worker can't start.
        """
        left = iter(tasks)
        returned: deque[Task] = deque()  # what a worker that ended had been given beside what it was at

        def following() -> tuple[Task, memoryview] | None:
            task = returned.popleft() if returned else next(left, None)
            return None if task is None else (task, ForkingPickler.dumps(task))

        waiting = following()
        if waiting is not None and not self._workers:
            self._workers = [_Worker(self._start) for _ in range(self._size)]
        while waiting is not None or any(worker.tasks for worker in self._workers):
            for worker in self._workers:
                while waiting is not None and worker.takes(len(waiting[1])):
                    worker.give(*waiting, self._timeout)
                    waiting = following()
            _await(self._workers)
            for i, worker in enumerate(self._workers):
                outcome = _heard(worker, self._timeout)
                if worker.over:
                    returned.extend(worker.tasks)
                    worker.stop()
                    self._workers[i] = _Worker(self._start)
                if outcome is not None:
                    yield outcome
            waiting = waiting or following()


def _await(crew: list[_Worker]) -> None:
    """Waits until a worker has something to say, died, or is late."""
    first = min(worker.deadline for worker in crew)
    left = None if first == float("inf") else max(0.0, first - time.monotonic())
    wait([x for worker in crew for x in (worker.connection, worker.process.sentinel)], left)


def _heard(worker: _Worker, timeout: float) -> Outcome[Any] | None:
    """What has become of the task that a worker is at, if it is known."""
    try:
        if worker.connection.poll():
            result, error = worker.connection.recv()
            if not worker.ready:
                if error is not None:
                    raise BatchError(error)
                worker.ready = True
                return None
            return Outcome(worker.ended(timeout), result, error)
    except (EOFError, ConnectionError):
        worker.process.join()
    if not worker.process.is_alive():
        if not worker.ready:
            raise BatchError(f"a worker can't start ({_end(worker)}); try fewer --workers")
        error = f"killed its worker ({_end(worker)})"
    elif time.monotonic() >= worker.deadline:
        worker.process.kill()
        worker.process.join()
        error = f"took more than {timeout:g} seconds"
    else:
        return None
    worker.over = True
    return Outcome(worker.ended(timeout), error=error) if worker.tasks else None


def _end(worker: _Worker) -> str:
    code = worker.process.exitcode or 0
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def _serve(connection: Connection, start: Callable[[], Work]) -> None:
    """The life of a worker: loads, says so, then a task at a time until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends the batch
    try:
        work = start()
    except Exception as error:
        connection.send((None, _line(error)))
        return
    connection.send((None, None))
    parent = os.getppid()
    while os.getppid() == parent:
        try:
            task = connection.recv()
        except (EOFError, ConnectionError):
            return
        try:
            result, why = work(task), None
        except Exception as error:  # one bad document must not stop the others
            result, why = None, _line(error)
        connection.send((result, why))


def _line(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text if isinstance(error, ValueError) and text else f"{type(error).__name__}: {text}"
