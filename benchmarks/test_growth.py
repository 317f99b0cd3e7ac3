"""How time and memory grow with a document and with a folder; the largest of each with ``make bench LARGE=1``."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from texts import cut_documents, long_document

LARGE = bool(os.environ.get("LARGE"))
WORDS = [100, 1_000, 10_000, 100_000] + [1_000_000] * LARGE
DOCUMENTS = [100, 300, 1_000] + [20_000] * LARGE
SHORT = 30
"""Words of a folder's documents."""

PROGRAM = """
import json, re, sys, time, pressextract
from pathlib import Path

def peak():  # of this process alone: what resource tells has that of the one that started it
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

nlp = pressextract.load(threads=1)
nlp(Path(sys.argv[1]).read_text()[:2000])
base = peak()
text = Path(sys.argv[1]).read_text()
begun = time.process_time()
nlp(text).model_dump_json()
seconds = time.process_time() - begun
print(json.dumps({"seconds": seconds, "megabytes": peak() - base}))
"""


@pytest.mark.parametrize("words", WORDS)
def test_document(benchmark: BenchmarkFixture, one_core: None, tmp_path: Path, words: int) -> None:
    """Processor time of one document in a process of its own, the models loaded; memory above theirs."""
    benchmark.group = "growth of a document"
    path = tmp_path / "document.txt"
    path.write_text(long_document(words), encoding="utf-8")
    command = [sys.executable, "-c", PROGRAM, path]
    done = benchmark.pedantic(subprocess.run, (command,), {"capture_output": True, "check": True}, rounds=1)
    benchmark.extra_info |= {"words": words} | json.loads(done.stdout)


@pytest.mark.parametrize("documents", DOCUMENTS)
def test_folder(benchmark: BenchmarkFixture, two_cores: None, tmp_path: Path, documents: int) -> None:
    """A folder of short documents through ``pressextract batch`` with two workers; peak memory of any process."""
    benchmark.group = "growth of a folder"
    source = tmp_path / "in"
    source.mkdir()
    for number, text in enumerate(cut_documents(documents, SHORT)):
        (source / f"{number}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", FOLDER_PROGRAM, source, tmp_path / "out"]
    done = benchmark.pedantic(subprocess.run, (command,), {"capture_output": True, "check": True}, rounds=1)
    benchmark.extra_info |= {"documents": documents} | json.loads(done.stdout.splitlines()[-1])


FOLDER_PROGRAM = """
import json, resource, subprocess, sys, time
begun = time.perf_counter()
subprocess.run([sys.executable, "-m", "pressextract", "batch", sys.argv[1], "--out", sys.argv[2], "--workers", "2"],
               check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
seconds = time.perf_counter() - begun
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "megabytes": peak}))
"""
