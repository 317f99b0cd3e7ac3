"""The commands as users run them, with the shipped model."""

import hashlib
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import pressextract
from pressextract.cli import app
from pressextract.records import PressRelease

LOAD = cache(pressextract.load)
COMMANDS = ("extract", "batch", "evaluate", "schema", "train")


@pytest.fixture(autouse=True)
def load_each_model_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pressextract, "load", LOAD)


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], input=stdin, prog_name="pressextract")


def records(result: Result) -> list[PressRelease]:
    return [PressRelease.model_validate_json(line) for line in result.stdout.splitlines()]


def one_line(result: Result) -> str:
    """All that went to stderr, which is one line and no traceback."""
    (line,) = result.stderr.splitlines()
    assert "Traceback" not in line
    return line


@pytest.fixture
def document(tmp_path: Path, release: str) -> Path:
    path = tmp_path / "fjordlab.txt"
    path.write_text(release, encoding="utf-8")
    return path


def test_help_names_every_command_and_each_has_an_example() -> None:
    overview = run("--help").stdout
    for command in COMMANDS:
        assert command in overview
        assert f"Example: pressextract {command}" in run(command, "--help").stdout


def test_help_loads_neither_spacy_nor_the_network_s_runtime() -> None:
    heavy = "{'spacy', 'onnxruntime', 'torch'}"
    code = f"import sys, pressextract.cli; print(*({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == ""


def test_extract_prints_one_record_a_line_with_quotes_from_the_text(document: Path, release: str) -> None:
    result = run("extract", document)
    assert (result.exit_code, result.stderr) == (0, "")
    (record,) = records(result)
    assert record.doc_id == "fjordlab"
    assert record.text_sha256 == hashlib.sha256(release.encode()).hexdigest()
    assert (record.title, str(record.published)) == ("Fjordlab får støtte til nytt testsenter", "2023-05-04")
    assert [release[a.span.start : a.span.end] for a in record.amounts] == ["6 millioner kroner"]
    assert "Kari Nordmann" in {p.name for p in record.people}


def test_extract_resolves_dates_against_published(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("I fjor fikk Fjordlab AS støtte.", encoding="utf-8")
    (record,) = records(run("extract", path, "--published", "2023-05-04"))
    assert [d.edtf for d in record.dates] == ["2022"]


def test_extract_reads_standard_input(release: str) -> None:
    (record,) = records(run("extract", "-", stdin=release.encode()))
    assert record.doc_id == "-"
    assert record.title == "Fjordlab får støtte til nytt testsenter"


@pytest.mark.parametrize("data", [b"", b"\n", bytes(range(256))])
def test_standard_input_without_text_is_one_line(data: bytes) -> None:
    result = run("extract", "-", stdin=data)
    assert (result.exit_code, result.stdout) == (1, "")
    assert one_line(result).startswith("-: ")


def test_extract_offsets_count_characters_of_the_text_as_it_is_in_the_file(tmp_path: Path) -> None:
    text = "\ufeffStøtte  til Fjordlab\r\n\r\nHavbanken gir 6\u00a0millioner&nbsp;kroner til Fjord\u00adlab AS.\r\n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    (record,) = records(run("extract", path))
    decoded = next(t for t in (text, text[1:]) if hashlib.sha256(t.encode()).hexdigest() == record.text_sha256)
    assert [decoded[a.span.start : a.span.end] for a in record.amounts] == ["6\u00a0millioner&nbsp;kroner"]


def make_bad(folder: Path, kind: str) -> Path:
    path = folder / "bad.txt"
    if kind == "empty":
        path.write_bytes(b"")
    elif kind == "blank":
        path.write_bytes(b" \n\n\t")
    elif kind == "binary":
        path.write_bytes(bytes(range(256)) * 40)
    elif kind == "folder":
        path.mkdir()
    elif kind == "dangling link":
        path.symlink_to(folder / "gone")
    elif kind == "12 MB line":
        path.write_text("Havbanken gir støtte til Fjordlab. " * 350_000, encoding="utf-8")
    return path


BAD = ("missing", "empty", "blank", "binary", "folder", "dangling link", "12 MB line")


@pytest.mark.parametrize("kind", BAD)
def test_extract_tells_of_a_bad_file_in_one_line_and_goes_on(tmp_path: Path, document: Path, kind: str) -> None:
    bad = make_bad(tmp_path, kind)
    result = run("extract", bad, document)
    assert result.exit_code == 1
    assert one_line(result).startswith(f"{bad}: ")
    assert [r.doc_id for r in records(result)] == ["fjordlab"]


@pytest.mark.parametrize("kind", [kind for kind in BAD if kind != "missing"])
def test_batch_names_a_bad_file_in_failures_and_goes_on(tmp_path: Path, document: Path, kind: str) -> None:
    bad = make_bad(tmp_path, kind)
    out = tmp_path / "out"
    result = run("batch", tmp_path, "--out", out)
    assert result.exit_code == 1
    (failure,) = map(json.loads, (out / "failures.jsonl").read_text(encoding="utf-8").splitlines())
    assert (failure["doc_id"], failure["path"]) == ("bad", str(bad))
    assert failure["error"] in result.stderr.splitlines()
    (line,) = (out / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert PressRelease.model_validate_json(line).doc_id == "fjordlab"


@pytest.mark.parametrize(
    "data", ["Støtte på 6 millioner kroner".encode("cp1252"), b"St\xc3\xb8tte \xff p\xe5 6 millioner kroner"]
)
def test_text_that_is_not_utf8_is_read_all_the_same(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    result = run("extract", path)
    assert result.exit_code == 0
    assert [a.value for a in records(result)[0].amounts] == [6_000_000]


def test_batch_says_what_it_found(tmp_path: Path, document: Path) -> None:
    out = tmp_path / "out"
    result = run("batch", tmp_path, "--out", out)
    assert result.exit_code == 0
    assert "organisations" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("1 records, 0 failed")
    (line,) = result.stderr.splitlines()
    assert line.startswith("1 of 1 documents, ") and line.endswith(" a second, 0 failed")
    assert (out / "failures.jsonl").read_bytes() == b""
    assert (out / "records.jsonl").read_bytes() == run("extract", document).stdout_bytes


def test_an_interrupted_batch_says_how_to_go_on(
    tmp_path: Path, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pressextract.batch.runner.run_batch", interrupted)
    result = run("batch", tmp_path, "--out", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (130, "")
    assert one_line(result).startswith("interrupted; the same command goes on")


def gold_folder(folder: Path, text: str) -> Path:
    gold: dict[str, Any] = {
        "language": "nb",
        "title": "Fjordlab får støtte til nytt testsenter",
        "published": "2023-05-04",
    }
    gold |= {name: [] for name in ("organisations", "people", "roles", "grants", "dates")}
    gold["amounts"] = [{"text": "6 millioner kroner", "value": 6000000, "count": 1}]
    (folder / "a.txt").write_text(text, encoding="utf-8")
    (folder / "a.json").write_text(json.dumps(gold), encoding="utf-8")
    return folder


def test_evaluate_prints_a_table_or_json(tmp_path: Path, release: str) -> None:
    gold = gold_folder(tmp_path, release)
    table = run("evaluate", gold)
    assert table.exit_code == 0
    assert "precision" in table.stdout
    scores = json.loads(run("evaluate", gold, "--json").stdout)
    assert scores["documents"] == 1
    assert scores["fields"]["amounts"]["f1"] == 1.0
    assert scores["fields"]["people"] | {"precision": 0.0, "recall": None, "f1": 0.0} == scores["fields"]["people"]
    assert scores["accuracies"] | {"title": 1.0, "published": 1.0, "language": 1.0} == scores["accuracies"]


def test_schema_writes_what_the_repository_has(tmp_path: Path) -> None:
    assert run("schema", "--out", tmp_path).exit_code == 0
    schemas = Path(__file__).parent.parent / "schemas"
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {p.name: p.read_bytes() for p in schemas.iterdir()}


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ("extract", "Missing argument"),
        ("extract {document} --published 4.5.2023", "--published"),
        ("extract {document} --published 2023-02-30", "--published"),
        ("extract {document} --model nosuch", "nosuch"),
        ("extract {document} --nosuch", "--nosuch"),
        ("batch {folder}/nosuch --out {folder}/out", "nosuch"),
        ("batch {document} --out {folder}/out", "no such folder"),
        ("batch {empty} --out {folder}/out", "no documents in it"),
        ("batch {folder} --out {document}", "fjordlab.txt"),
        ("batch {folder}", "--out"),
        ("evaluate {empty}", "no gold"),
        ("evaluate {bad_gold}", "a.json"),
        ("evaluate {folder}/nosuch", "nosuch"),
        ("train {folder}/nosuch --encoder {folder} --out {folder}/out", "nosuch"),
        ("schema --out {document}", "fjordlab.txt"),
        ("nosuch", "nosuch"),
    ],
)
def test_unusable_arguments_are_one_line_and_exit_code_2(
    tmp_path: Path, document: Path, arguments: str, problem: str
) -> None:
    empty, bad_gold = tmp_path / "empty", tmp_path / "bad_gold"
    empty.mkdir()
    bad_gold.mkdir()
    (bad_gold / "a.json").write_text("{}", encoding="utf-8")
    places = {"document": document, "folder": tmp_path, "empty": empty, "bad_gold": bad_gold}
    result = run(*(argument.format(**places) for argument in arguments.split()))
    assert result.exit_code == 2
    assert problem in one_line(result)
    assert result.stdout == ""


def test_training_without_its_packages_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    for name in ("pressextract.ner.train", "pressextract.ner.export"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    result = run("train", tmp_path, "--encoder", tmp_path, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "pip install 'pressextract[train]'" in one_line(result)


def test_the_module_is_the_command(document: Path) -> None:
    command = [sys.executable, "-m", "pressextract", "extract", str(document)]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert (result.returncode, result.stderr) == (0, "")
    assert PressRelease.model_validate_json(result.stdout).doc_id == "fjordlab"


def test_a_reader_that_stops_early_is_no_error(document: Path) -> None:
    command = f'"{sys.executable}" -m pressextract extract {" ".join([str(document)] * 20)} | head -c 10'
    result = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert (result.stdout, result.stderr) == ('{"schema_v', "")
