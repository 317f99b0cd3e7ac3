"""Causes of errors: what gold says, what was predicted, and what is wrong with it."""

from collections.abc import Callable
from typing import Any

import pytest

from pressextract.evaluation.errors import Error, find_errors, mention_errors
from pressextract.evaluation.gold import Gold, GoldDocument, Mention
from pressextract.evaluation.ner import Marked
from pressextract.evaluation.scoring import score
from pressextract.records import PressRelease, Span

Make = Callable[..., PressRelease]
TEXT = """\
Havbanken gir 5 millioner kroner til Fjordlab AS over tre år
Daglig leder Kari Nordmann i Fjordlab takker Havbanken. Ola Berg i Nordlab får ingenting i 2024.
Kontakt: Kari Nordmann, 22 00 00 01
"""


def spans(quote: str) -> list[Span]:
    starts = [i for i in range(len(TEXT)) if TEXT.startswith(quote, i)]
    return [Span(start=i, end=i + len(quote)) for i in starts]


def gold(**parts: Any) -> GoldDocument:
    lists = ("organisations", "people", "roles", "grants", "amounts", "dates")
    return GoldDocument(
        doc_id="a", text=TEXT, gold=Gold(**{"language": "nb", "title": None} | {name: [] for name in lists} | parts)
    )


def entities(*forms: str) -> list[dict[str, Any]]:
    """Each "name|alias"."""
    return [{"name": name, "aliases": aliases} for name, *aliases in (form.split("|") for form in forms)]


def with_ids(kind: str, *forms: str) -> list[dict[str, Any]]:
    return [
        {"id": f"{kind}{i}", **e, "mentions": [s for f in (e["name"], *e["aliases"]) for s in spans(f)]}
        for i, e in enumerate(entities(*forms), 1)
    ]


def found(document: GoldDocument, record: PressRelease, field: str) -> list[Error]:
    return [e for e in find_errors(document, record, score(document, record)) if e.field == field]


def causes(document: GoldDocument, record: PressRelease, field: str) -> list[str]:
    return [e.cause for e in found(document, record, field)]


@pytest.mark.parametrize(
    ("expected", "organisations", "people", "causes_of_it"),
    [
        pytest.param(["Havbanken"], ["Havbanken"], [], [], id="right"),
        pytest.param(["Havbanken"], [], [], ["missed"], id="missed"),
        pytest.param([], ["Havbanken"], [], ["spurious"], id="spurious"),
        pytest.param(["Fjordlab AS"], ["Fjordlab AS over"], [], ["boundary"], id="too much"),
        pytest.param(["Fjordlab AS"], ["Fjordlab"], [], ["boundary"], id="too little"),
        pytest.param(["Havbanken"], [], ["Havbanken"], ["type"], id="taken for a person"),
        pytest.param(["Fjordlab AS|Fjordlab"], ["Fjordlab AS", "Fjordlab"], [], ["split"], id="one counted as two"),
        pytest.param(
            ["Fjordlab AS", "Nordlab"], ["Fjordlab AS|Nordlab"], [], ["merged"], id="two taken for one"
        ),
        pytest.param(["Havbanken"], ["Nordlab"], [], ["missed", "spurious"], id="unrelated"),
    ],
)  # fmt: skip
def test_organisations(
    make_record: Make, expected: list[str], organisations: list[str], people: list[str], causes_of_it: list[str]
) -> None:
    record = make_record(organisations=with_ids("o", *organisations), people=with_ids("p", *people))
    assert causes(gold(organisations=entities(*expected)), record, "organisations") == causes_of_it


@pytest.mark.parametrize(
    ("phones", "other_phones", "causes_of_it"),
    [
        (["22 00 00 01"], [], []),
        ([], [], ["missed"]),
        (["00 00 01"], [], ["boundary"]),
        ([], ["22 00 00 01"], ["wrong_person"]),
        (["22 00 00 01"], ["22"], ["spurious"]),
    ],
)
def test_contacts(make_record: Make, phones: list[str], other_phones: list[str], causes_of_it: list[str]) -> None:
    kari, ola = entities("Kari Nordmann", "Ola Berg")
    document = gold(people=[kari | {"phones": ["22 00 00 01"]}, ola])
    people = [p | {"phones": n} for p, n in zip(with_ids("p", "Kari Nordmann", "Ola Berg"), (phones, other_phones), strict=True)]  # fmt: skip
    assert causes(document, make_record(people=people), "contacts") == causes_of_it


ROLE = ("Kari Nordmann", "daglig leder", "Fjordlab AS")


@pytest.mark.parametrize(
    ("expected", "predicted", "causes_of_it"),
    [
        pytest.param(ROLE, ("p1", "daglig leder", "o1"), [], id="right"),
        pytest.param(ROLE, ("p1", "daglig leder", "o2"), ["wrong_organisation"], id="another organisation"),
        pytest.param(ROLE, ("p1", "daglig leder", "o3"), ["organisation_name"], id="one that gold has not"),
        pytest.param(ROLE, ("p1", "daglig leder", None), ["organisation_missing"], id="no organisation"),
        pytest.param((*ROLE[:2], None), ("p1", "daglig leder", "o1"), ["organisation_spurious"], id="one too many"),
        pytest.param(ROLE, ("p1", "styreleder", "o1"), ["wrong_title"], id="another title"),
        pytest.param(ROLE, ("p1", "leder", "o1"), ["title_boundary"], id="part of the title"),
        pytest.param(ROLE, ("p1", None, "o1"), ["title_missing"], id="no title"),
        pytest.param((ROLE[0], None, ROLE[2]), ("p1", "leder", "o1"), ["title_spurious"], id="a title too many"),
        pytest.param(ROLE, ("p1", "styreleder", "o2"), ["title_and_organisation"], id="only the person right"),
        pytest.param(ROLE, ("p2", "daglig leder", "o1"), ["wrong_person"], id="another person"),
        pytest.param(ROLE, ("p2", "styreleder", "o2"), ["missed", "spurious"], id="nothing in common"),
        pytest.param(ROLE, None, ["missed"], id="missed"),
        pytest.param(None, ("p1", "daglig leder", "o1"), ["spurious"], id="spurious"),
        pytest.param(None, ("p3", "daglig leder", "o1"), ["spurious_person"], id="of a person who is none"),
    ],
)
def test_roles(
    make_record: Make,
    expected: tuple[str, str, str] | None,
    predicted: tuple[str, str | None, str | None] | None,
    causes_of_it: list[str],
) -> None:
    parts = ("person", "title", "organisation")
    document = gold(
        organisations=entities("Fjordlab AS|Fjordlab", "Havbanken"),
        people=entities("Kari Nordmann", "Ola Berg"),
        roles=[dict(zip(parts, expected, strict=True))] if expected else [],
    )
    evidence = spans("Daglig leder Kari Nordmann")[0]
    role = [dict(zip(parts, predicted, strict=True)) | {"confidence": 0.8, "evidence": evidence}] if predicted else []
    record = make_record(
        organisations=with_ids("o", "Fjordlab AS|Fjordlab", "Havbanken", "Nordlab"),
        people=with_ids("p", "Kari Nordmann", "Ola Berg", "Daglig"),
        roles=role,
    )
    assert causes(document, record, "roles") == causes_of_it


@pytest.mark.parametrize(
    ("organisations", "people", "cause"),
    [
        (["Havbanken"], ["Kari Nordmann"], "organisation_not_found"),
        (["Fjordlab AS"], ["Ola Berg"], "person_not_found"),
        (["Fjordlab AS"], ["Kari Nordmann"], "missed"),
    ],
)
def test_a_missed_role_tells_what_it_lacked(
    make_record: Make, organisations: list[str], people: list[str], cause: str
) -> None:
    document = gold(
        organisations=entities("Fjordlab AS", "Havbanken"),
        people=entities("Kari Nordmann", "Ola Berg"),
        roles=[dict(zip(("person", "title", "organisation"), ROLE, strict=True))],
    )
    record = make_record(organisations=with_ids("o", *organisations), people=with_ids("p", *people))
    assert causes(document, record, "roles") == [cause]


def test_an_error_shows_both_sides_their_places_and_confidence(make_record: Make) -> None:
    document = gold(
        organisations=entities("Fjordlab AS|Fjordlab", "Havbanken"),
        people=entities("Kari Nordmann"),
        roles=[dict(zip(("person", "title", "organisation"), ROLE, strict=True))],
    )
    record = make_record(
        organisations=with_ids("o", "Fjordlab AS|Fjordlab", "Nordlab"),
        people=with_ids("p", "Kari Nordmann"),
        roles=[{"person": "p1", "title": "daglig leder", "organisation": "o2", "confidence": 0.8, "evidence": spans("Daglig leder Kari Nordmann")[0]}],
    )  # fmt: skip
    (error,) = found(document, record, "roles")
    assert (error.cause, error.confidence) == ("organisation_name", 0.8)
    assert error.gold == {"person": "Kari Nordmann", "title": "daglig leder", "organisation": "Fjordlab AS"}
    assert error.predicted == {"person": "Kari Nordmann", "title": "daglig leder", "organisation": "Nordlab"}
    # of the two places of her name, the one beside the title; of the organisation's, the nearest
    line = TEXT.index("Daglig leder")
    assert [TEXT[s.start : s.end] for s in error.gold_places] == ["Kari Nordmann", "Daglig leder", "Fjordlab"]
    assert all(line <= s.start < line + 60 for s in error.gold_places)
    assert [TEXT[s.start : s.end] for s in error.predicted_places] == ["Daglig leder Kari Nordmann"]


GRANT: dict[str, Any] = {
    "funders": ["Havbanken"],
    "recipients": ["Fjordlab AS"],
    "amount": {"value": 5_000_000},
    "status": "awarded",
    "duration": "P3Y",
}


@pytest.mark.parametrize(
    ("changes", "causes_of_it"),
    [
        pytest.param({}, [], id="right"),
        pytest.param({"funders": ["o3"]}, ["wrong_funder"], id="another funder"),
        pytest.param({"funders": []}, ["funder_missing"], id="no funder"),
        pytest.param({"funders": ["o1", "o3"]}, ["funder_spurious"], id="a funder too many"),
        pytest.param({"recipients": ["o3"]}, ["wrong_recipient"], id="another recipient"),
        pytest.param({"recipients": []}, ["recipient_missing"], id="no recipient"),
        pytest.param({"recipients": ["o2", "o3"]}, ["recipient_spurious"], id="a recipient too many"),
        pytest.param({"status": "proposed"}, ["wrong_status"], id="status"),
        pytest.param({"duration": "P2Y"}, ["wrong_duration"], id="duration"),
        pytest.param({"duration": None}, ["duration_missing"], id="no duration"),
        pytest.param({"amount": {"value": 5_000_000, "modifier": "max"}}, ["wrong_modifier"], id="modifier"),
        pytest.param(
            {"funders": [], "status": "applied"}, ["funder_missing", "wrong_status"], id="an error for each part"
        ),
        pytest.param({"amount": {"value": 5}}, ["wrong_amount"], id="another sum at the same place"),
        pytest.param({"amount": {"value": 5}, "evidence": []}, ["missed", "spurious"], id="another sum elsewhere"),
        pytest.param(None, ["missed"], id="missed"),
    ],
)
def test_grants(make_record: Make, changes: dict[str, Any] | None, causes_of_it: list[str]) -> None:
    quote = "Havbanken gir 5 millioner kroner til Fjordlab AS over tre år"
    document = gold(
        organisations=entities("Havbanken", "Fjordlab AS", "Nordlab"), grants=[GRANT | {"quote": quote}]
    )  # fmt: skip
    predicted = GRANT | {"funders": ["o1"], "recipients": ["o2"], "confidence": 0.7, "evidence": spans(quote)}
    record = make_record(
        organisations=with_ids("o", "Havbanken", "Fjordlab AS", "Nordlab"),
        grants=[] if changes is None else [predicted | changes],
        amounts=[{"value": 5_000_000, "span": spans("5 millioner kroner")[0]}],
    )
    assert causes(document, record, "grants") == causes_of_it


def test_a_grant_whose_sum_was_not_read(make_record: Make) -> None:
    document = gold(organisations=entities("Havbanken", "Fjordlab AS"), grants=[GRANT | {"quote": "5 millioner"}])
    assert causes(document, make_record(), "grants") == ["amount_not_found"]


def test_a_grant_too_many(make_record: Make) -> None:
    record = make_record(grants=[{"confidence": 0.3, "evidence": spans("5 millioner kroner")}])
    (error,) = found(gold(), record, "grants")
    assert (error.cause, error.gold, error.confidence) == ("spurious", None, 0.3)


@pytest.mark.parametrize(
    ("quote", "changes", "causes_of_it"),
    [
        ("5 millioner kroner", {}, []),
        ("5 millioner kroner", {"value": 5}, ["value"]),
        ("5 millioner kroner", {"upper": 6_000_000}, ["upper"]),
        ("5 millioner kroner", {"currency": "EUR"}, ["currency"]),
        ("5 millioner kroner", {"modifier": "max"}, ["modifier"]),
        ("5 millioner", {}, ["boundary"]),
        ("2024", {}, ["missed", "spurious"]),
    ],
)
def test_amounts(make_record: Make, quote: str, changes: dict[str, Any], causes_of_it: list[str]) -> None:
    document = gold(amounts=[{"text": "5 millioner kroner", "value": 5_000_000, "count": 1}])
    record = make_record(amounts=[{"value": 5_000_000, "span": spans(quote)[0]} | changes])
    assert causes(document, record, "amounts") == causes_of_it


@pytest.mark.parametrize(
    ("expected", "quote", "edtf", "causes_of_it"),
    [
        ("2024", "2024", "2024", []),
        ("2024", "2024", "2023", ["value"]),
        ("2024", "2024", None, ["unresolved"]),
        (None, "2024", "2024", ["resolved"]),
        ("2024", "i 2024", "2024", ["boundary"]),
    ],
)
def test_dates(make_record: Make, expected: str | None, quote: str, edtf: str | None, causes_of_it: list[str]) -> None:
    document = gold(dates=[{"text": "2024", "edtf": expected, "count": 1}])
    assert causes(document, make_record(dates=[{"edtf": edtf, "span": spans(quote)[0]}]), "dates") == causes_of_it


@pytest.mark.parametrize(
    ("right", "read", "cause"),
    [("Havbanken gir", "Kontakt", ["wrong"]), ("Havbanken gir", None, ["missed"]), (None, "Kontakt", ["spurious"]), (None, None, [])],
)  # fmt: skip
def test_titles(make_record: Make, right: str | None, read: str | None, cause: list[str]) -> None:
    assert causes(gold(title=right), make_record(title=read), "title") == cause


@pytest.mark.parametrize(
    ("expected", "predicted", "causes_of_it"),
    [
        pytest.param([(0, 9, "ORG")], [(0, 9, "ORG")], [], id="right"),
        pytest.param([(0, 9, "ORG")], [(0, 9, "PER")], ["type"], id="another type"),
        pytest.param([(0, 9, "ORG")], [(0, 13, "ORG")], ["boundary"], id="another extent"),
        pytest.param([(0, 9, "ORG")], [], ["missed"], id="missed"),
        pytest.param([], [(0, 9, "ORG")], ["spurious"], id="spurious"),
        pytest.param([], [(0, 9, "MONEY")], [], id="of a label that gold never has"),
    ],
)
def test_mentions(
    expected: list[tuple[int, int, str]], predicted: list[tuple[int, int, str]], causes_of_it: list[str]
) -> None:
    sides = [
        tuple(Mention(start=start, end=end, label=label) for start, end, label in side)
        for side in (expected, predicted)
    ]
    errors = mention_errors(Marked("a", "nb", TEXT, sides[0], sides[1]), ["ORG", "PER"])
    assert [e.cause for e in errors] == causes_of_it
