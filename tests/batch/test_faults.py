"""What a batch survives: real processes, real signals, real disks."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("counting.py")
FORMATS = ("jsonl", "parquet", "duckdb")


def batch(source: Path, out: Path, format: str = "jsonl") -> subprocess.Popen[str]:
    """A batch in a process of its own, with the stand-in for the models."""
    command = [sys.executable, str(PROGRAM), str(source), str(out), format]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def finish(source: Path, out: Path, format: str = "jsonl") -> tuple[int, str]:
    process = batch(source, out, format)
    _, errors = process.communicate(timeout=120)
    return process.returncode, errors


def output(out: Path) -> set[str]:
    """The records and failures of a batch, each of which stands there once."""
    lines = [line for name in ("records", "failures") for line in (out / f"{name}.jsonl").read_text().splitlines()]
    assert len(lines) == len(set(lines))
    return set(lines)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Three hundred documents, one of them empty, one with a row each for ten."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(289):
        (folder / f"{number:03}.txt").write_text(f"tekst {number}")
    (folder / "tom.txt").touch()
    (folder / "rader.jsonl").write_text("".join(f'{{"id": "{n}", "text": "rad {n}"}}\n' for n in range(10)))
    return folder


@pytest.fixture
def undisturbed(source: Path, tmp_path: Path) -> set[str]:
    """What a batch that nothing happens to writes."""
    assert finish(source, tmp_path / "undisturbed") == (0, "")
    found = output(tmp_path / "undisturbed")
    assert len(found) == 300
    return found


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a disk in memory with the options given; needs root, or a kernel that lends it."""
    mounted = []

    def mount(options: str) -> Path:
        folder = tmp_path / "disk"
        folder.mkdir(exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True)
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "--lazy", folder], check=True)


def test_thirty_kills_at_any_instant(source: Path, undisturbed: set[str], tmp_path: Path) -> None:
    out = tmp_path / "killed"
    chance = random.Random(7)
    stopped = 0
    for number in range(30):
        process = batch(source, out, FORMATS[number % 3])
        time.sleep(chance.uniform(0.3, 2.5))
        stopped += process.poll() is None
        process.send_signal(chance.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT]))
        process.communicate()
        if (out / "failures.jsonl").exists() and (out / "records.jsonl").exists():
            assert output(out) == undisturbed  # whole, or not there
    assert stopped > 5
    assert finish(source, out) == (0, "")
    assert output(out) == undisturbed
    assert not list(out.glob("*.partial"))


def test_a_worker_killed_from_outside(source: Path, undisturbed: set[str], tmp_path: Path) -> None:
    process = batch(source, tmp_path / "out")
    killed = 0
    while killed < 3 and process.poll() is None:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        for child in children[-1:]:
            try:
                if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                    os.kill(int(child), signal.SIGKILL)
                    killed += 1
            except (OSError, ProcessLookupError):
                pass
        time.sleep(0.7)
    _, errors = process.communicate(timeout=120)
    assert killed > 0
    if process.returncode:  # it was killed before it was ready: told in one line, and the same command goes on
        assert errors.count("\n") == 1 and "can't start" in errors
        finish(source, tmp_path / "out")
    assert output(tmp_path / "out") == undisturbed


def test_a_full_disk(source: Path, undisturbed: set[str], small_disk: Callable[[str], Path]) -> None:
    out = small_disk("size=256k")
    code, errors = finish(source, out)
    assert code == 2
    assert errors.startswith(f"{out}") and errors.count("\n") == 1
    assert not (out / "records.jsonl").exists()
    subprocess.run(["mount", "-o", "remount,size=16m", out], check=True)
    for format in FORMATS:
        assert finish(source, out, format) == (0, "")
    assert output(out) == undisturbed


@pytest.mark.parametrize("format", ["parquet", "duckdb"])
def test_a_disk_that_fills_up_when_all_is_done(source: Path, small_disk: Callable[[str], Path], format: str) -> None:
    out = small_disk("size=16m")
    assert finish(source, out)[0] == 0
    room = shutil.disk_usage(out).free
    (out / "fill").write_bytes(b"0" * (room - 8_192))
    code, errors = finish(source, out, format)
    assert code == 2 and errors.count("\n") == 1
    assert not list(out.glob("*.parquet")) and not (out / "records.duckdb").exists()
    (out / "fill").unlink()
    assert finish(source, out, format) == (0, "")


def test_a_folder_that_can_not_be_written(source: Path, small_disk: Callable[[str], Path]) -> None:
    out = small_disk("size=16m,ro")
    code, errors = finish(source, out)
    assert code == 2
    assert errors.startswith(f"{out}") and errors.count("\n") == 1


def test_a_file_deleted_meanwhile(source: Path, undisturbed: set[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = batch(source, out)
    while not (out / "journal.sqlite").exists():
        time.sleep(0.01)
    (source / "288.txt").unlink()
    process.communicate(timeout=120)
    assert process.returncode == 0
    found = output(out)
    assert undisturbed - found == {line for line in undisturbed if '"288"' in line}
    (source / "288.txt").write_text("tekst 288")
    assert finish(source, out) == (0, "")
    assert output(out) == undisturbed
