"""What several tests share: a release of our own, and records made by hand."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc
from spacy.util import filter_spans

import pressextract
from pressextract.pipeline import COMPONENTS, Extractor
from pressextract.records import Pipeline, PressRelease

RELEASE = """\
Fjordlab får støtte til nytt testsenter

Publisert 04.05.2023

Havbanken gir 6 millioner kroner til Fjordlab AS over tre år. Pengene går til et testsenter i Florø.

– Dette gleder vi oss til, sier daglig leder Kari Nordmann i Fjordlab.

Kontakt:
Kari Nordmann, daglig leder, tlf. 22 00 00 01, kari@fjordlab.example
"""


@pytest.fixture
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
