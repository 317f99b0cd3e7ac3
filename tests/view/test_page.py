"""Pages as files: whatever a text holds comes through, and nothing in it is markup."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from releases import make_release

from pressextract.view.document import KINDS, page_document
from pressextract.view.documents import documents_page
from pressextract.view.page import asset, messages


class Scripts(HTMLParser):
    """The scripts, styles and policy of a page, as a browser would read them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, dict[str, str | None], str]] = []
        self.policy = ""
        self._open: tuple[str, dict[str, str | None]] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self._open = tag, dict(attrs)
            self.blocks.append((*self._open, ""))
        if dict(attrs).get("http-equiv") == "Content-Security-Policy":
            self.policy = dict(attrs)["content"] or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            tag, attributes, content = self.blocks[-1]
            self.blocks[-1] = tag, attributes, content + data


def page_of(text: str, **parts: Any) -> str:
    text, record = make_release(text, **parts)
    return "".join(documents_page([page_document(record, text)]))


def units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


@given(st.text(st.characters(codec=None, categories=None)))
@example("</script><script>alert(1)</script>")
@example("<!--<script>")
@example("]]> --> &lt; &amp;lt; '\"` {{ 1 }} {% raw %}")
@example("\0\r\n\r\u2028\u2029\ufeff\ufffe\x85\x1b")
@example("\ud83d \ude00 \ud83d\ude00 🎉")
def test_any_text_comes_through_the_page_s_data(text: str) -> None:
    page = page_of(text, doc_id=text, title=text, organisations=[{"id": "o1", "name": text}])
    blocks = Scripts(page.encode().decode()).blocks
    assert len(blocks) == len(Scripts(page_of("")).blocks)
    (data,) = [content for _, attributes, content in blocks if attributes.get("class") == "document"]
    document = json.loads(data)
    for found in (document["text"], document["title"], document["id"], document["cards"]["organisations"][0]["name"]):
        assert units(found) == units(text)


def test_the_policy_allows_the_page_s_own_scripts_and_styles_and_nothing_else() -> None:
    parsed = Scripts(page_of("Siva"))
    policy = {name: values for name, *values in (part.split() for part in parsed.policy.split(";"))}
    assert policy.pop("default-src") == ["'none'"]
    assert policy.pop("img-src") == ["data:"]
    assert (policy.pop("base-uri"), policy.pop("form-action")) == (["'none'"], ["'none'"])
    for name, tag in (("style-src", "style"), ("script-src", "script")):
        runs = [content for t, attributes, content in parsed.blocks if t == tag and "type" not in attributes]
        hashes = [base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() for content in runs]
        assert policy.pop(name) == [f"'sha256-{value}'" for value in hashes]
    assert policy == {}


STYLES = ("view/base.css", "view/view.css")
SCRIPTS = ("view/base.js", "view/text.js", "view/cards.js", "view/view.js")


@pytest.mark.parametrize("name", [*STYLES, *SCRIPTS])
def testassets_reach_for_nothing_and_never_make_markup_of_texts(name: str) -> None:
    content = asset(name)
    assert not re.search(r"https?:|//[\w.]+/|@import|url\(|</script|</style|<!--", content)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|Function\(|fetch\(", content)


def test_every_language_has_every_text() -> None:
    english = messages()["en"]
    assert set(messages()) == {"en", "nb", "nn"}
    for language, texts in messages().items():
        assert list(texts) == list(english), language
        for key, text in texts.items():
            assert text.strip()
            assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", english[key])), (language, key)


def test_every_text_is_used_and_every_one_used_exists() -> None:
    sources = "".join(map(asset, (*SCRIPTS, "view/base.html.j2", "view/view.html.j2")))
    for key in messages()["en"]:
        stem = re.sub(r"_(one|other)$", "", key)
        family = key.partition("_")[0]
        assert stem in KINDS or f'"{stem}"' in sources or f"`{family}_${{" in sources or f".{key}" in sources, key
    for key in re.findall(r'(?:say|row|party|text|label)\("(\w+)"', sources):
        assert key in messages()["en"], key


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(
    ("ink", "grounds"),
    [
        ("ink", ["paper", "raised", "sunk", *(f"{kind}-tint" for kind in KINDS.values() if kind != "evidence")]),
        ("muted", ["paper", "raised", "sunk"]),
        ("paper", ["ink", "evidence"]),
    ],
)
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(ink: str, grounds: list[str], scheme: int) -> None:
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", asset("view/base.css"))
    colours = {name: pair[scheme] for name, *pair in found}
    for ground in grounds:
        darker, lighter = sorted(map(luminance, (colours[ink], colours[ground])))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, ground
