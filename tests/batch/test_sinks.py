"""Every sink gives back the records that it was given."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressextract.batch import sinks
from pressextract.batch.inputs import BatchError
from pressextract.batch.sinks import SINKS, sink, write_duckdb, write_parquet
from pressextract.records import Pipeline, PressRelease
from pressextract.tables import PARTS, SCHEMAS

WORDS = st.text(st.characters(codec="utf-8"), max_size=9)
SPANS = st.tuples(st.integers(0, 9), st.integers(9, 10**7)).map(lambda ends: {"start": ends[0], "end": ends[1]})
SUMS = st.integers(0, 10**19) | st.decimals("0.001", 10**8, places=6)  # numerals have fifteen digits at most
MONEY = {
    "value": SUMS,
    "upper": st.none() | SUMS,
    "currency": st.sampled_from(["NOK", "EUR"]),
    "modifier": st.sampled_from([None, "approx", "min", "max"]),
}
ENTITY = {"name": WORDS, "aliases": st.lists(WORDS, max_size=2), "mentions": st.lists(SPANS, max_size=2)}


@st.composite
def records(draw: st.DrawFn) -> PressRelease:
    """A record of any content."""
    bodies = [{"id": f"o{n}", **draw(st.fixed_dictionaries(ENTITY))} for n in range(draw(st.integers(0, 2)))]
    people = [{"id": f"p{n}", **draw(st.fixed_dictionaries(ENTITY))} for n in range(draw(st.integers(0, 2)))]
    parties = st.lists(st.sampled_from([e["id"] for e in (*bodies, *people)]), max_size=2) if bodies else st.just([])
    roles = st.fixed_dictionaries(
        {
            "title": WORDS,
            "person": st.sampled_from([p["id"] for p in people] or [""]),
            "confidence": st.floats(0, 1),
            "evidence": SPANS,
        }
    )
    grants = st.fixed_dictionaries(
        {
            "funders": parties,
            "recipients": parties,
            "amount": st.none() | st.fixed_dictionaries(MONEY),
            "duration": st.sampled_from([None, "P3Y"]),
            "confidence": st.floats(0, 1),
            "evidence": st.lists(SPANS, max_size=2),
        }
    )
    return PressRelease(
        doc_id=draw(WORDS),
        language=draw(st.sampled_from(["nb", "nn"])),
        title=draw(st.none() | WORDS),
        published=draw(st.none() | st.dates()),
        text_sha256="0" * 64,
        pipeline=Pipeline(model="none", version="0"),
        organisations=bodies,
        people=people,
        roles=draw(st.lists(roles, max_size=2)) if people else [],
        grants=draw(st.lists(grants, max_size=2)),
        amounts=draw(st.lists(st.fixed_dictionaries({**MONEY, "span": SPANS}), max_size=2)),
        dates=draw(st.lists(st.fixed_dictionaries({"edtf": st.none() | WORDS, "span": SPANS}), max_size=2)),
    )


def read_tables(tables: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[PressRelease, str | None]]:
    """The records that tables hold, by their rows' keys."""
    for document in tables["documents"]:
        text = document.pop("text")
        parts = {part: [row for row in tables[part] if row["doc_id"] == document["doc_id"]] for part in PARTS}
        for part, model in PARTS.items():
            kept = set(model.model_fields)
            document[part] = [{key: value for key, value in row.items() if key in kept} for row in parts[part]]
        yield PressRelease(**document), text


def read_back(folder: Path, name: str) -> Iterator[tuple[PressRelease, str | None]]:
    if name == "jsonl":
        lines = (folder / "records.jsonl").read_text(encoding="utf-8").removesuffix("\n").split("\n")
        texts = (folder / "texts.jsonl").read_text(encoding="utf-8").removesuffix("\n").split("\n")
        by_id = {text["doc_id"]: text["text"] for text in map(json.loads, filter(None, texts))}
        for line in filter(None, lines):
            record = PressRelease.model_validate_json(line)
            yield record, by_id.get(record.doc_id)
    elif name == "parquet":
        yield from read_tables({t: pyarrow.parquet.read_table(folder / f"{t}.parquet").to_pylist() for t in SCHEMAS})
    else:
        with duckdb.connect(str(folder / "records.duckdb"), read_only=True) as database:
            yield from read_tables(
                {t: database.sql(f"SELECT * FROM {t}").to_arrow_table().to_pylist() for t in SCHEMAS}
            )


@pytest.mark.parametrize("name", SINKS)
@given(st.lists(st.tuples(records(), st.none() | WORDS), max_size=3, unique_by=lambda row: row[0].doc_id))
@settings(max_examples=40, deadline=None)
def test_records_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, name: str, rows: list[tuple[PressRelease, str | None]]
) -> None:
    folder = tmp_path_factory.mktemp("sink")
    SINKS[name](folder, ((record.doc_id, record.model_dump_json(), text) for record, text in rows))
    assert list(read_back(folder, name)) == rows
    assert not list(folder.glob("*.partial*"))


def test_many_records_are_written_in_parts(
    tmp_path: Path, make_record: Callable[..., PressRelease], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sinks, "CHUNK", 10)
    monkeypatch.setattr(sinks, "ROW_GROUP_BYTES", 5_000)
    rows = [(str(n), make_record(doc_id=str(n)).model_dump_json(), "tekst") for n in range(300)]
    write_parquet(tmp_path, rows)
    file = pyarrow.parquet.ParquetFile(tmp_path / "documents.parquet")
    assert file.num_row_groups > 3
    assert file.read()["doc_id"].to_pylist() == [str(n) for n in range(300)]


def test_duckdb_names_what_ids_stand_for(tmp_path: Path, make_record: Callable[..., PressRelease]) -> None:
    text = "🎉 Siva gir Halti 6 kroner, sier leder Kari Nordmann."
    record = make_record(
        organisations=[{"id": "o1", "name": "Siva"}, {"id": "o2", "name": "Halti"}],
        people=[{"id": "p1", "name": "Kari Nordmann"}],
        roles=[{"person": "p1", "title": "leder", "confidence": 1, "evidence": {"start": 33, "end": 52}}],
        grants=[
            {"funders": ["o1"], "recipients": ["o2", "p1"], "amount": {"value": 6}, "confidence": 1, "evidence": [{"start": 2, "end": 25}]}
        ],
    )  # fmt: skip
    write_duckdb(tmp_path, [("a", record.model_dump_json(), text)])
    with duckdb.connect(str(tmp_path / "records.duckdb")) as database:
        grants = database.execute("SELECT funders, recipients, value, quote FROM named_grants").fetchall()
        roles = database.execute("SELECT person, title, organisation, quote FROM named_roles").fetchall()
    assert grants == [(["Siva"], ["Halti", "Kari Nordmann"], 6, text[2:25])]
    assert roles == [("Kari Nordmann", "leder", None, text[33:52])]


@pytest.mark.parametrize("name", SINKS)
def test_what_fails_leaves_the_last_files(tmp_path: Path, make_record: Callable[..., PressRelease], name: str) -> None:
    def broken() -> Iterator[tuple[str, str, str]]:
        yield "a", make_record().model_dump_json(), "ny"
        raise sqlite3.OperationalError

    row = ("a", make_record().model_dump_json(), "gammel")
    SINKS[name](tmp_path, [row])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(sqlite3.OperationalError):
        SINKS[name](tmp_path, broken())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_missing_library_is_told_before_work_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sinks, "find_spec", lambda module: None)
    with pytest.raises(BatchError, match=r"--format duckdb needs duckdb: pip install 'pressextract\[duckdb\]'"):
        sink("duckdb")
    assert sink("jsonl") is SINKS["jsonl"]
