"""Peers side by side, on the same texts, one after the other on one core: ours whole, our NER alone, and others' alone.

spaCy's and Stanza's models are trained on NorNE when the environment variable NORNE names its folder.
"""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import peers
import pytest
import spacy
from pytest_benchmark.fixture import BenchmarkFixture
from texts import cut_documents

import pressextract
from pressextract.ner.component import load_tagger
from pressextract.ner.sequences import sequences_of
from pressextract.normalise import normalise

pytestmark = pytest.mark.benchmark(timer=time.process_time)

DOCUMENTS, WORDS = 30, 400
ROUNDS = 3


@pytest.fixture(scope="module")
def documents() -> list[str]:
    return [normalise(d).text for d in cut_documents(DOCUMENTS, WORDS)]


@pytest.fixture(scope="module")
def sequences(documents: list[str]) -> list[list[list[str]]]:
    """The documents in words, as our tagger and Stanza's read them."""
    nlp = spacy.blank("nb")
    return [[words for _, words in sequences_of(nlp.make_doc(d))] for d in documents]


@pytest.fixture(scope="module")
def norne() -> Path:
    folder = peers.norne()
    if folder is None:
        pytest.skip("left out: make bench NORNE=DIR names the folder that this peer is trained on")
    return folder


Measure = Callable[[Callable[[], object]], None]


@pytest.fixture
def measure(benchmark: BenchmarkFixture, one_core: None, documents: list[str]) -> Measure:
    benchmark.group = "peers"
    benchmark.extra_info |= {"documents": DOCUMENTS, "words": sum(len(d.split()) for d in documents)}
    return lambda function: benchmark.pedantic(function, rounds=ROUNDS, warmup_rounds=1)


def test_our_ner_alone(measure: Measure, sequences: list[list[list[str]]]) -> None:
    tagger = load_tagger(threads=1)
    measure(lambda: [tagger.tag(s) for s in sequences])


def test_pressextract_whole(measure: Measure, documents: list[str]) -> None:
    nlp = pressextract.load(threads=1)
    measure(lambda: [nlp(d).model_dump_json() for d in documents])


def test_spacy_tok2vec_ner(measure: Measure, documents: list[str], norne: Path) -> None:
    nlp = spacy.load(peers.spacy_model(norne))
    measure(lambda: [nlp(d) for d in documents])


@pytest.mark.parametrize(
    "script", ["tests/ner/train_stanza.py", "benchmarks/published_stanza.py"], ids=["tiny", "published size"]
)
def test_stanza_ner(measure: Measure, sequences: list[list[list[str]]], norne: Path, script: str) -> None:
    pytest.importorskip("stanza", reason="left out: pip install 'pressextract[stanza]'")
    from pressextract.ner.stanza_tagger import StanzaTagger

    tagger = StanzaTagger(peers.stanza_models(norne, script), threads=1)
    measure(lambda: [tagger.tag(s) for s in sequences])


def test_search_dates(measure: Measure, documents: list[str]) -> None:
    search = pytest.importorskip("dateparser.search", reason="left out: pip install 'pressextract[bench]'")
    settings = {"DATE_ORDER": "DMY", "RELATIVE_BASE": datetime(2024, 1, 1)}
    measure(lambda: [search.search_dates(d, languages=["nb", "nn"], settings=settings) for d in documents])
