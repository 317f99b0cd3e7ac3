"""Batches on a local Ray: the records are those of a batch without it, whatever happens to an actor."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
import ray

from pressextract.batch import cluster
from pressextract.batch.cluster import run_on_ray
from pressextract.batch.runner import run_batch
from pressextract.batch.tasks import Settings
from pressextract.ray import extract_dataset
from pressextract.readers import Columns
from pressextract.tables import NESTED, SCHEMAS

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture(scope="module", autouse=True)
def local_ray() -> Iterator[None]:
    """Ray on this machine, with room for two workers and what reads for them."""
    ray.init(num_cpus=3, include_dashboard=False, logging_level="ERROR")
    yield
    ray.shutdown()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two Parquet files of releases, one row of which is empty."""
    folder = tmp_path_factory.mktemp("releases")
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("dev/*.txt"))] * 2
    for name, rows in (("a", texts[:-1]), ("2023/b", [texts[-1], ""])):
        (folder / name).parent.mkdir(exist_ok=True)
        table = pyarrow.table({"id": [f"{n}" for n in range(len(rows))], "text": rows})
        pyarrow.parquet.write_table(table, folder / f"{name}.parquet")
    return folder


@pytest.fixture(scope="module")
def expected(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    out = tmp_path_factory.mktemp("local")
    run_batch(source, out, print, format="parquet")
    return tables(out)


def tables(out: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table, in order of their keys."""
    rows = {table: pyarrow.parquet.read_table(out / f"{table}.parquet").to_pylist() for table in SCHEMAS}
    return {table: sorted(found, key=lambda row: (row["doc_id"], row.get("id", ""))) for table, found in rows.items()}


def kill_an_actor(killed: list[int]) -> None:
    """Kills one actor once its models are at work: when it has a child that took some seconds of the processor."""
    ticks = os.sysconf("SC_CLK_TCK")
    while not killed:
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if not (process / "cmdline").read_bytes().startswith(b"ray::MapWorker(MapBatches"):
                    continue
                children = " ".join(path.read_text() for path in process.glob("task/*/children")).split()
                seconds = [int(Path(f"/proc/{c}/stat").read_text().rpartition(")")[2].split()[11]) for c in children]
                if max(seconds) > 3 * ticks:
                    os.kill(int(process.name), signal.SIGKILL)
                    killed.append(int(process.name))
                    break
            except (OSError, ValueError):
                continue
        time.sleep(0.1)


def test_records_are_the_same_though_an_actor_is_killed(
    source: Path, expected: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "BLOCK_ROWS", 8)
    killed: list[int] = []
    killer = threading.Thread(target=kill_an_actor, args=(killed,), daemon=True)
    killer.start()
    log: list[str] = []
    summary = run_on_ray(source, tmp_path, log.append, workers=2)
    assert len(killed) == 1
    assert tables(tmp_path) == expected
    assert (summary.records, summary.failures) == (56, 1)
    assert log == ["2023/b/1: is empty; give it a text"]


def test_a_second_run_does_what_is_new(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()

    def write(name: str, text: str) -> None:
        pyarrow.parquet.write_table(pyarrow.table({"nr": [1], "text": [text]}), source / f"{name}.parquet")

    settings = Settings(columns=Columns(id="nr"), texts=False)
    write("a", "Siva gir NTNU 6 kroner.")
    write("b", "Siva gir NTNU 7 kroner.")
    run_on_ray(source, out, print, settings, workers=1, group_bytes=1)
    first = {path: path.stat().st_mtime_ns for path in out.glob("parts/*")}
    write("b", "Siva gir NTNU 8 kroner.")
    (source / "c.txt").write_text("Ingen tabell")
    pyarrow.parquet.write_table(pyarrow.table({"text": ["Uten id"]}), source / "d.parquet")
    log: list[str] = []
    summary = run_on_ray(source, out, log.append, settings, workers=1, group_bytes=1)
    assert [line.partition(": ")[2] for line in log] == [
        "is no Parquet file, or a damaged one; write it anew, or leave out --engine ray",
        "has no column 'nr'; name it with --id-column or --text-column",
    ]
    assert len(first.keys() & set(out.glob("parts/*"))) == 1
    assert summary.records == 2
    assert [(row["doc_id"], row["value"]) for row in tables(out)["amounts"]] == [("a/1", 6), ("b/1", 8)]
    assert [row["text"] for row in tables(out)["documents"]] == [None, None]


def test_a_dataset_of_one_s_own() -> None:
    ds = ray.data.from_items([{"id": "a", "text": "Siva gir NTNU 6 kroner."}, {"id": "b", "text": " "}])
    rows = {row["doc_id"]: row for row in extract_dataset(ds, workers=1).take_all()}
    assert set(rows["a"]) == set(NESTED.names)
    assert [o["name"] for o in rows["a"]["organisations"]] == ["Siva", "NTNU"]
    assert (rows["b"]["error"], rows["b"]["title"]) == ("is empty; give it a text", None)
    with pytest.raises(ValueError, match=r"no column text; name it in Settings\(columns=…\)"):
        extract_dataset(ds.drop_columns(["text"]))
