"""CoNLL-U as gold of names alone."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from pressextract.evaluation.conllu import conllu_files, mark_sentences
from pressextract.evaluation.gold import GoldError
from pressextract.evaluation.results import judge_names, summary
from pressextract.ner.conllu import WordSpan


def sentence(*words: str) -> str:
    """Each "word" or "word/TAG"."""
    rows = (word.partition("/")[::2] for word in words)
    return "".join(f"{i}\t{w}\t_\t_\t_\t_\t_\t_\t_\tname={t or 'O'}\n" for i, (w, t) in enumerate(rows, 1)) + "\n"


KARI = sentence("Kari/B-PER", "Nordmann/I-PER", "leder", "Siva/B-ORG", ".")
OSLO = sentence("Dei", "bur", "ikkje", "i", "Oslo/B-GPE_LOC", ".")


class FakeTagger:
    name = "fake"

    def tag(self, sequences: Sequence[list[str]]) -> list[list[WordSpan]]:
        """Two first words are a person."""
        return [[WordSpan(0, 2, "PER")] for _ in sequences]


def test_sentences_are_marked_with_the_names_of_both(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu"
    path.write_text(KARI + OSLO, encoding="utf-8")
    first, second = mark_sentences([path], FakeTagger())
    assert (first.doc_id, first.text) == ("a/1", "Kari Nordmann leder Siva .")
    assert [(first.text[m.start : m.end], m.label) for m in first.gold] == [("Kari Nordmann", "PER"), ("Siva", "ORG")]
    assert first.predicted == (first.gold[0],)
    assert [(second.text[m.start : m.end], m.label) for m in second.predicted] == [("Dei bur", "PER")]


def test_they_are_scored_in_their_mentions_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu"
    path.write_text(KARI + OSLO, encoding="utf-8")
    data = summary(judge_names(list(mark_sentences([path], FakeTagger())), "fake"))
    assert (data["documents"], data["unit"], data["fields"], data["by_document"]) == (2, "sentences", {}, [])
    assert {label: of["strict"]["f1"] for label, of in data["mentions"].items()} == {
        "all": 0.4,
        "PER": pytest.approx(2 / 3),
        "ORG": 0.0,
        "GPE_LOC": 0.0,
    }
    assert data["causes"] == {"mentions": {"missed": 2, "spurious": 1}}


def test_norne_s_folder_stands_for_its_test_files(tmp_path: Path) -> None:
    for place in ("nob/no_bokmaal-ud-test", "nob/no_bokmaal-ud-train", "nno/no_nynorsk-ud-test"):
        path = tmp_path / "ud" / f"{place}.conllu"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(KARI, encoding="utf-8")
    assert [p.name for p in conllu_files(tmp_path)] == ["no_bokmaal-ud-test.conllu", "no_nynorsk-ud-test.conllu"]


@pytest.mark.parametrize(
    ("name", "content", "is_conllu"),
    [
        ("a.conllu", "", True),
        ("a.txt", f"# text = x\n{KARI}", True),
        ("a.json", "[]", False),
        ("a.bin", "\udcff", False),
    ],
)
def test_a_file_is_told_by_its_content(tmp_path: Path, name: str, content: str, is_conllu: bool) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert conllu_files(path) == ([path] if is_conllu else [])


@pytest.mark.parametrize(
    ("content", "problem"), [(b"", "no names in it"), (sentence("Dei", "bur").encode(), "no names in it"), (b"\xff", "not UTF-8")]
)  # fmt: skip
def test_a_file_without_names_is_one_line(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "a.conllu"
    path.write_bytes(content)
    with pytest.raises(GoldError, match=problem):
        list(mark_sentences([path], FakeTagger()))
