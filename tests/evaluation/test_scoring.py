from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pressextract.evaluation import evaluate
from pressextract.evaluation.gold import Gold, GoldDocument, GoldOrganisation, load_gold
from pressextract.evaluation.items import align_grants, match_entities
from pressextract.evaluation.scoring import ACCURACIES, FIELDS, Counts, Evaluation, score
from pressextract.records import AmountMention, DateMention, Grant, Organisation, Person, PressRelease, Role, Span

CORPUS = Path(__file__).parent.parent.parent / "corpus"
EVIDENCE = Span(start=0, end=1)
Make = Callable[..., PressRelease]


def gold_document(text: str = "", **parts: Any) -> GoldDocument:
    lists = ("organisations", "people", "roles", "grants", "amounts", "dates")
    empty: dict[str, Any] = {"language": "nb", "title": None} | {name: [] for name in lists}
    return GoldDocument(doc_id="a", text=text, gold=Gold(**empty | parts))


def organisations(*forms: str) -> list[Organisation]:
    """Each "name|alias|alias", with the ids o1, o2 …"""
    split = (form.split("|") for form in forms)
    return [Organisation(id=f"o{i}", name=name, aliases=tuple(aliases)) for i, (name, *aliases) in enumerate(split, 1)]


def gold_organisations(*forms: str) -> list[GoldOrganisation]:
    return [GoldOrganisation(name=o.name, aliases=o.aliases) for o in organisations(*forms)]


def record_of(document: GoldDocument, make_record: Make) -> PressRelease:
    """The record that gold stands for."""
    gold = document.gold
    ids = {
        e.name: f"{kind}{i}" for kind, es in (("o", gold.organisations), ("p", gold.people)) for i, e in enumerate(es)
    }

    def spans(quote: str, count: int) -> list[Span]:
        starts = [i for i in range(len(document.text)) if document.text.startswith(quote, i)]
        return [Span(start=i, end=i + len(quote)) for i in starts[:count]]

    return make_record(
        doc_id=document.doc_id,
        language=gold.language,
        title=gold.title,
        published=gold.published,
        organisations=[Organisation(id=ids[o.name], **o.model_dump()) for o in gold.organisations],
        people=[Person(id=ids[p.name], **p.model_dump()) for p in gold.people],
        roles=[
            Role(
                person=ids[r.person],
                title=r.title,
                organisation=r.organisation and ids[r.organisation],
                confidence=1,
                evidence=EVIDENCE,
            )
            for r in gold.roles
        ],
        grants=[
            Grant(
                funders=tuple(ids[f] for f in g.funders),
                recipients=tuple(ids[r] for r in g.recipients),
                amount=g.amount,
                status=g.status,
                duration=g.duration,
                confidence=1,
                evidence=(),
            )
            for g in gold.grants
        ],
        amounts=[
            AmountMention(**a.model_dump(exclude={"text", "count"}), span=span)
            for a in gold.amounts
            for span in spans(a.text, a.count)
        ],
        dates=[DateMention(edtf=d.edtf, span=span) for d in gold.dates for span in spans(d.text, d.count)],
    )


def test_gold_as_prediction_is_all_right(make_record: Make) -> None:
    documents = {d.doc_id: d for d in load_gold(CORPUS / "train")}
    evaluation = evaluate(lambda text, doc_id: record_of(documents[doc_id], make_record), CORPUS / "train")
    assert len(evaluation.documents) == len(documents)
    assert {field: counts.f1 for field, counts in evaluation.fields.items()} == dict.fromkeys(FIELDS, 1.0)
    assert {name: accuracy.share for name, accuracy in evaluation.accuracies.items()} == dict.fromkeys(ACCURACIES, 1.0)


def test_an_empty_record_misses_everything_and_asserts_nothing(make_record: Make) -> None:
    evaluation = evaluate(lambda text, doc_id: make_record(), CORPUS / "train")
    for counts in evaluation.fields.values():
        assert (counts.precision, counts.recall, counts.f1) == (None, 0.0, 0.0)


@pytest.mark.parametrize(
    ("counts", "precision", "recall", "f1"),
    [
        (Counts(3, 1, 2), 0.75, 0.6, 2 / 3),
        (Counts(0, 4, 0), 0.0, None, 0.0),
        (Counts(0, 0, 0), None, None, None),
    ],
)
def test_counts(counts: Counts, precision: float | None, recall: float | None, f1: float | None) -> None:
    assert (counts.precision, counts.recall, counts.f1) == (precision, recall, pytest.approx(f1) if f1 else f1)


@pytest.mark.parametrize(
    ("predicted", "gold", "names"),
    [
        pytest.param(["Siva"], ["Siva"], {"o1": "Siva"}, id="name"),
        pytest.param(["SIVA "], ["Siva"], {"o1": "Siva"}, id="case and blanks"),
        pytest.param(["Fjord – lab"], ["Fjord\u00ad — lab"], {"o1": "Fjord\u00ad — lab"}, id="dashes and soft hyphens"),
        pytest.param(["Siva"], ["Siva SF|Siva"], {"o1": "Siva SF"}, id="gold's alias"),
        pytest.param(["Siva SF|Siva"], ["Siva"], {"o1": "Siva"}, id="own alias is gold's name"),
        pytest.param(["Siva SF|Siva"], ["Siva Trondheim|Siva"], {"o1": "Siva SF [o1]"}, id="two aliases don't match"),
        pytest.param(
            ["Siva", "Siva SF"], ["Siva SF|Siva"], {"o1": "Siva [o1]", "o2": "Siva SF"}, id="equal names first"
        ),
        pytest.param(["Siva", "SIVA"], ["Siva"], {"o1": "Siva", "o2": "SIVA [o2]"}, id="one to one"),
    ],
)
def test_match_entities(predicted: list[str], gold: list[str], names: dict[str, str]) -> None:
    assert match_entities(organisations(*predicted), gold_organisations(*gold)) == names


@pytest.mark.parametrize(
    ("predicted", "gold", "counts"),
    [
        pytest.param(("Rektor", "o1"), ("rektor", "Fjordlab"), Counts(1, 0, 0), id="right, title's case ignored"),
        pytest.param(("rektor", None), ("rektor", "Fjordlab"), Counts(0, 1, 1), id="no organisation"),
        pytest.param((None, "o1"), ("rektor", "Fjordlab"), Counts(0, 1, 1), id="no title"),
        pytest.param(("prorektor", "o1"), ("rektor", "Fjordlab"), Counts(0, 1, 1), id="another title"),
        pytest.param(("rektor", "o2"), ("rektor", "Fjordlab"), Counts(0, 1, 1), id="an organisation not in gold"),
        pytest.param(("rektor", None), ("rektor", None), Counts(1, 0, 0), id="rightly no organisation"),
    ],
)
def test_roles_are_triples(
    make_record: Make,
    predicted: tuple[str | None, str | None],
    gold: tuple[str | None, str | None],
    counts: Counts,
) -> None:
    text = "Kari Nordmann er rektor ved Fjordlab."
    document = gold_document(
        text,
        organisations=gold_organisations("Fjordlab"),
        people=[{"name": "Kari Nordmann", "aliases": []}],
        roles=[{"person": "Kari Nordmann", "title": gold[0], "organisation": gold[1]}],
    )
    record = make_record(
        organisations=organisations("Fjordlab AS|Fjordlab", "Havbanken"),
        people=[Person(id="p1", name="Kari Nordmann")],
        roles=[Role(person="p1", title=predicted[0], organisation=predicted[1], confidence=1, evidence=EVIDENCE)],
    )
    assert score(document, record).fields["roles"].counts == counts


def test_contacts_are_scored_with_their_person(make_record: Make) -> None:
    text = "Kari Nordmann (tlf. 22 00 00 01), Ola Berg (ola@fjordlab.example)"
    document = gold_document(
        text,
        people=[
            {"name": "Kari Nordmann", "aliases": [], "phones": ["22 00 00 01"]},
            {"name": "Ola Berg", "aliases": [], "emails": ["ola@fjordlab.example"]},
        ],
    )
    record = make_record(
        people=[
            Person(id="p1", name="Kari Nordmann", phones=("22 00 00 01",), emails=("ola@fjordlab.example",)),
            Person(id="p2", name="Ola Berg"),
        ]
    )
    contacts = score(document, record).fields["contacts"]
    assert contacts.right == (("Kari Nordmann", "22 00 00 01"),)
    assert contacts.spurious == (("Kari Nordmann", "ola@fjordlab.example"),)
    assert contacts.missed == (("Ola Berg", "ola@fjordlab.example"),)


TWO_GRANTS = gold_document(
    "Havbanken gir 5 kroner til Fjordlab og 5 kroner til Nordlab",
    organisations=gold_organisations("Havbanken", "Fjordlab", "Nordlab"),
    grants=[
        {
            "funders": ["Havbanken"],
            "recipients": [recipient],
            "amount": {"value": 5, "modifier": "approx"},
            "status": "awarded",
            "duration": "P3Y",
            "quote": "",
        }
        for recipient in ("Fjordlab", "Nordlab")
    ],
)


def predicted_grant(make_record: Make, **changes: Any) -> PressRelease:
    grant = {
        "funders": ["o1"],
        "recipients": ["o3"],
        "amount": {"value": 5, "modifier": "approx"},
        "duration": "P3Y",
        "confidence": 1,
        "evidence": [],
    }
    names = organisations("Havbanken", "Fjordlab", "Nordlab", "Stiftelsen Kyst")
    return make_record(organisations=names, grants=[grant | changes])


@pytest.mark.parametrize(
    ("changes", "slots", "exact", "status"),
    [
        pytest.param({}, Counts(5, 0, 5), Counts(1, 0, 1), (1, 1), id="one of two, right"),
        pytest.param({"funders": ["o4"]}, Counts(4, 1, 6), Counts(0, 1, 2), (1, 1), id="another funder"),
        pytest.param({"recipients": ["o2", "o3"]}, Counts(5, 1, 5), Counts(0, 1, 2), (1, 1), id="a recipient too many"),
        pytest.param({"status": "proposed"}, Counts(4, 1, 6), Counts(0, 1, 2), (0, 1), id="another status"),
        pytest.param({"duration": None}, Counts(4, 0, 6), Counts(0, 1, 2), (1, 1), id="no duration"),
        pytest.param({"amount": {"value": 5}}, Counts(5, 0, 5), Counts(0, 1, 2), (1, 1), id="modifier is no slot"),
        pytest.param(
            {"amount": {"value": 5, "currency": "EUR"}}, Counts(4, 1, 6), Counts(0, 1, 2), (1, 1), id="currency"
        ),
        pytest.param(
            {"amount": {"value": 6}}, Counts(0, 5, 10), Counts(0, 1, 2), (0, 0), id="another sum: not aligned"
        ),
        pytest.param({"amount": None}, Counts(0, 4, 10), Counts(0, 1, 2), (0, 0), id="no sum: not aligned"),
    ],
)
def test_grants(
    make_record: Make, changes: dict[str, Any], slots: Counts, exact: Counts, status: tuple[int, int]
) -> None:
    result = score(TWO_GRANTS, predicted_grant(make_record, **changes))
    assert result.fields["grant_slots"].counts == slots
    assert result.fields["grants_exact"].counts == exact
    assert result.accuracies["grant_status"] == status


def test_grants_without_a_sum_need_both_parties_to_align() -> None:
    support = {("funder", "Havbanken"), ("recipient", "Fjordlab"), ("status", "awarded")}
    assert align_grants([support], [support]) == {0: 0}
    assert align_grants([support - {("funder", "Havbanken")}], [support]) == {}


def test_grants_of_one_sum_are_aligned_by_their_other_slots() -> None:
    def share(recipient: str) -> set[tuple[str, ...]]:
        return {("amount", "5", "–", "NOK"), ("recipient", recipient), ("status", "awarded")}

    assert align_grants([share("A"), share("B"), share("C")], [share("C"), share("A")]) == {0: 1, 2: 0}


@pytest.mark.parametrize(
    ("predicted", "counts"),
    [
        pytest.param([(4, 12, 5), (17, 25, 5)], Counts(2, 0, 0), id="both mentions"),
        pytest.param([(4, 12, 5)], Counts(1, 0, 1), id="one of two"),
        pytest.param([(0, 12, 5), (17, 25, 5)], Counts(1, 1, 1), id="another quote"),
        pytest.param([(4, 12, 6), (17, 25, 5)], Counts(1, 1, 1), id="another value"),
        pytest.param([(4, 12, 5), (17, 25, 5), (17, 25, 5)], Counts(2, 1, 0), id="one too many"),
    ],
)
def test_amounts_are_mentions(make_record: Make, predicted: list[tuple[int, int, int]], counts: Counts) -> None:
    document = gold_document("Fra 5 kroner til 5 kroner", amounts=[{"text": "5 kroner", "value": 5, "count": 2}])
    mentions = [AmountMention(value=v, span=Span(start=start, end=end)) for start, end, v in predicted]
    assert score(document, make_record(amounts=mentions)).fields["amounts"].counts == counts


@pytest.mark.parametrize(
    ("edtf", "counts"), [("2022", Counts(1, 0, 0)), ("2021", Counts(0, 1, 1)), (None, Counts(0, 1, 1))]
)
def test_dates_are_mentions_with_their_edtf(make_record: Make, edtf: str | None, counts: Counts) -> None:
    document = gold_document("Vi vokste i fjor", dates=[{"text": "i fjor", "edtf": "2022", "count": 1}])
    record = make_record(dates=[DateMention(edtf=edtf, span=Span(start=10, end=16))])
    assert score(document, record).fields["dates"].counts == counts


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        ({}, set()),
        ({"title": "Ny"}, {"title"}),
        ({"title": None}, {"title"}),
        ({"published": None}, {"published"}),
        ({"language": "nn"}, {"language"}),
    ],
)
def test_accuracies(make_record: Make, parts: dict[str, Any], wrong: set[str]) -> None:
    right = {"title": "Nytt senter", "published": "2023-05-04", "language": "nb"}
    result = score(gold_document("Nytt senter", **right), make_record(**right | parts))
    assert {name for name, (correct, total) in result.accuracies.items() if correct < total} == wrong


def test_an_evaluation_sums_counts_over_documents(make_record: Make) -> None:
    right = score(
        gold_document("Siva", organisations=gold_organisations("Siva")),
        make_record(organisations=organisations("Siva")),
    )
    missed = score(gold_document("Siva", organisations=gold_organisations("Siva")), make_record())
    evaluation = Evaluation((right, missed, missed))
    assert evaluation.fields["organisations"] == Counts(1, 0, 2)
    summary = evaluation.summary()
    assert summary["documents"] == 3
    assert summary["fields"]["organisations"]["precision"] == 1.0  # type: ignore[index]
