"""What labels of other tools mean, and what a corpus says."""

import pytest

from pressextract.evaluation.formats.regions import annotated_text, fields_of, meaning
from pressextract.evaluation.scoring import ACCURACIES, FIELDS


@pytest.mark.parametrize(
    ("kind", "label", "means"),
    [
        ("regions", "PER", "PER"),
        ("regions", "person", "PER"),
        ("regions", "Organization", "ORG"),
        ("regions", "organisasjon", "ORG"),
        ("regions", "Beløp", "MONEY"),
        ("regions", "Job_title", "TITLE"),
        ("regions", "LOC", None),
        ("links", "Recipient2", "recipient"),
        ("links", "works-for", "affiliation"),
        ("links", "Equiv", "same"),
        ("links", "mottaker", "recipient"),
        ("links", "knows", None),
        ("attributes", "EDTF", "norm"),
        ("attributes", "Språk", "language"),
        ("attributes", "colour", None),
    ],
)
def test_common_names_of_labels_are_understood(kind: str, label: str, means: str | None) -> None:
    assert meaning(kind, label) == means


Spans = dict[str, tuple[str, int, int]]
GRANTS = {"grant_slots", "grants_exact", "grant_status"}


@pytest.mark.parametrize(
    ("spans", "links", "norms", "fields"),
    [
        pytest.param({"1": ("ORG", 0, 4)}, [], {}, set(), id="mentions alone are no entities"),
        pytest.param({"1": ("ORG", 0, 4)}, [], {"1": "Siva"}, {"organisations"}, id="a name makes them entities"),
        pytest.param({"1": ("PER", 0, 4), "2": ("PER", 5, 9)}, [("1", "2", "Coref")], {}, {"people"}, id="so does a link"),
        pytest.param({"1": ("MONEY", 0, 4)}, [], {}, set(), id="a sum without value"),
        pytest.param({"1": ("MONEY", 0, 4)}, [], {"1": "5"}, {"amounts"}, id="a sum"),
        pytest.param({"1": ("DATE", 0, 4)}, [], {"1": "2024"}, {"dates"}, id="a date"),
        pytest.param({"1": ("Published", 0, 4)}, [], {"1": "2024-05-04"}, {"dates", "published"}, id="day of publication"),
        pytest.param({"1": ("TITLE", 0, 4)}, [], {}, {"roles"}, id="a title"),
        pytest.param({"1": ("PER", 0, 4), "2": ("ORG", 5, 9)}, [("1", "2", "works for")], {}, {"roles"}, id="an affiliation"),
        pytest.param({"1": ("GRANT", 0, 4)}, [], {}, GRANTS, id="a grant"),
        pytest.param({"1": ("ORG", 0, 4), "2": ("ORG", 5, 9)}, [("1", "2", "funds")], {}, GRANTS, id="a grant from one to another"),
        pytest.param({"1": ("EMAIL", 0, 4), "2": ("PER", 5, 9)}, [("1", "2", "of")], {}, {"contacts"}, id="an address"),
        pytest.param({"1": ("Headline", 0, 4)}, [], {}, {"title"}, id="a headline"),
        pytest.param({"1": ("LOC", 0, 4)}, [], {"1": "x"}, set(), id="what means nothing here"),
    ],
)  # fmt: skip
def test_a_corpus_is_scored_in_what_it_says(
    spans: Spans, links: list[tuple[str, str, str]], norms: dict[str, str], fields: set[str]
) -> None:
    annotated = annotated_text("a", "Siva Siva", spans, links, {i: {"norm": n} for i, n in norms.items()})
    assert fields_of([annotated]) == fields
    assert fields <= {*FIELDS, *ACCURACIES}
