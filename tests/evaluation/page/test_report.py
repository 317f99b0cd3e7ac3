"""The report in a browser: what it shows, and that texts in it are only text."""

import json
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from pressextract.evaluation.comparison import compare
from pressextract.evaluation.errors import entities, grants, roles, values
from pressextract.evaluation.gold import Gold, GoldDocument
from pressextract.evaluation.ner import Marked
from pressextract.evaluation.page import TEXTS, report_page
from pressextract.evaluation.results import Results, judge, judge_names, summary
from pressextract.records import PressRelease
from pressextract.view.page import messages

Make = Callable[..., PressRelease]
OpenPage = Callable[..., Page]

HOSTILE = "</script><script>alert(1)</script> <img src=x onerror=alert(2)>"
TEXT = f"{HOSTILE}\nDaglig leder Kari Nordmann i Fjordlab\nHavbanken gir 5 kroner til Fjordlab"


def place(quote: str) -> dict[str, int]:
    return {"start": TEXT.index(quote), "end": TEXT.index(quote) + len(quote)}


@pytest.fixture
def results(make_record: Make) -> Callable[..., Results]:
    """A run over two texts: the first has a role at the wrong organisation, and a spurious name out of markup."""

    def run(**changes: Any) -> Results:
        gold = Gold.model_validate(
            {
                "language": "nb", "title": None, "grants": [], "amounts": [], "dates": [],
                "organisations": [{"name": name, "aliases": []} for name in ("Fjordlab", "Havbanken")],
                "people": [{"name": "Kari Nordmann", "aliases": []}],
                "roles": [{"person": "Kari Nordmann", "title": "daglig leder", "organisation": "Fjordlab"}],
            }
        )  # fmt: skip
        role = {"person": "p1", "title": "daglig leder", "organisation": "o2", "confidence": 0.6, "evidence": place("Daglig leder Kari Nordmann")}  # fmt: skip
        parts = {
            "organisations": [
                {"id": "o1", "name": "Fjordlab", "mentions": [place("Fjordlab")]},
                {"id": "o2", "name": "Havbanken", "mentions": [place("Havbanken")]},
                {"id": "o3", "name": HOSTILE, "mentions": [place(HOSTILE)]},
            ],
            "people": [{"id": "p1", "name": "Kari Nordmann", "mentions": [place("Kari Nordmann")]}],
            "roles": [role],
        }
        documents = [GoldDocument(doc_id=doc_id, text=TEXT, gold=gold) for doc_id in ("<b>a</b>", "b")]
        return judge(documents, [make_record(**parts | changes), make_record()])

    return run


@pytest.fixture
def report(results: Callable[..., Results], tmp_path: Path, open_page: OpenPage) -> Callable[..., Page]:
    def start(**options: Any) -> Page:
        run, other = results(), results(organisations=[], roles=[])
        path = tmp_path / "report.html"
        data = summary(run, compare(other.evaluation, run.evaluation))
        path.write_text("".join(report_page(data, run, HOSTILE)), encoding="utf-8")
        return open_page(path, **options)

    return start


def group(page: Page, field: str, cause: str) -> Any:
    return page.locator(".groups > div", has=page.locator("h3", has_text=field)).locator("details", has=page.locator("summary", has_text=cause))  # fmt: skip


def test_scores_intervals_and_varieties_stand_in_a_table(report: Callable[..., Page]) -> None:
    page = report()
    heads = page.locator("#scores thead th").all_inner_texts()
    assert heads[1:8] == ["F1", "95 %", "Precision", "Recall", "Right", "Spurious", "Missed"]
    row = page.locator("#scores tbody tr", has_text="Organisations").first.locator("td").all_inner_texts()
    assert row[0] == "57.1%" and row[4:7] == ["2", "1", "2"]
    assert "–" in row[1]


def test_an_error_is_shown_in_its_text_gold_beside_prediction(report: Callable[..., Page]) -> None:
    page = report()
    error = group(page, "Roles", "wrong organisation")
    assert error.locator("li.card").count() == 0  # drawn when it is opened
    error.locator("summary").click()
    card = error.locator("li.card")
    assert card.locator(".pair .gold").inner_text().split("\n") == ["gold", "Person", "Kari Nordmann", "Title", "daglig leder", "Organisation", "Fjordlab"]  # fmt: skip
    assert card.locator(".pair .predicted .differs dd").inner_text() == "Havbanken"
    assert "60% sure" in card.locator("header").inner_text()
    assert card.locator("blockquote mark.both").all_inner_texts() == ["Daglig leder", "Kari Nordmann"]
    assert card.locator("blockquote mark.gold").all_inner_texts() == ["Fjordlab"]


def test_markup_in_texts_and_names_is_text(report: Callable[..., Page]) -> None:
    page = report()  # that a script of it ran would fail the test: open_page watches
    error = group(page, "Organisations", "not in gold")
    error.locator("summary").click()
    assert error.locator("mark.predicted").inner_text() == HOSTILE
    assert HOSTILE in page.locator("h1").inner_text()
    assert page.locator("img").count() == 0
    assert page.locator("#documents button").all_inner_texts() == ["b", "<b>a</b>"]  # most errors first


def test_a_document_s_errors_alone(report: Callable[..., Page]) -> None:
    page = report()
    page.locator("#documents button", has_text=re.compile("^b$")).click()
    assert set(page.locator(".groups li.card header").all_inner_texts()) == {"b"}
    page.locator("#only button").click()
    assert page.locator("#only").is_hidden()
    assert group(page, "Roles", "wrong organisation").count() == 1


def test_what_got_better_and_worse(report: Callable[..., Page]) -> None:
    page = report()
    better, worse = page.locator("#changes .sides > div").all()
    assert [line.split(":")[0] for line in better.locator("li").all_inner_texts()] == ["Organisations, found now"] * 2
    assert [line.split(":")[0] for line in worse.locator("li").all_inner_texts()] == ["Organisations, wrong one added", "Roles, wrong one added"]  # fmt: skip


def test_the_reliability_diagram_has_a_dot_for_each_bin(report: Callable[..., Page]) -> None:
    diagram = report().locator("#confidence figure", has_text="Roles").locator("svg")
    assert diagram.locator("circle").count() == 1
    assert diagram.get_attribute("aria-label") == "1 records, 60% sure, 0% right"


@pytest.mark.parametrize(
    ("locale", "heading"),
    [("nb-NO", "Hvor gode opplysningene er:"), ("nn-NO", "Kor gode opplysningane er:"), ("de-DE", "How good the records are:")],
)  # fmt: skip
def test_it_speaks_the_reader_s_language(report: Callable[..., Page], locale: str, heading: str) -> None:
    assert report(locale=locale).locator("h1").inner_text().startswith(heading)


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_it_fits_the_screen(report: Callable[..., Page], width: int) -> None:
    page = report(viewport={"width": width, "height": 800})
    for summary_of in page.locator(".groups summary").all():
        summary_of.click()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_printing_draws_every_error(report: Callable[..., Page]) -> None:
    page = report()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    drawn = page.locator(".groups li.card").count()
    assert drawn == len(page.evaluate("errors")) > 0


def test_names_alone(tmp_path: Path, open_page: OpenPage) -> None:
    run = judge_names([Marked("a/1", "nb", "Siva og Oslo", (), ())], "fake")
    path = tmp_path / "report.html"
    path.write_text("".join(report_page(summary(run), run, "a")), encoding="utf-8")
    page = open_page(path)
    assert page.locator("#scores").is_hidden()
    assert "1 sentences, 0 errors" in page.locator("#about").inner_text()
    assert page.locator(".groups").inner_text() == "No errors."


@pytest.mark.parametrize("module", [entities, roles, grants, values], ids=lambda module: module.__name__)
def test_each_cause_that_a_module_names_has_words(module: Any) -> None:
    causes = set(re.findall(r"``([a-z_]+)``", module.__doc__))
    assert len(causes) > 5
    for texts in messages(TEXTS).values():
        assert {f"cause_{cause}" for cause in causes - {"funder", "recipient"}} <= set(texts)


def test_texts_are_there_in_every_language_with_the_same_places() -> None:
    own = json.loads((files("pressextract") / TEXTS).read_text(encoding="utf-8"))
    assert set(own) == {"en", "nb", "nn"}
    places = {
        language: {k: set(re.findall(r"\{\w+\}", t)) for k, t in texts.items()} for language, texts in own.items()
    }
    assert places["en"] == places["nb"] == places["nn"]


def test_tables_fit_on_paper(report: Callable[..., Page]) -> None:
    page = report(viewport={"width": 700, "height": 1000}, locale="nb-NO")
    page.emulate_media(media="print")
    widths = page.evaluate("[...document.querySelectorAll('.scroll')].map((box) => [box.scrollWidth, box.clientWidth])")
    assert all(wanted <= given for wanted, given in widths)
