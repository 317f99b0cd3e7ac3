"""brat's standoff format as gold."""

from pathlib import Path

import pytest

from pressextract.evaluation.formats import read_gold_source
from pressextract.evaluation.gold import GoldDocument, GoldError

TEXT = "Havbanken gir 5 mill. kroner til Fjordlab AS\nKari Nordmann, direktøren i Fjordlab, takker. Ola er der i 2024."


def span(label: str, quote: str, nth: int = 0) -> str:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    return f"{label} {start} {start + len(quote)}\t{quote}"


ENTITIES = [
    f"T1\t{span('Organisation', 'Havbanken')}",
    f"T2\t{span('Organisation', 'Fjordlab AS')}",
    f"T3\t{span('Organisation', 'Fjordlab', 1)}",
    f"T4\t{span('Person', 'Kari Nordmann')}",
    f"T5\t{span('Money', '5 mill. kroner')}",
    f"T6\t{span('Title', 'direktøren')}",
    f"T7\t{span('Grant', 'gir')}",
    f"T8\t{span('Date', '2024')}",
]
SAME = "*\tEquiv T2 T3"
VALUE = "#1\tAnnotatorNotes T5\t5000000 NOK"


def read(folder: Path, *lines: str) -> GoldDocument:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "a.ann").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (document,) = read_gold_source(folder)
    return document


def test_entities_are_what_is_linked_or_reads_alike(tmp_path: Path) -> None:
    document = read(tmp_path, *ENTITIES, SAME)
    assert document.doc_id == "a"
    assert [(o.name, o.aliases) for o in document.gold.organisations] == [("Havbanken", ()), ("Fjordlab AS", ("Fjordlab",))]  # fmt: skip
    assert [p.name for p in document.gold.people] == ["Kari Nordmann"]
    assert {"organisations", "people"} <= (document.fields or set())


def test_mentions_are_where_they_were_marked(tmp_path: Path) -> None:
    document = read(tmp_path, *ENTITIES[:4])
    assert document.mentions is not None
    assert [(TEXT[m.start : m.end], m.label) for m in document.mentions] == [
        ("Havbanken", "ORG"),
        ("Fjordlab AS", "ORG"),
        ("Fjordlab", "ORG"),
        ("Kari Nordmann", "PER"),
    ]
    assert document.fields == set()  # nothing says which of them are one


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["R1\tHolds Arg1:T4 Arg2:T6", "R2\tAt Arg1:T6 Arg2:T3"], id="relations"),
        pytest.param(["R1\tTitle_of Arg1:T6 Arg2:T4", "R2\tHas Arg1:T3 Arg2:T6"], id="the other way round"),
        pytest.param(["E1\tTitle:T6 Person:T4 Organisation:T3"], id="an event"),
    ],
)
def test_roles(tmp_path: Path, lines: list[str]) -> None:
    document = read(tmp_path, *ENTITIES, SAME, VALUE, *lines, "#2\tAnnotatorNotes T6\tdirektør")
    assert [(r.person, r.title, r.organisation) for r in document.gold.roles] == [
        ("Kari Nordmann", "direktør", "Fjordlab AS")
    ]


def test_a_role_without_title_is_a_link_of_person_and_organisation(tmp_path: Path) -> None:
    document = read(tmp_path, *ENTITIES[:4], SAME, "R1\tWorksFor Arg1:T4 Arg2:T3")
    assert [(r.person, r.title, r.organisation) for r in document.gold.roles] == [
        ("Kari Nordmann", None, "Fjordlab AS")
    ]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["R1\tFunder Arg1:T7 Arg2:T1", "R2\tRecipient Arg1:T7 Arg2:T2", "R3\tAmount Arg1:T7 Arg2:T5"], id="relations"),
        pytest.param(["E1\tGrant:T7 Funder:T1 Recipient:T2 Amount:T5"], id="an event"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "said",
    [
        pytest.param(["#2\tAnnotatorNotes T7\tproposed P3Y"], id="a note"),
        pytest.param(["A1\tStatus T7 proposed", "A2\tDuration T7 P3Y"], id="attributes"),
    ],
)
def test_grants(tmp_path: Path, lines: list[str], said: list[str]) -> None:
    (grant,) = read(tmp_path, *ENTITIES, SAME, VALUE, *lines, *said).gold.grants
    assert (grant.funders, grant.recipients) == (("Havbanken",), ("Fjordlab AS",))
    assert grant.amount is not None and grant.amount.value == 5_000_000
    assert (grant.status, grant.duration, grant.quote) == ("proposed", "P3Y", "gir")


def test_a_sum_with_parties_is_a_grant_and_so_is_a_link_of_two_bodies(tmp_path: Path) -> None:
    entities = [line for line in ENTITIES if not line.startswith("T7")]
    sums = read(tmp_path, *entities, VALUE, "R1\tFunder Arg1:T5 Arg2:T1", "R2\tMottaker Arg1:T5 Arg2:T2").gold.grants
    assert [(g.funders, g.recipients, g.quote) for g in sums] == [(("Havbanken",), ("Fjordlab AS",), "5 mill. kroner")]
    (support,) = read(tmp_path, *entities, VALUE, "R1\tFunds Arg1:T1 Arg2:T2").gold.grants
    assert (support.funders, support.recipients, support.amount) == (("Havbanken",), ("Fjordlab AS",), None)


@pytest.mark.parametrize(
    ("note", "amount"),
    [
        ("5000000", ("5000000", None, "NOK", None)),
        ("5000000 EUR", ("5000000", None, "EUR", None)),
        ("2000000..5000000 NOK max", ("2000000", "5000000", "NOK", "max")),
        ("12.5", ("12.5", None, "NOK", None)),
    ],
)
def test_values_of_sums(tmp_path: Path, note: str, amount: tuple[str | None, ...]) -> None:
    (found,) = read(tmp_path, *ENTITIES, f"#1\tAnnotatorNotes T5\t{note}").gold.amounts
    assert (str(found.value), found.upper and str(found.upper), found.currency, found.modifier) == amount
    assert (found.text, found.count) == ("5 mill. kroner", 1)


def test_dates(tmp_path: Path) -> None:
    document = read(tmp_path, *ENTITIES, VALUE, "A1\tEDTF T8 2024")
    assert [(d.text, d.edtf) for d in document.gold.dates] == [("2024", "2024")]
    assert "dates" in (document.fields or ())


def test_a_discontinuous_stretch_counts_from_its_first_to_its_last_character(tmp_path: Path) -> None:
    document = read(tmp_path, "T1\tORG 0 9;14 15\tHavbanken 5")
    assert document.mentions is not None
    assert [(m.start, m.end) for m in document.mentions] == [(0, 15)]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["T1\tORG 0"], "a.ann: line 1 is not brat's standoff format"),
        (["T1\tORG 0 9999\tx"], "a.ann: line 1 is not brat's"),
        (["R1\tRole"], "a.ann: line 1 is not brat's"),
        ([*ENTITIES, "#1\tAnnotatorNotes T5\tfem millioner"], "'fem' is no part of a sum"),
        ([*ENTITIES, "#1\tAnnotatorNotes T5\tNOK"], "no value in 'NOK'"),
        ([*ENTITIES, VALUE, f"T9\t{span('Money', '2024')}"], "'2024': a sum without its value"),
        ([*ENTITIES, "#1\tAnnotatorNotes T1\tHavbanken ASA"], "not in the text: 'Havbanken ASA'"),
    ],
)
def test_what_can_t_be_used_is_one_line(tmp_path: Path, lines: list[str], problem: str) -> None:
    with pytest.raises(GoldError) as error:
        read(tmp_path, *lines)
    assert problem in str(error.value)
    assert "\n" not in str(error.value)


def test_annotations_without_their_text(tmp_path: Path) -> None:
    (tmp_path / "a.ann").write_text("", encoding="utf-8")
    with pytest.raises(GoldError, match=r"a\.txt: No such file .*; brat keeps NAME\.txt beside NAME\.ann"):
        read_gold_source(tmp_path)
