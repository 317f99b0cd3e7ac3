"""What README.md and docs/ say is so: their code runs, their commands and files are there, their lists are complete.

A block is run unless a comment over it says why not: ``<!-- not run: it takes hours -->``. Such a block has to compile.
Blocks of a page share a folder and, if they are Python, their names. What follows Python at once, as text, is its output.
"""

import json
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest
import typer
from markdown.extensions.toc import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token
from typer.testing import CliRunner

import pressextract
from pressextract.batch.sinks import SINKS
from pressextract.cli import app
from pressextract.pipeline import COMPONENTS, Extractor

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
GENERATED = runpy.run_path(str(ROOT / "docs" / "generate.py"))["PAGES"]
PAGES = [README, *(page for page in sorted((ROOT / "docs").glob("*.md")) if page.name not in GENERATED)]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]

RELEASES = {
    "havn": "Nordvik Havn får 2,5 millioner\n\nPublisert 2. mai 2023\n\n"
    "Siva gir Nordvik Havn 2,5 millioner kroner i tilskudd. Det sier direktør Ola Berg i Siva.",
    "kor": "Gave til koret\n\nBergen, 11. mars 2022\n\nSparebankstiftelsen DNB gir 400 000 kroner til Nordvik Kammerkor.",
}


class Block(NamedTuple):
    """A fenced block: its language, content, the line it starts at, why it is not run, and what it prints."""

    language: str
    content: str
    line: int
    not_run: str | None
    output: str | None


def tokens(page: Path) -> list[Token]:
    return MarkdownIt().enable("table").parse(page.read_text(encoding="utf-8"))


def blocks(page: Path) -> Iterator[Block]:
    found = tokens(page)
    for before, token, after in zip([None, *found], found, [*found[1:], None], strict=False):
        if token.type == "fence":
            reason = (
                re.match(r"<!-- not run: (.+) -->", before.content) if before and before.type == "html_block" else None
            )
            printed = after.content if token.info == "python" and after and after.info == "text" else None
            yield Block(token.info, token.content, (token.map or [0])[0] + 1, reason and reason[1], printed)


def inline_code(page: Path) -> list[str]:
    return [child.content for token in tokens(page) for child in token.children or () if child.type == "code_inline"]


def first_column(page: Path, heading: str) -> list[str]:
    """The code in the first cells of the table whose head starts with a word."""
    (table,) = re.findall(rf"^\| {heading} \|.*\n\|[ -|]+\n((?:\|.*\n)+)", page.read_text(encoding="utf-8"), re.M)
    return [code for row in table.splitlines() for code in re.findall(r"`([^`]+)`", row.split("|")[1])]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, nlp: Extractor, release: str) -> Path:
    """A folder in which there is what the pages speak of: texts, records in each format, gold, a model."""
    folder = tmp_path_factory.mktemp("workspace")
    texts = {"fjordlab": release, **RELEASES}
    (folder / "release.txt").write_text(release, encoding="utf-8")
    (folder / "releases").mkdir()
    for name, text in texts.items():
        (folder / "releases" / f"{name}.txt").write_text(text, encoding="utf-8")
    rows = [(name, nlp(text, doc_id=name).model_dump_json(), text) for name, text in texts.items()]
    for name, format in (("releases", "jsonl"), ("parquet", "parquet"), ("duckdb", "duckdb"), ("old", "jsonl")):
        (folder / "out" / name).mkdir(parents=True)
        SINKS[format](folder / "out" / name, rows)
    shutil.move(folder / "out" / "old", folder / "old")
    for split in ("dev", "train"):
        (folder / "corpus" / split).mkdir(parents=True)
        for file in sorted((ROOT / "corpus" / split).glob("*.*"))[:2]:
            shutil.copy(file, folder / "corpus" / split)
    for name in ("norne", "encoder"):
        (folder / name).mkdir()
    (folder / "models").mkdir()
    (folder / "models" / "mine").symlink_to(ROOT / "models" / "norne-small")
    return folder


@pytest.fixture(autouse=True)
def load_each_model_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pressextract, "load", LOAD)


LOAD = cache(pressextract.load)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_code_of_a_page_runs(
    page: Path, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(workspace, tmp_path, dirs_exist_ok=True, symlinks=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.cpu_count", lambda: 1)  # a worker is enough for three texts
    names: dict[str, Any] = {"__name__": "__main__"}
    for block in blocks(page):
        where = f"{page.name}, line {block.line}"
        match block.language:
            case "python" if not adds_words(page):
                code = compile(block.content, where, "exec")
                if not block.not_run:
                    capsys.readouterr()
                    exec(code, names)
                    printed = capsys.readouterr().out
                    assert block.output in (None, printed), where
            case "console":
                for line in block.content.splitlines():
                    assert line.startswith("$ "), where
                    run_command(shlex.split(line[2:], comments=True), run=not block.not_run)
            case "sql":
                with duckdb.connect(tmp_path / "out" / "duckdb" / "records.duckdb", read_only=True) as database:
                    assert database.sql(block.content).fetchall(), where
            case "json":
                json.loads(block.content)
            case language:
                assert language in {"python", "text", "toml"}, where


def run_command(words: list[str], run: bool) -> None:
    """Runs a line of a console, or checks what can be checked of it."""
    match [words[0].removeprefix(".venv/bin/"), *words[1:]]:
        case ["pressextract", *arguments] if run:
            result = CliRunner().invoke(app, arguments, prog_name="pressextract")
            assert result.exit_code == 0, (words, result.stderr)
        case ["pressextract", command, *arguments]:
            COMMANDS[command].make_context(command, arguments)
        case ["make", target]:
            assert target in make_targets()
        case ["pip", "install", what]:
            assert re.fullmatch(r"pressextract\[(\w+)\]", what)[1] in PROJECT["optional-dependencies"]  # type: ignore[index]
        case ["python", "-c", code]:
            compile(code, "-c", "exec")
        case _:
            pytest.fail(f"no way to check {words}")


def make_targets() -> set[str]:
    (phony,) = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    return set(phony.split())


def adds_words(page: Path) -> bool:
    return any(block.language == "toml" for block in blocks(page))


ADD_WORDS_AND_RUN = """
import json, re, sys, tomllib
from pressextract.lexicon import load_lexicon

def add(lexicon, words):
    for key, value in words.items():
        if isinstance(value, dict):
            add(lexicon[key], value)
        elif isinstance(value, list) and isinstance(lexicon, dict) and key in lexicon:
            lexicon[key] += value
        else:
            assert key not in lexicon and all(isinstance(v, type(value)) for v in lexicon.values()), key
            lexicon[key] = value

additions, code = json.load(sys.stdin)
for addition in additions:
    add(load_lexicon(re.match(r"# lexicon/(\\w+)\\.toml", addition)[1]), tomllib.loads(addition))
exec(code, {"__name__": "__main__"})
"""


def test_words_are_added_as_the_page_says(tmp_path: Path) -> None:
    """Each TOML box goes where its first line says; with all of them the page's Python prints what it says."""
    found = list(blocks(ROOT / "docs" / "extending.md"))
    additions = [block.content for block in found if block.language == "toml"]
    code = "".join(block.content for block in found if block.language == "python")
    (expected,) = (block.output for block in found if block.output)
    run = subprocess.run(
        [sys.executable, "-c", ADD_WORDS_AND_RUN],
        input=json.dumps([additions, code]),
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
    )
    assert (run.stdout, run.returncode) == (expected, 0), run.stderr


def test_the_question_has_the_same_answer_in_each_format(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace)
    questions = [block.content for block in blocks(ROOT / "docs" / "batch.md") if block.language == "sql"]
    with duckdb.connect(workspace / "out" / "duckdb" / "records.duckdb", read_only=True) as database:
        answers = [database.sql(question).fetchall() for question in questions]
    assert len(answers) == len(SINKS)
    assert answers == [answers[0]] * len(SINKS)
    assert answers[0][0] == (["Fjordlab AS"], ["Havbanken"], 6_000_000)


def test_readme_s_record_is_what_its_release_gives(nlp: Extractor, release: str) -> None:
    found = list(blocks(README))
    assert next(block.content for block in found if block.language == "text") == release
    shown = json.loads(next(block.content for block in found if block.language == "json"))
    record = json.loads(nlp(release, doc_id="release").model_dump_json())
    assert set(shown) == set(record)
    assert_shown(shown, record)


def assert_shown(shown: Any, real: Any) -> None:
    """All that is shown is in the real thing, which may have more keys; "…" ends what is cut."""
    match shown:
        case dict():
            for key in shown:
                assert_shown(shown[key], real[key])
        case list():
            for one, other in zip(shown, real, strict=True):
                assert_shown(one, other)
        case str() if shown.endswith("…"):
            assert real.startswith(shown[:-1])
        case float():
            assert real == pytest.approx(shown, abs=0.05)
        case _:
            assert shown == real


def test_lists_are_complete() -> None:
    named = [code for code in inline_code(README) if code in COMPONENTS]
    assert named == list(COMPONENTS)
    assert first_column(ROOT / "docs" / "library.md", "component") == list(COMPONENTS)
    assert {usage.split()[1] for usage in first_column(README, "command")} == set(COMMANDS)
    assert {usage.split()[1] for usage in first_column(README, "make")} == make_targets()


@pytest.mark.parametrize("name", GENERATED)
def test_a_page_made_from_the_program_is_up_to_date(name: str) -> None:
    """After a change of the records or the commands: ``python docs/generate.py``."""
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == GENERATED[name]()


@pytest.mark.parametrize("command", COMMANDS)
def test_the_example_of_a_command_can_be_used(command: str, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace)
    example = shlex.split(COMMANDS[command].epilog.removeprefix("Example: pressextract "))
    redirected = example.index(">") if ">" in example else None
    assert example[0] == command
    COMMANDS[command].make_context(command, example[1:redirected])


NOT_IN_THE_REPOSITORY = {"models/mine"}
"""Names of things that a user makes."""


@pytest.mark.parametrize("page", [README, *sorted((ROOT / "docs").glob("*.md"))], ids=lambda page: page.name)
def test_files_that_a_page_names_are_there(page: Path) -> None:
    places = (ROOT, ROOT / "src" / "pressextract")
    for code in inline_code(page):
        path = re.fullmatch(r"([\w.-]+)/[\w./*-]*", code)
        if path is None or code in NOT_IN_THE_REPOSITORY or not any((place / path[1]).is_dir() for place in places):
            continue
        if path[1] not in {"out", ".venv"}:
            assert any(list(place.glob(code.rstrip("/"))) for place in places), code


def test_readme_s_links_lead_somewhere() -> None:
    links = [c.attrs["href"] for t in tokens(README) for c in t.children or () if c.type == "link_open"]
    assert len(links) > 5
    for link in map(str, links):
        path, _, anchor = link.partition("#")
        assert (ROOT / path).is_file(), link
        headings = re.findall(r"^#+ (.+)$", (ROOT / path).read_text(encoding="utf-8"), re.M)
        assert not anchor or anchor in {slugify(heading, "-") for heading in headings}, link


def test_the_site_builds_without_warnings_and_fetches_nothing(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    run = subprocess.run(build, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    pages = {page.name: page.read_text(encoding="utf-8") for page in tmp_path.glob("*.html")}
    assert set(pages) == {"404.html", *(page.with_suffix(".html").name for page in (ROOT / "docs").glob("*.md"))}
    for name, page in pages.items():
        assert not re.search(r"<(?:script|img|iframe)[^>]* src=\"?(?:https?:)?//|<link[^>]* href=\"?https?://", page), (
            name
        )
