"""Pages as readers use them, in a browser."""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from releases import make_release, write_page

from pressextract.pipeline import Extractor
from pressextract.records import PressRelease

CORPUS = Path(__file__).parents[2] / "corpus" / "dev"
DOCUMENTS = 50
MOST_BYTES = 15_000_000

Open = Callable[..., Page]

DECORATIONS = ["", "🎉 ", "👩‍🔬🇳🇴 ", "a\u030a ", "\u00ad", "\ud83d ", "\0\r\n", "\u202e"]
LABS = ["Fjordlab", "Fjord\u00adlab", "Fjørdlab", "F🎉lab"]


def release(number: int) -> tuple[str, PressRelease]:
    """A release that differs from the others in its names, sums and the odd characters before and in its marks."""
    decoration, lab = DECORATIONS[number % len(DECORATIONS)], LABS[number % len(LABS)]
    if number % 3 == 0:
        lab = unicodedata.normalize("NFD", f"{lab} på Ås")
    bank, person, amount = f"Bank{number:02}", f"Kari{number:02} Nordmann", f"{number + 1} millioner kroner"
    text = (
        f"{decoration}Støtte til {lab}\r\n\r\nPublisert 4. mai 2023\r\n\r\n"
        f"{bank} gir {amount} {decoration}til {lab} over tre år.\r\n\r\n"
        f"– Vi {decoration}jubler, sier direktøren i {lab}, {person}. {bank} er raus."
    )
    return make_release(
        text,
        doc_id=f"mappe/{number:02}",
        title=f"Støtte til {lab}",
        published="2023-05-04",
        organisations=[
            {"id": "o1", "name": bank, "kind": "bank", "mentions": bank},
            {"id": "o2", "name": lab, "aliases": ["Laben"], "mentions": lab},
        ],
        people=[{"id": "p1", "name": person, "emails": ["kari@example.org"], "mentions": person}],
        roles=[
            {
                "person": "p1",
                "title": "direktør",
                "organisation": "o2",
                "confidence": 0.9,
                "evidence": f"direktøren i {lab}, {person}",
            }
        ],
        grants=[
            {
                "funders": ["o1"],
                "recipients": ["o2"],
                "duration": "P3Y",
                "amount": {"value": (number + 1) * 1_000_000, "modifier": "max"},
                "confidence": 0.5,
                "evidence": f"{bank} gir {amount} {decoration}til {lab} over tre år.",
            }
        ],
        amounts=[{"value": (number + 1) * 1_000_000, "span": amount}],
        dates=[{"edtf": "2023-05-04", "span": "4. mai 2023"}],
    )


@pytest.fixture(scope="module")
def releases() -> list[tuple[str, PressRelease]]:
    return [release(number) for number in range(DOCUMENTS)]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, releases: list[tuple[str, PressRelease]]) -> Path:
    return write_page(tmp_path_factory.mktemp("view") / "page.html", releases)


def marked(page: Page, name: str) -> list[str]:
    return page.locator(f"#text .{name}").all_text_contents()


def quoted(text: str, spans: Any) -> list[str]:
    """The quotes of spans as a browser has them: lone surrogates that meet are one character there."""
    return [
        text[s.start : s.end].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass") for s in spans
    ]


def headline(page: Page) -> str:
    return page.locator("#headline").text_content() or ""


def test_highlights_of_fifty_documents_sit_on_their_characters(
    open_page: Open, path: Path, releases: list[tuple[str, PressRelease]]
) -> None:
    page = open_page(path)
    for number, (text, record) in enumerate(releases):
        expect(page.locator("#position")).to_have_text(f"{number + 1} of {DOCUMENTS}")
        assert page.locator("#text").text_content() == text
        mentions = sorted((m for o in record.organisations for m in o.mentions), key=lambda m: m.start)
        assert marked(page, "organisation") == quoted(text, mentions)
        assert marked(page, "person") == quoted(text, record.people[0].mentions)
        assert marked(page, "amount") == quoted(text, [record.amounts[0].span])
        assert marked(page, "date") == ["4. mai 2023"]
        assert marked(page, "title") == ["direktøren"]
        page.keyboard.press("j")


def test_a_grant_draws_its_evidence_its_parties_and_its_sum(
    open_page: Open, path: Path, releases: list[tuple[str, PressRelease]]
) -> None:
    page = open_page(path)
    text, record = releases[0]
    page.locator(".grants .card").hover()
    assert "".join(marked(page, "part-evidence")) == quoted(text, record.grants[0].evidence)[0]
    assert marked(page, "part-funder") == ["Bank00"]
    assert marked(page, "part-recipient") == [record.organisations[1].name]
    assert marked(page, "part-amount") == ["1 millioner kroner"]
    labels = page.locator("#text [data-part]").evaluate_all("nodes => nodes.map((n) => n.dataset.part)")
    assert labels == ["Funder", "Recipient"]
    page.locator("#headline").hover()
    assert marked(page, "is-drawn") == []


def test_a_role_draws_its_person_title_and_organisation(open_page: Open, path: Path) -> None:
    page = open_page(path)
    page.locator(".roles .pin").focus()
    assert marked(page, "part-person") == ["Kari00 Nordmann"]
    assert marked(page, "part-title") == ["direktøren"]
    assert len(marked(page, "part-organisation")) == 1
    page.locator(".roles .pin").press("Enter")
    expect(page.locator(".roles .pin")).to_have_attribute("aria-pressed", "true")
    page.locator("#search").focus()
    assert marked(page, "part-person") == ["Kari00 Nordmann"]  # it stays
    page.locator("#reading").focus()
    page.keyboard.press("Escape")
    assert marked(page, "is-drawn") == []


def test_cards_say_who_gave_whom_what(open_page: Open, path: Path) -> None:
    page = open_page(path, locale="nb-NO")
    assert page.locator(".grants .card").inner_text().replace("\xa0", " ").split("\n") == [
        *("inntil 1 000 000 kr", "Gitt", "50 %", "Giver", "Bank00", "Mottaker"),
        *(release(0)[1].organisations[1].name, "Varighet", "3 år"),
    ]
    assert page.locator(".people .card").inner_text().split("\n") == ["Kari00 Nordmann", "", "kari@example.org"]
    assert page.locator(".dates .pin").inner_text() == "4. mai 2023"


@pytest.mark.parametrize(
    ("locale", "language", "search"),
    [
        ("nb-NO", "nb", "Søk i tekstene (/)"),
        ("no", "nb", "Søk i tekstene (/)"),
        ("nn-NO", "nn", "Søk i tekstane (/)"),
        ("en-US", "en", "Search texts (/)"),
        ("de-DE", "en", "Search texts (/)"),
    ],
)
def test_the_page_speaks_the_browser_s_language(
    open_page: Open, path: Path, locale: str, language: str, search: str
) -> None:
    page = open_page(path, locale=locale)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_role("searchbox")).to_have_attribute("placeholder", search)
    expect(page.get_by_role("searchbox")).to_have_attribute("aria-label", search)


def test_a_kind_can_be_hidden_and_shown(open_page: Open, path: Path) -> None:
    page = open_page(path)
    button = page.get_by_role("button", name="Organisations", exact=True).and_(page.locator("#kinds button"))
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert marked(page, "organisation") == []
    expect(page.locator(".organisations")).to_have_count(0)
    assert marked(page, "person") != []
    page.keyboard.press("4")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert marked(page, "organisation") != []


def test_confidence_leaves_out_what_is_less_sure(open_page: Open, path: Path) -> None:
    page = open_page(path)
    slider = page.get_by_role("slider")
    slider.fill("50")
    expect(page.locator("#least")).to_have_text("50%")
    expect(page.locator(".grants .card, .roles .card")).to_have_count(2)
    slider.press("ArrowRight")
    expect(page.locator(".grants .card, .roles .card")).to_have_count(1)
    expect(page.locator("#records .count").first).to_have_text("0 of 1")
    slider.fill("95")
    expect(page.locator(".roles .card")).to_have_count(0)
    assert marked(page, "title") == []
    assert marked(page, "person") != []


def test_keys_go_through_documents_and_the_browser_goes_back(open_page: Open, path: Path) -> None:
    page = open_page(path)
    position = page.locator("#position")
    for key, expected in (("k", 1), ("j", 2), ("ArrowRight", 3), ("ArrowLeft", 2), ("j", 3), ("k", 2)):
        page.keyboard.press(key)
        expect(position).to_have_text(f"{expected} of {DOCUMENTS}")
    page.go_back()
    expect(position).to_have_text(f"3 of {DOCUMENTS}")
    expect(page.locator("#items [aria-current]")).to_contain_text("mappe/02")
    page.locator("#items button").nth(DOCUMENTS - 1).click()
    expect(position).to_have_text(f"{DOCUMENTS} of {DOCUMENTS}")
    expect(page.locator("#next")).to_be_disabled()
    page.reload()
    expect(position).to_have_text(f"{DOCUMENTS} of {DOCUMENTS}")
    page.locator("#items [tabindex='0']").focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(position).to_have_text(f"{DOCUMENTS - 1} of {DOCUMENTS}")


def test_search_finds_documents_and_marks_what_it_found(open_page: Open, path: Path) -> None:
    page = open_page(path)
    page.keyboard.press("/")
    page.keyboard.type("kari17")
    expect(page.locator("#found")).to_have_text("1 found")
    expect(page.locator("#position")).to_have_text("1 of 1")
    found = "[...CSS.highlights.get('search')].map(String)"
    assert page.evaluate(found) == ["Kari17"]
    page.keyboard.press("Escape")
    expect(page.locator("#position")).to_have_text(f"18 of {DOCUMENTS}")
    assert page.evaluate(found) == []
    page.fill("#search", "fjordlab")  # soft hyphens do not hide a word, and a document that has it stays
    assert page.locator("#found").text_content() == "26 found"
    page.keyboard.press("Enter")
    expect(page.locator("#position")).to_have_text("11 of 26")
    page.fill("#search", "-.*(")
    expect(page.locator("#found")).to_have_text("none found")


def test_keys_are_explained(open_page: Open, path: Path) -> None:
    page = open_page(path)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("next document")
    page.keyboard.press("j")  # not behind the dialog
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#position")).to_have_text(f"1 of {DOCUMENTS}")


def test_light_and_dark_follow_the_browser_and_the_button(open_page: Open, path: Path) -> None:
    page = open_page(path, color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.get_by_role("button", name="Light or dark").click()
    light = page.evaluate(ground)
    assert sum(map(int, dark[4:-1].split(","))) < 150 < 600 < sum(map(int, light[4:-1].split(",")))
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"


@pytest.mark.parametrize("width", [360, 800, 1440])
def test_nothing_is_wider_than_the_screen_and_all_is_at_hand(open_page: Open, path: Path, width: int) -> None:
    page = open_page(path, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    text, records = page.locator("#reading").bounding_box(), page.locator("#records").bounding_box()
    assert text and records
    stacked = records["y"] >= text["y"] + text["height"]
    assert stacked == (width == 360)
    if width < 1200:
        expect(page.locator("#list")).to_be_hidden()
        page.get_by_role("button", name="Documents").click()
    page.locator("#items button").nth(1).click()
    expect(page.locator("#position")).to_have_text(f"2 of {DOCUMENTS}")


def test_print_has_text_and_all_cards_without_controls(open_page: Open, path: Path) -> None:
    page = open_page(path)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for hidden in ("#search", "#list", "#confidence", "#next", "#theme"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(".grants .card blockquote")).to_be_visible()
    styles = [
        page.locator(f"#text .{kind}").first.evaluate("n => getComputedStyle(n).borderBottom.replace(/ rgb.*/, '')")
        for kind in ("organisation", "person", "title", "amount", "date")
    ]
    assert len(set(styles)) == 5  # told apart without colour


def test_overlapping_marks_share_segments(open_page: Open, tmp_path: Path) -> None:
    text = "Siva-direktør Kari Nordmann AS ble valgt 4. mai 2023."
    release = make_release(
        text,
        organisations=[
            {"id": "o1", "name": "Siva", "mentions": "Siva"},
            {"id": "o2", "name": "Kari Nordmann AS", "mentions": "Kari Nordmann AS"},
        ],
        people=[{"id": "p1", "name": "Kari Nordmann", "mentions": "Kari Nordmann"}],
        dates=[{"edtf": "2023-05-04", "span": "4. mai 2023"}, {"edtf": "2023-05", "span": "mai 2023"}],
    )
    page = open_page(write_page(tmp_path / "page.html", [release]))
    classes = "nodes => nodes.map((n) => [n.textContent, n.className])"
    assert page.locator("#text .mark").evaluate_all(classes) == [
        ["Siva", "mark tint-organisation line-organisation organisation"],
        ["Kari Nordmann", "mark tint-person line-organisation organisation person"],
        [" AS", "mark tint-organisation line-organisation organisation"],
        ["4. ", "mark tint-date line-date date"],
        ["mai 2023", "mark tint-date line-date date"],
    ]
    expect(page.locator("#list")).to_be_hidden()  # there is one document only
    expect(page.locator("#next")).to_be_hidden()


HOSTILE = (
    "</script><script>window.hacked = 1; alert(1)</script><img src=x onerror='window.hacked = 2'>"
    "<!--<script>\"' &lt;b&gt; <a href='javascript:window.hacked = 3'>Siva</a><style>*{display:none}</style>"
)


def test_a_hostile_release_stays_text(open_page: Open, tmp_path: Path) -> None:
    release = make_release(
        HOSTILE,
        doc_id=HOSTILE,
        title=HOSTILE,
        organisations=[{"id": "o1", "name": HOSTILE, "aliases": [HOSTILE], "mentions": HOSTILE}],
        people=[{"id": "p1", "name": HOSTILE, "emails": [HOSTILE], "phones": [HOSTILE], "mentions": "Siva"}],
        roles=[{"person": "p1", "title": HOSTILE, "organisation": "o1", "confidence": 1, "evidence": HOSTILE}],
        grants=[{"programme": HOSTILE, "project": HOSTILE, "confidence": 1, "evidence": HOSTILE}],
        dates=[{"edtf": HOSTILE, "span": HOSTILE}],
    )
    page = open_page(write_page(tmp_path / "page.html", [release, release]))
    assert page.locator("#text").text_content() == HOSTILE
    assert page.locator("#headline").text_content() == HOSTILE
    for button in page.locator(".pin").all():
        button.click()
    page.fill("#search", "<script>")
    page.keyboard.press("Enter")
    assert page.locator("main :is(script, style, img, a)").count() == 0
    assert page.evaluate("window.hacked") is None


def test_were_a_script_to_get_in_the_policy_would_not_let_it_run(browser: Browser, path: Path) -> None:
    page = browser.new_page()
    page.goto(path.as_uri())
    refused = page.evaluate(
        """() => new Promise((resolve) => {
            addEventListener("securitypolicyviolation", (event) => resolve(event.violatedDirective));
            const script = document.createElement("script");
            script.textContent = "window.hacked = 4";
            document.body.append(script);
        })"""
    )
    assert (refused, page.evaluate("window.hacked")) == ("script-src-elem", None)


def test_a_thousand_documents_are_a_small_page_whose_list_is_drawn_as_it_is_scrolled_to(
    open_page: Open, tmp_path: Path, nlp: Extractor
) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("d[ab]0[1-4].txt"))]
    releases = [(text, nlp(text, doc_id=f"{n:04}")) for n, text in enumerate(texts)]
    path = write_page(tmp_path / "page.html", (releases[n % len(releases)] for n in range(1_000)))
    assert path.stat().st_size < MOST_BYTES
    page = open_page(path)
    expect(page.locator("#position")).to_have_text("1 of 1,000")
    drawn = page.locator("#items li button")
    assert drawn.count() <= 200
    more = drawn.nth(drawn.count())
    drawn.last.scroll_into_view_if_needed()
    expect(more).to_be_attached()
    page.fill("#search", "Skriv ut")  # below the screen
    top = page.evaluate("[...CSS.highlights.get('search')][0].getBoundingClientRect().top")
    assert 0 < top < 900
    page.fill("#search", "")
    page.evaluate("location.hash = 1000")
    expect(page.locator("#items [aria-current]")).to_be_in_viewport()
