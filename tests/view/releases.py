"""Releases made by hand, and pages of them."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from pressextract.records import PressRelease
from pressextract.view.document import page_document
from pressextract.view.documents import documents_page


def spans(text: str, quote: str) -> list[dict[str, int]]:
    """Every place of a quote, in code points."""
    starts = [i for i in range(len(text)) if text.startswith(quote, i)]
    return [{"start": start, "end": start + len(quote)} for start in starts]


def make_release(text: str, **parts: Any) -> tuple[str, PressRelease]:
    """A text and its record; quotes stand for spans: {"mentions": "Siva"} is every place of "Siva"."""

    def resolve(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: resolve(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [resolve(v) for v in value]
        if key == "mentions":
            return spans(text, value)
        if key in {"evidence", "span"}:
            return spans(text, value)[0]
        return value

    grants = [grant | {"evidence": spans(text, grant["evidence"])} for grant in parts.pop("grants", [])]
    record = PressRelease.model_validate(
        {
            "doc_id": "a", "language": "nb", "pipeline": {"model": "none", "version": "0"},
            "text_sha256": sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            **resolve(parts), "grants": grants,
        }
    )  # fmt: skip
    return text, record


def write_page(path: Path, releases: Iterable[tuple[str, PressRelease]]) -> Path:
    """The page of these releases, in a file."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(documents_page(page_document(record, text) for text, record in releases))
    return path
