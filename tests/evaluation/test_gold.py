import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pressextract.evaluation.gold import GoldError, load_gold, read_gold

CORPUS = Path(__file__).parent.parent.parent / "corpus"

TEXT = "Havbanken gir 1,5 mill. kroner til Fjordlab, sier Kari Nordmann."
GOLD: dict[str, Any] = {
    "language": "nb",
    "title": None,
    "published": None,
    "organisations": [{"name": "Havbanken", "aliases": []}, {"name": "Fjordlab", "aliases": []}],
    "people": [{"name": "Kari Nordmann", "aliases": [], "emails": [], "phones": []}],
    "roles": [{"person": "Kari Nordmann", "title": None, "organisation": "Fjordlab"}],
    "grants": [
        {
            "funders": ["Havbanken"],
            "recipients": ["Fjordlab"],
            "amount": {"value": 1500000.0, "currency": "NOK", "modifier": None},
            "status": "awarded",
            "duration": None,
            "quote": "Havbanken gir 1,5 mill. kroner til Fjordlab",
        }
    ],
    "amounts": [
        {"text": "1,5 mill. kroner", "value": 1500000, "upper": None, "currency": "NOK", "modifier": None, "count": 1}
    ],
    "dates": [],
}


def write(folder: Path, gold: Any, text: str | None = TEXT) -> Path:
    path = folder / "a.json"
    path.write_text(gold if isinstance(gold, str) else json.dumps(gold), encoding="utf-8")
    if text is not None:
        path.with_suffix(".txt").write_text(text, encoding="utf-8")
    return path


def test_a_gold_file_and_its_text(tmp_path: Path) -> None:
    document = read_gold(write(tmp_path, GOLD | {"note": "keys of later versions are ignored"}))
    assert (document.doc_id, document.text) == ("a", TEXT)
    grant = document.gold.grants[0]
    assert (grant.funders, grant.recipients) == (("Havbanken",), ("Fjordlab",))
    assert grant.amount is not None
    assert grant.amount.value == Decimal(1500000)


@pytest.mark.parametrize(
    ("gold", "problem"),
    [
        ("{", "Invalid JSON"),
        ("[]", "should be an object"),
        ({k: v for k, v in GOLD.items() if k != "roles"}, "roles"),
        (GOLD | {"language": "sv"}, "language"),
        (GOLD | {"title": "Ikke i teksten"}, "not in the text: 'Ikke i teksten'"),
        (GOLD | {"people": []}, "unknown entity: Kari Nordmann"),
        (GOLD | {"organisations": GOLD["organisations"][1:]}, "unknown entities: Havbanken"),
        (GOLD | {"dates": [{"text": "kroner", "edtf": None, "count": 0}]}, "dates.0.count"),
    ],
)
def test_bad_gold_is_one_line_that_names_the_file(tmp_path: Path, gold: Any, problem: str) -> None:
    path = write(tmp_path, gold)
    with pytest.raises(GoldError) as error:
        read_gold(path)
    assert str(error.value).startswith(f"{path}: ")
    assert problem in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("data", "text"), [(b"\xef\xbb\xbf" + TEXT.encode(), TEXT), (f"{TEXT}\r\n".encode(), f"{TEXT}\r\n")]
)
def test_texts_are_read_as_readers_read_them(tmp_path: Path, data: bytes, text: str) -> None:
    path = write(tmp_path, GOLD)
    path.with_suffix(".txt").write_bytes(data)
    assert read_gold(path).text == text


def test_gold_without_its_text(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"a\.txt: No such file"):
        read_gold(write(tmp_path, GOLD, text=None))


def test_gold_whose_text_is_not_utf8(tmp_path: Path) -> None:
    path = write(tmp_path, GOLD)
    path.with_suffix(".txt").write_bytes("får støtte".encode("cp1252"))
    with pytest.raises(GoldError, match=r"a\.txt: not UTF-8"):
        read_gold(path)


def test_a_folder_without_gold(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no gold here"):
        load_gold(tmp_path)


@pytest.mark.parametrize(("part", "least"), [("train", 120), ("dev", 28)])
def test_the_corpus_is_good_gold_in_both_varieties(part: str, least: int) -> None:
    corpus = load_gold(CORPUS / part)
    assert len(corpus) >= least
    assert {d.gold.language for d in corpus} == {"nb", "nn"}
    assert [d.doc_id for d in corpus] == sorted(d.doc_id for d in corpus)


@pytest.mark.parametrize("part", ["train", "dev"])
def test_no_text_of_the_corpus_lacks_its_gold(part: str) -> None:
    assert {p.stem for p in (CORPUS / part).glob("*.txt")} == {p.stem for p in (CORPUS / part).glob("*.json")}
