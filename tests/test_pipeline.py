"""Text to record: what holds for every text, and the record of one release as a whole."""

import json
import multiprocessing
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from decimal import Decimal

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pressextract
from pressextract.pipeline import COMPONENTS, Extractor
from pressextract.records import PressRelease, Span

WORDS = st.sampled_from(
    ["Kari Nordmann", "Siva", "direktør", "i", "gir", "6 millioner kroner", "til", "Nordvik AS", ",", ".", "\n", "\n\n", "•", "3. mai", "–", "(", ")",
     "kari@siva.no", "tlf. 22 00 00 01", "Styret består av:", "a\u030a", "\u00ad", "&amp;", "\u00a0", "😀", "får", "søkte", "hver", "2023", ":"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=40).map("".join))


def spans(record: PressRelease) -> Iterator[Span]:
    for entity in (*record.organisations, *record.people):
        yield from entity.mentions
    yield from (role.evidence for role in record.roles)
    for grant in record.grants:
        yield from grant.evidence
    yield from (m.span for m in (*record.amounts, *record.dates))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
def test_any_text_gives_a_valid_record_whose_offsets_lie_in_it(nlp: Extractor, text: str) -> None:
    record = nlp(text, doc_id="a")
    assert all(0 <= s.start < s.end <= len(text) for s in spans(record))
    assert PressRelease.model_validate_json(record.model_dump_json()) == record


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_every_mention_quotes_a_name(nlp: Extractor, text: str) -> None:
    record = nlp(text)
    for entity in (*record.organisations, *record.people):
        forms = {_bare(form) for form in (entity.name, *entity.aliases)}
        assert {_bare(text[m.start : m.end]) for m in entity.mentions} <= forms


def _bare(text: str) -> str:
    from pressextract.normalise import normalise

    return normalise(text).text.replace("\n", " ")


def test_a_release_becomes_a_record(nlp: Extractor, release: str) -> None:
    record = nlp(release, doc_id="fjordlab")
    names = {e.id: e.name for e in (*record.organisations, *record.people)}
    assert (record.doc_id, record.language, record.published) == ("fjordlab", "nb", date(2023, 5, 4))
    assert record.title == "Fjordlab får støtte til nytt testsenter"
    assert {o.name for o in record.organisations} == {"Havbanken", "Fjordlab AS"}
    (person,) = record.people
    assert (person.name, person.emails, person.phones) == (
        "Kari Nordmann",
        ("kari@fjordlab.example",),
        ("22 00 00 01",),
    )
    assert [(names[r.person], r.title, r.organisation and names[r.organisation]) for r in record.roles] == [
        ("Kari Nordmann", "daglig leder", "Fjordlab AS")
    ]
    (grant,) = record.grants
    assert [names[f] for f in grant.funders] == ["Havbanken"]
    assert [names[r] for r in grant.recipients] == ["Fjordlab AS"]
    assert (grant.amount.value, grant.status, grant.duration) == (Decimal(6_000_000), "awarded", "P3Y")
    assert release[grant.evidence[0].start : grant.evidence[0].end].startswith("Havbanken gir 6 millioner")


def test_offsets_count_the_original_s_characters(nlp: Extractor) -> None:
    text = "\ufeffOva\u030as\r\n\r\nSiva gir 6\u00a0millioner\u00a0kroner til  Nordvik\u00ad AS."
    (amount,) = nlp(text).amounts
    assert text[amount.span.start : amount.span.end] == "6\u00a0millioner\u00a0kroner"


@pytest.mark.parametrize("stretch", ['«"', "x", "(", "1."])
def test_a_stretch_without_blanks_is_read_like_other_text(nlp: Extractor, stretch: str) -> None:
    text = f"Siva gir 6 millioner kroner til Nordvik AS. {stretch * 20_000}"
    (amount,) = nlp(text).amounts
    assert text[amount.span.start : amount.span.end] == "6 millioner kroner"


def test_published_resolves_relative_dates(nlp: Extractor) -> None:
    (mention,) = nlp("Siva fikk ny direktør i fjor.", published=date(2023, 5, 4)).dates
    assert mention.edtf == "2022"


def test_pipe_keeps_order(nlp: Extractor) -> None:
    texts = ["Kari Nordmann leder Siva.", "", "Ola Berg leder NTNU."]
    assert list(nlp.pipe(texts)) == [nlp(text, doc_id=str(i)) for i, text in enumerate(texts)]


def test_pipe_in_processes_gives_the_same(nlp: Extractor) -> None:
    texts = ["Kari Nordmann leder Siva."] * 5
    assert list(nlp.pipe(texts, n_process=2, batch_size=2)) == list(nlp.pipe(texts))


def test_pipe_takes_few_texts_ahead(nlp: Extractor) -> None:
    taken = 0

    def texts() -> Iterator[str]:
        nonlocal taken
        while taken < 1_000:
            taken += 1
            yield "Siva gir NTNU 6 kroner."

    records = nlp.pipe(texts(), n_process=2, batch_size=3)
    assert [next(records).doc_id for _ in range(4)] == ["0", "1", "2", "3"]
    assert taken <= 18
    records.close()  # type: ignore[attr-defined]


def test_pipe_says_when_a_process_dies(nlp: Extractor) -> None:
    def texts() -> Iterator[str]:
        for number in range(1_000):
            if number == 4:
                (child, *_) = multiprocessing.active_children()
                child.kill()
            yield "Siva gir NTNU 6 kroner."

    with pytest.raises(BrokenProcessPool):
        list(nlp.pipe(texts(), n_process=2, batch_size=1))


def test_an_unknown_model_is_one_clear_line() -> None:
    with pytest.raises(ValueError, match="no model 'nope'"):
        pressextract.load("nope")


ON_ENTITIES = ("pressextract_contact_details", "pressextract_roles", "pressextract_grants")


@pytest.mark.parametrize("name", [c for c in COMPONENTS if c not in ON_ENTITIES])
def test_components_work_alone_in_a_foreign_pipeline(name: str) -> None:
    nlp = spacy.blank("nn")
    nlp.add_pipe(name)
    assert nlp("Siva gir 6 millionar kroner i dag, seier direktør Kari Nordmann, kari@siva.no.").text


@pytest.mark.parametrize("name", ON_ENTITIES)
def test_a_component_that_lacks_the_one_before_it_names_it(name: str) -> None:
    nlp = spacy.blank("nb")
    nlp.add_pipe("pressextract_layout")
    nlp.add_pipe(name)
    with pytest.raises(ValueError, match="'pressextract_entities' before this one"):
        nlp("Siva gir Nordvik AS 6 millioner kroner.")


def test_the_record_is_json_without_exponents(nlp: Extractor) -> None:
    record = json.loads(nlp("Siva gir 6 milliarder kroner til Nordvik AS.").model_dump_json())
    assert record["amounts"][0]["value"] == 6_000_000_000
