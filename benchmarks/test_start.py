"""Start-up, from a fresh process each time; and what is installed."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from texts import CORPUS

ROOT = Path(__file__).parent.parent

COMMANDS = {
    "python alone": ["-c", "pass"],
    "import pressextract": ["-c", "import pressextract"],
    "pressextract --help": ["-m", "pressextract", "--help"],
    "import spacy": ["-c", "import spacy"],
    "first record": ["-m", "pressextract", "extract", str(CORPUS / "dev" / "da01.txt")],
}


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bare install of the wheel in an environment of its own: spaCy imports torch wherever there is one."""
    folder = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin" / "python"
    constraints = ["--constraint", ROOT / "constraints.txt"]
    subprocess.run([python, "-m", "pip", "install", "--quiet", *constraints, ROOT], check=True)
    return python


@pytest.mark.parametrize("what", COMMANDS)
def test_start(benchmark: BenchmarkFixture, bare: Path, what: str) -> None:
    benchmark.group = "start-up"
    benchmark.extra_info["what"] = what
    command = [bare, *COMMANDS[what]]
    benchmark.pedantic(subprocess.run, (command,), {"capture_output": True, "check": True}, rounds=7, warmup_rounds=1)


def test_size(benchmark: BenchmarkFixture, bare: Path, tmp_path: Path) -> None:
    benchmark.group = "size"
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, ROOT]
    benchmark.pedantic(subprocess.run, (build,), {"check": True}, rounds=1)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as content:
        unpacked = sum(member.file_size for member in content.infolist())
    files = (path for path in (bare.parent.parent / "lib").rglob("*") if path.is_file() and "pip" not in path.parts)
    installed = sum(path.stat().st_size for path in files)
    program = (
        "import pressextract; pressextract.load(threads=1)(open({!r}).read()); print(open('/proc/self/status').read())"
    )
    command = [bare, "-c", program.format(str(CORPUS / "dev" / "da01.txt"))]
    status = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024
    benchmark.extra_info["megabytes"] = {
        "wheel": wheel.stat().st_size / 1e6,
        "wheel unpacked": unpacked / 1e6,
        "bare install with all it needs": installed / 1e6,
        "peak memory of a worker": peak,
    }
