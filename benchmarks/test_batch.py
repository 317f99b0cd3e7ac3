"""Batches: memory while twenty thousand documents go by, and what a second worker brings. Run with ``make bench``."""

import os
import re
import time
from itertools import cycle, islice
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from pressextract.batch.runner import Progress, run_batch

CORPUS = Path(__file__).parent.parent / "corpus"
MANY, FEW = 20_000, 1_500
PARAGRAPHS = 2
EARLY = 2_000


def write_documents(folder: Path, number: int) -> Path:
    """Short documents of the corpus' paragraphs, in folders of a thousand."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*/*.txt")))
    paragraphs = cycle([p for text in texts for p in re.split(r"\n\s*\n", text) if p.strip()])
    for n in range(number):
        path = folder / str(n // 1000) / f"{n}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(islice(paragraphs, PARAGRAPHS)), encoding="utf-8")
    return folder


def memory() -> dict[str, float]:
    """The megabytes of this process and the most of any child that it has, as the system counts what is their own."""
    children = [pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()]
    return {"parent": private("self"), "worker": max(map(private, children), default=0.0)}


def private(process: int | str) -> float:
    sizes = Path(f"/proc/{process}/smaps_rollup").read_text()
    return sum(int(size) for size in re.findall(r"^Private_\w+:\s+(\d+) kB", sizes, re.MULTILINE)) / 1e3


def test_memory_over_20000_documents(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    source = write_documents(tmp_path / "in", MANY)
    samples: list[tuple[int, dict[str, float]]] = []

    def report(progress: Progress) -> None:
        if progress.done % 500 == 0:
            samples.append((progress.done, memory()))

    summary = benchmark.pedantic(
        run_batch, (source, tmp_path / "out", print), {"workers": 2, "report": report}, rounds=1
    )
    assert (summary.records, summary.failures) == (MANY, 0)
    for of in ("parent", "worker"):
        early = max(sample[of] for done, sample in samples if done <= EARLY)
        late = max(sample[of] for done, sample in samples if done > EARLY)
        benchmark.extra_info |= {f"{of}: MB until {EARLY}": early, f"{of}: MB after": late}


@pytest.mark.parametrize("workers", range(1, (os.cpu_count() or 1) + 1))
def test_documents_a_second(benchmark: BenchmarkFixture, tmp_path: Path, workers: int) -> None:
    source = write_documents(tmp_path / "in", FEW)
    times: dict[int, float] = {}

    def report(progress: Progress) -> None:
        times[progress.done] = time.perf_counter()

    benchmark.pedantic(run_batch, (source, tmp_path / "out", print), {"workers": workers, "report": report}, rounds=1)
    warm = FEW // 10  # by then all workers are at work
    benchmark.extra_info["documents a second"] = (FEW - warm) / (times[FEW] - times[warm])
