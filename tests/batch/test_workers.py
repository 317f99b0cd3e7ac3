"""Tasks in processes that hang, die and raise."""

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import pytest

from pressextract.batch.inputs import BatchError
from pressextract.batch.workers import Crew, Outcome, Work


def start(problem: str | None = None) -> Work:
    """Doubles numbers; some words make it fail in their way."""
    if problem == "raise":
        raise ValueError("no model here")
    if problem == "die":
        os._exit(3)

    def work(task: Any) -> Any:
        if task == "raise":
            raise RuntimeError("two\nlines")
        if task == "hang":
            time.sleep(600)
        if task == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if task == "exit":
            os._exit(3)
        return 2 * task

    return work


def process_id() -> Work:
    """Tells the process that does the work."""

    def work(task: Any) -> int:
        if task == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    return work


def run(tasks: Iterable[Any], start: Callable[[], Work], workers: int, timeout: float = 30) -> Iterator[Outcome[Any]]:
    with Crew(start, workers, timeout) as crew:
        yield from crew.run(tasks)


def test_every_task_has_one_outcome() -> None:
    tasks = [1, "raise", 2, "hang", 3, "die", "exit", *range(4, 30)]
    outcomes = {o.task: (o.result, o.error) for o in run(tasks, start, 2, timeout=2)}
    assert outcomes == {
        **{n: (2 * n, None) for n in range(1, 30)},
        "raise": (None, "RuntimeError: two lines"),
        "hang": (None, "took more than 2 seconds"),
        "die": (None, "killed its worker (signal SIGKILL)"),
        "exit": (None, "killed its worker (exit code 3)"),
    }


def test_what_waits_behind_a_task_that_hangs_is_done_however_large() -> None:
    tasks = ["hang", "a" * 1_000_000, "hang", "b", "die", "c"]
    outcomes = [(o.result, o.error) for o in run(tasks, start, 1, timeout=1)]
    late, dead = (None, "took more than 1 seconds"), (None, "killed its worker (signal SIGKILL)")
    assert sorted(outcomes, key=str) == sorted([late, late, dead, *((2 * t, None) for t in tasks[1::2])], key=str)


@pytest.mark.parametrize(("problem", "message"), [("raise", "no model here"), ("die", r"can't start \(exit code 3\)")])
def test_a_worker_that_can_not_start_ends_the_batch(problem: str, message: str) -> None:
    with pytest.raises(BatchError, match=message):
        list(run([1], partial(start, problem), 1, timeout=5))


def test_workers_that_die_at_any_moment_lose_no_task() -> None:
    tasks = [(n, "exit" if n % 2 else "die") for n in range(30)]
    outcomes = list(run((word for _, word in tasks), start, 3, timeout=30))
    assert sorted(o.task for o in outcomes) == sorted(word for _, word in tasks)
    assert all(o.error and o.error.startswith("killed its worker") for o in outcomes)


def test_no_tasks_need_no_worker() -> None:
    assert list(run([], partial(start, "raise"), 2, timeout=5)) == []


def environment() -> Work:
    return lambda name: os.environ.get(name)


def test_a_worker_has_one_thread_and_the_parent_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "5")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    names = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"]
    assert [o.result for o in run(names, environment, 1)] == ["1", "1"]
    assert [os.environ.get(name) for name in names] == ["5", None]


def test_workers_go_on_from_one_run_to_the_next() -> None:
    with Crew(process_id, 1, timeout=30) as crew:
        first, second = ([outcome.result for outcome in crew.run([1, 2])] for _ in range(2))
        assert len({*first, *second}) == 1
        assert [o.error for o in crew.run(["die"])] == ["killed its worker (signal SIGKILL)"]
        assert next(crew.run([1])).result not in first


def test_few_tasks_are_taken_ahead() -> None:
    taken = 0

    def tasks() -> Any:
        nonlocal taken
        for n in range(1000):
            taken = n
            yield n

    outcomes = run(tasks(), start, 2, timeout=5)
    for _ in range(10):
        next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert taken < 20
