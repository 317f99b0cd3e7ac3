"""What the benchmarks share: cores, memory, and the figures beside a time."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))


@pytest.fixture
def one_core() -> Iterator[None]:
    """Keeps this process, and those it starts, on one core."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    yield
    os.sched_setaffinity(0, cores)


@pytest.fixture
def two_cores() -> Iterator[None]:
    """Keeps this process, and those it starts, on two cores."""
    cores = os.sched_getaffinity(0)
    if len(cores) < 2:
        pytest.skip("needs two cores")
    os.sched_setaffinity(0, set(sorted(cores)[:2]))
    yield
    os.sched_setaffinity(0, cores)
