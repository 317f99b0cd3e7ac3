"""A page of 1,000 documents: how fast it is written and opened in a browser, and its size. Run with ``make bench``."""

import shutil
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_benchmark.fixture import BenchmarkFixture

import pressextract
from pressextract.records import PressRelease
from pressextract.view.document import page_document
from pressextract.view.documents import documents_page

CORPUS = Path(__file__).parent.parent / "corpus" / "dev"
DOCUMENTS = 1_000


@pytest.fixture(scope="module")
def releases() -> list[tuple[str, PressRelease]]:
    """Texts with their records; the corpus comes round several times."""
    nlp = pressextract.load()
    texts = [path.read_bytes().decode("utf-8") for path in sorted(CORPUS.glob("*.txt"))]
    return list(islice(cycle(zip(texts, nlp.pipe(texts), strict=True)), DOCUMENTS))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, releases: list[tuple[str, PressRelease]]) -> Path:
    return write(tmp_path_factory.mktemp("view") / "page.html", releases)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        yield started
        started.close()


def write(path: Path, releases: list[tuple[str, PressRelease]]) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(documents_page(page_document(record, text) for text, record in releases))
    return path


def open_in(browser: Browser, path: Path) -> None:
    """Opens a page in a new tab, until the marks of its first document are drawn."""
    tab = browser.new_page()
    tab.goto(path.as_uri())
    tab.wait_for_selector("#text .mark")
    tab.close()


def test_writing(benchmark: BenchmarkFixture, tmp_path: Path, releases: list[tuple[str, PressRelease]]) -> None:
    path = benchmark.pedantic(write, (tmp_path / "page.html", releases), rounds=1)
    benchmark.extra_info["megabytes"] = round(path.stat().st_size / 1e6, 1)


def test_opening(benchmark: BenchmarkFixture, browser: Browser, page: Path) -> None:
    benchmark.pedantic(open_in, (browser, page), rounds=5, warmup_rounds=1)


def test_the_first_search(benchmark: BenchmarkFixture, browser: Browser, page: Path) -> None:
    tab = browser.new_page()
    tab.goto(page.as_uri())
    tab.wait_for_selector("#text .mark")

    def search() -> None:
        tab.fill("#search", "kroner")
        tab.wait_for_selector("#found:not(:empty)")

    benchmark.pedantic(search, rounds=1)
