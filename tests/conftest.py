"""What several tests share: a release of our own, records made by hand, a browser to open pages in."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import spacy
from spacy.tokens import Doc
from spacy.util import filter_spans

import pressextract
from pressextract.pipeline import COMPONENTS, Extractor
from pressextract.records import Pipeline, PressRelease

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")

RELEASE = """\
Fjordlab får støtte til nytt testsenter

Publisert 04.05.2023

Havbanken gir 6 millioner kroner til Fjordlab AS over tre år. Pengene går til et testsenter i Florø.

– Dette gleder vi oss til, sier daglig leder Kari Nordmann i Fjordlab.

Kontakt:
Kari Nordmann, daglig leder, tlf. 22 00 00 01, kari@fjordlab.example
"""


@pytest.fixture(scope="session")
def release() -> str:
    """A short press release."""
    return RELEASE


@pytest.fixture
def make_record() -> Callable[..., PressRelease]:
    """Makes a record; what isn't given is empty."""

    def make(**parts: Any) -> PressRelease:
        defaults = {
            "doc_id": "a",
            "language": "nb",
            "text_sha256": "0" * 64,
            "pipeline": Pipeline(model="none", version="0"),
        }
        return PressRelease(**defaults | parts)

    return make


@pytest.fixture(scope="session")
def annotate() -> Callable[..., Doc]:
    """Runs every component but the NER model, whose names are given: ``annotate(text, people=[...], organisations=[...])``."""
    nlp = spacy.blank("nb")
    pipeline = [(name, nlp.create_pipe(name)) for name in COMPONENTS if name != "pressextract_ner"]

    def run(text: str, people: tuple[str, ...] = (), organisations: tuple[str, ...] = ()) -> Doc:
        doc = nlp.make_doc(text)
        found = [
            doc.char_span(m.start(), m.end(), label=label, alignment_mode="expand")
            for label, names in (("PER", people), ("ORG", organisations))
            for name in names
            for m in re.finditer(re.escape(name), text)
        ]
        doc.ents = filter_spans(found)
        for _, component in pipeline:
            doc = component(doc)
        return doc

    return run


@pytest.fixture(scope="session")
def nlp() -> Extractor:
    """The extractor with the shipped model."""
    return pressextract.load()


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Chromium, started once for a module."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        pytest.fail("no Chromium to test pages with; install it: apt-get install chromium", pytrace=False)
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=options)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: "Browser") -> Iterator[Callable[..., "Page"]]:
    """Opens a page, with options of a browser's context; that it logs or fetches anything fails the test."""
    contexts, said = [], list[str]()

    def start(path: Path, **options: Any) -> "Page":
        context = browser.new_context(**{"locale": "en-GB", "viewport": {"width": 1440, "height": 900}} | options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5_000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: said.append(request.url) if request.url != path.as_uri() else None)
        page.goto(path.as_uri())
        return page

    yield start
    for context in contexts:
        context.close()
    assert said == []
