"""Text to record, and where the time goes."""

import time
from collections import defaultdict

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from texts import cut_documents

import pressextract
from pressextract.normalise import normalise
from pressextract.pipeline import Extractor

DOCUMENTS, WORDS = 30, 400


@pytest.fixture(scope="module")
def documents() -> list[str]:
    return cut_documents(DOCUMENTS, WORDS)


def on(benchmark: BenchmarkFixture, documents: list[str]) -> None:
    benchmark.group = "end to end"
    benchmark.extra_info |= {"documents": len(documents), "words": sum(len(d.split()) for d in documents)}


@pytest.mark.benchmark(timer=time.process_time)
def test_one_core(benchmark: BenchmarkFixture, one_core: None, documents: list[str]) -> None:
    on(benchmark, documents)
    nlp = pressextract.load(threads=1)
    nlp(documents[0])
    benchmark.pedantic(lambda: [nlp(d).model_dump_json() for d in documents], rounds=3, warmup_rounds=1)


def test_two_cores_in_one_process(benchmark: BenchmarkFixture, two_cores: None, documents: list[str]) -> None:
    on(benchmark, documents)
    nlp = pressextract.load(threads=2)
    nlp(documents[0])
    benchmark.pedantic(lambda: [r.model_dump_json() for r in nlp.pipe(documents)], rounds=3, warmup_rounds=1)


@pytest.mark.parametrize("workers", [1, 2])
def test_workers(benchmark: BenchmarkFixture, two_cores: None, documents: list[str], workers: int) -> None:
    """What a second worker process gives, once both have started."""
    many = documents * 8
    on(benchmark, many)
    nlp = pressextract.load(threads=1)
    if workers == 1:
        benchmark.pedantic(lambda: list(map(nlp, many)), rounds=1)
    else:
        begun = time.perf_counter()
        list(nlp.pipe(many[:workers], batch_size=1, n_process=workers))
        benchmark.extra_info["start"] = time.perf_counter() - begun
        benchmark.pedantic(lambda: list(nlp.pipe(many, batch_size=8, n_process=workers)), rounds=1)


def test_where_the_time_goes(benchmark: BenchmarkFixture, one_core: None, documents: list[str]) -> None:
    """Processor time of each component, in microseconds a word."""
    benchmark.group = "components"
    nlp = pressextract.load(threads=1)
    spent: dict[str, float] = defaultdict(float)
    for document in documents[:5]:
        spend(nlp, document, spent)
    spent.clear()
    benchmark.pedantic(lambda: [spend(nlp, d, spent) for d in documents], rounds=1)
    words = sum(len(d.split()) for d in documents)
    benchmark.extra_info["components"] = {name: 1e6 * seconds / words for name, seconds in spent.items()}


def spend(nlp: Extractor, text: str, spent: dict[str, float]) -> None:
    """Adds what each step takes for one document."""
    clock = time.process_time

    def lap(name: str) -> None:
        nonlocal last
        spent[name] += clock() - last
        last = clock()

    last = clock()
    source = normalise(text)
    lap("normalise")
    doc = nlp.nlp.make_doc(source.text)
    lap("tokenizer (spaCy)")
    for name, component in nlp.nlp.pipeline:
        doc = component(doc)
        lap(name.removeprefix("pressextract_"))
    record = nlp.record(doc, source)
    lap("record")
    record.model_dump_json()
    lap("JSON")
