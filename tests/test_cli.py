"""The commands as users run them, with the shipped model."""

import gc
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
from pressextract.tables import SCHEMAS

LOAD = cache(pressextract.load)
COMMANDS = ("extract", "batch", "evaluate", "annotate", "schema", "train", "view")


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


@pytest.mark.parametrize("model", ["norne-small", "nosuch"])
def test_the_garbage_collector_rests_only_while_a_model_is_loaded(document: Path, model: str) -> None:
    run("extract", document, "--model", model)
    assert gc.isenabled()


def test_help_names_every_command_and_each_has_an_example() -> None:
    overview = run("--help").stdout
    for command in COMMANDS:
        assert command in overview
        assert f"Example: pressextract {command}" in run(command, "--help").stdout


def test_help_loads_neither_spacy_nor_the_network_s_runtime() -> None:
    heavy = "{'spacy', 'onnxruntime', 'torch', 'jinja2'}"
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
    elif kind == "11 MB line":
        path.write_text("Havbanken gir støtte til Fjordlab. " * 320_000, encoding="utf-8")
    return path


BAD = ("missing", "empty", "blank", "binary", "folder", "dangling link", "11 MB line")


@pytest.mark.parametrize("kind", BAD)
def test_extract_tells_of_a_bad_file_in_one_line_and_goes_on(tmp_path: Path, document: Path, kind: str) -> None:
    bad = make_bad(tmp_path, kind)
    result = run("extract", bad, document)
    assert result.exit_code == 1
    assert one_line(result).startswith(f"{bad}: ")
    assert [r.doc_id for r in records(result)] == ["fjordlab"]


@pytest.mark.parametrize("kind", [kind for kind in BAD if kind not in ("missing", "folder")])
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
    line = result.stderr.splitlines()[-1]
    assert line.startswith("1 of 1 documents, ") and line.endswith(" a second, 0 failed")
    assert (out / "failures.jsonl").read_bytes() == b""
    assert (out / "records.jsonl").read_bytes() == run("extract", document).stdout_bytes


@pytest.mark.parametrize(
    ("format", "files"),
    [
        ("jsonl", {"records.jsonl", "texts.jsonl"}),
        ("parquet", {f"{table}.parquet" for table in SCHEMAS}),
        ("duckdb", {"records.duckdb"}),
    ],
)
def test_batch_writes_the_format_that_is_asked_for(
    tmp_path: Path, document: Path, format: str, files: set[str]
) -> None:
    out = tmp_path / "out"
    result = run("batch", tmp_path, "--out", out, "--format", format)
    assert result.exit_code == 0
    assert {path.name for path in out.iterdir()} == files | {"failures.jsonl", "journal.sqlite"}
    assert Path(result.stdout.splitlines()[-1].rpartition(": ")[2]).exists()


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (["--engine", "ray"], "--engine ray writes Parquet: add --format parquet"),
        (["--format", "xml"], "Invalid value for '--format': "),
        (["--workers", "-1"], "Invalid value for '--workers': "),
    ],
)
def test_batch_refuses_options_in_one_line(tmp_path: Path, document: Path, options: list[str], line: str) -> None:
    result = run("batch", tmp_path, "--out", tmp_path / "out", *options)
    assert result.exit_code == 2
    assert line in one_line(result)
    assert not (tmp_path / "out").exists()


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


def test_evaluate_shows_what_changed_and_writes_a_report(tmp_path: Path, release: str) -> None:
    gold = gold_folder(tmp_path, release)
    (record,) = records(run("extract", gold / "a.txt"))
    other, report = tmp_path / "records.jsonl", tmp_path / "report.html"
    other.write_text(record.model_copy(update={"amounts": ()}).model_dump_json(), encoding="utf-8")
    result = run("evaluate", gold, "--against", other, "--report", report, "--json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert data["against"]["fields"]["amounts"] | {"before": 0, "after": 1} == data["against"]["fields"]["amounts"]
    assert [(c["kind"], c["item"][0]) for c in data["against"]["better"]] == [("found", "6 millioner kroner")]
    assert data["model"] == record.pipeline.model
    assert "Kari Nordmann" in report.read_text(encoding="utf-8")


def test_evaluate_reads_gold_of_other_tools(tmp_path: Path, release: str) -> None:
    start = release.index("Havbanken")
    folder = tmp_path / "brat"
    folder.mkdir()
    (folder / "a.txt").write_text(release, encoding="utf-8")
    (folder / "a.ann").write_text(f"T1\tOrganisation {start} {start + 9}\tHavbanken\n", encoding="utf-8")
    task = {"data": {"text": release}, "annotations": [{"result": [
        {"id": "x", "type": "labels", "value": {"start": start, "end": start + 9, "labels": ["Organisation"]}}
    ]}]}  # fmt: skip
    (tmp_path / "export.json").write_text(json.dumps([task]), encoding="utf-8")
    for gold in (folder, tmp_path / "export.json"):
        data = json.loads(run("evaluate", gold, "--json").stdout)
        assert data["fields"] == {}
        assert data["mentions"]["ORG"]["strict"]["recall"] == 1
    words = [("Kari", "B-PER"), ("Nordmann", "I-PER"), ("smiler", "O"), (".", "O")]
    rows = (f"{i}\t{word}{7 * chr(9)}\tname={tag}\n" for i, (word, tag) in enumerate(words, 1))
    (tmp_path / "a.conllu").write_text("".join(rows), encoding="utf-8")
    result = run("evaluate", tmp_path / "a.conllu")
    assert result.exit_code == 0
    assert "PER" in result.stdout


def test_annotate_writes_gold_in_which_evaluate_finds_nothing_wrong(tmp_path: Path, document: Path) -> None:
    gold = tmp_path / "gold"
    result = run("annotate", document.parent, "--out", gold)
    assert (result.exit_code, result.stdout) == (0, f"1 documents to correct: {gold}\n")
    assert (gold / "fjordlab.txt").read_bytes() == document.read_bytes()
    data = json.loads(run("evaluate", gold, "--json").stdout)
    assert data["errors"] == []
    assert {field: of["f1"] for field, of in data["fields"].items()} == dict.fromkeys(data["fields"], 1.0)
    tasks = json.loads((gold / "label_studio" / "import.json").read_text(encoding="utf-8"))
    for task in tasks:
        task["annotations"] = task.pop("predictions")
    (tmp_path / "export.json").write_text(json.dumps(tasks), encoding="utf-8")
    assert json.loads(run("evaluate", tmp_path / "export.json", "--json").stdout)["errors"] == []
    assert "<Labels" in (gold / "label_studio" / "labels.xml").read_text(encoding="utf-8")


def test_annotate_overwrites_no_corrections(tmp_path: Path, document: Path) -> None:
    gold = tmp_path / "gold"
    run("annotate", document, "--out", gold)
    (gold / "fjordlab.json").write_text("corrected", encoding="utf-8")
    result = run("annotate", document, "--out", gold)
    assert (result.exit_code, result.stdout) == (2, "")
    assert one_line(result).startswith(f"{gold / 'fjordlab.json'}: is there already")
    assert (gold / "fjordlab.json").read_text(encoding="utf-8") == "corrected"
    assert run("annotate", document, "--out", gold, "--overwrite").exit_code == 0
    assert json.loads((gold / "fjordlab.json").read_text(encoding="utf-8"))["language"] == "nb"


def test_annotate_overwrites_no_text_that_differs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Støtte på 6 millioner kroner".encode("cp1252"))
    result = run("annotate", tmp_path, "--out", tmp_path)
    assert result.exit_code == 2
    assert one_line(result).startswith(f"{tmp_path / 'a.txt'}: is there already")
    assert (tmp_path / "a.txt").read_bytes() == "Støtte på 6 millioner kroner".encode("cp1252")


def test_annotate_gives_two_documents_no_one_name(tmp_path: Path, release: str) -> None:
    for path in (tmp_path / "in" / "a" / "b.txt", tmp_path / "in" / "a_b.txt"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(release, encoding="utf-8")
    result = run("annotate", tmp_path / "in", "--out", tmp_path / "gold")
    assert result.exit_code == 1
    assert one_line(result).startswith(f"{tmp_path / 'in' / 'a_b.txt'}: would be called a_b")
    assert [p.name for p in (tmp_path / "gold").glob("*.json")] == ["a_b.json"]


@pytest.mark.parametrize("kind", [kind for kind in BAD if kind not in ("missing", "folder")])
def test_annotate_names_a_bad_file_and_goes_on(tmp_path: Path, document: Path, kind: str) -> None:
    make_bad(document.parent, kind)
    result = run("annotate", document.parent, "--out", tmp_path / "gold")
    assert result.exit_code == 1
    assert "bad" in one_line(result)
    assert (tmp_path / "gold" / "fjordlab.json").exists()


def test_view_writes_a_page_of_documents_and_of_a_batch_s_records(tmp_path: Path, document: Path, release: str) -> None:
    page, again = tmp_path / "a.html", tmp_path / "b.html"
    result = run("view", document, "--out", page)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{page}\n", "")
    (tmp_path / "records.jsonl").write_bytes(run("extract", document).stdout_bytes)
    texts = json.dumps({"doc_id": "fjordlab", "text": release})
    (tmp_path / "texts.jsonl").write_text(texts, encoding="utf-8")
    assert run("view", tmp_path / "records.jsonl", "--out", again).exit_code == 0
    assert again.read_bytes() == page.read_bytes()
    assert b"Havbanken gir 6 millioner kroner" in page.read_bytes()


def test_view_tells_of_what_it_cannot_show_and_shows_the_rest(tmp_path: Path, document: Path) -> None:
    page = tmp_path / "page.html"
    missing = tmp_path / "missing.txt"
    result = run("view", missing, document, "--out", page)
    assert (result.exit_code, result.stdout) == (1, f"{page}\n")
    assert one_line(result).startswith(f"{missing}: no such file")
    page.unlink()
    result = run("view", missing, "--out", page)
    assert (result.exit_code, result.stdout, page.exists()) == (1, "", False)


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
        ("evaluate {document}", "no gold"),
        ("evaluate {good_gold} --against {document}", "fjordlab.txt: line 1 is no record"),
        ("evaluate {good_gold} --against {folder}/nosuch", "nosuch"),
        ("evaluate {conllu} --against {document}", "--against compares records"),
        ("evaluate {good_gold} --report {folder}/nosuch/report.html", "nosuch"),
        ("annotate {folder}/nosuch --out {folder}/out", "nosuch"),
        ("annotate {empty} --out {folder}/out", "no documents in it"),
        ("annotate {document} --out {document}", "fjordlab.txt"),
        ("annotate {document}", "--out"),
        ("train {folder}/nosuch --encoder {folder} --out {folder}/out", "nosuch"),
        ("schema --out {document}", "fjordlab.txt"),
        ("view {document} --out {document}", "can't be written"),
        ("view {document} --out {folder}/nosuch/page.html", "nosuch"),
        ("view {folder}/blank.jsonl --out {folder}/page.html", "no documents in it"),
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
    (tmp_path / "good_gold").mkdir()
    good_gold = gold_folder(tmp_path / "good_gold", document.read_text(encoding="utf-8"))
    conllu = tmp_path / "names.conllu"
    conllu.write_text("", encoding="utf-8")
    (tmp_path / "blank.jsonl").write_text("\n", encoding="utf-8")
    places = {"document": document, "folder": tmp_path, "empty": empty, "bad_gold": bad_gold}
    places |= {"good_gold": good_gold, "conllu": conllu}
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
