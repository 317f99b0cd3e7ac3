"""Text to records: from the start of a process, and many documents in one process. Run with ``make bench``."""

import re
import subprocess
import sys
from itertools import cycle, islice
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import pressextract

CORPUS = Path(__file__).parent.parent / "corpus"
DOCUMENTS = 500
WORDS = 400


@pytest.fixture(scope="module")
def documents() -> list[str]:
    """Texts of equal length, cut from the corpus with its line breaks; the corpus comes round several times."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*/*.txt"))]
    words = cycle(re.findall(r"\S+\s*", "\n\n".join(texts)))
    return ["".join(islice(words, WORDS)) for _ in range(DOCUMENTS)]


def test_process_start_to_first_record(benchmark: BenchmarkFixture) -> None:
    command = [sys.executable, "-m", "pressextract", "extract", str(next(CORPUS.glob("dev/*.txt")))]
    done = benchmark.pedantic(subprocess.run, (command,), {"capture_output": True, "check": True}, rounds=5)
    assert done.stdout.startswith(b"{")


def test_500_documents_of_400_words_in_one_process(benchmark: BenchmarkFixture, documents: list[str]) -> None:
    nlp = pressextract.load()
    nlp(documents[0])
    records = benchmark.pedantic(lambda: list(nlp.pipe(documents)), rounds=1)
    assert len(records) == DOCUMENTS
