"""NorNE's files and tags."""

from pathlib import Path

import pytest

from pressextract.ner.conllu import TAGS, Sentence, WordSpan, norne_file, read_conllu, spans_of

FILE = """\
# text = Kari Nordmann leder Siva.
1\tKari\tKari\tPROPN\t_\t_\t_\t_\t_\tname=B-PER
2\tNordmann\tNordmann\tPROPN\t_\t_\t_\t_\t_\tname=I-PER
3\tleder\tlede\tVERB\t_\t_\t_\t_\t_\tname=O
4\tSiva\tSiva\tPROPN\t_\t_\t_\t_\t_\tSpaceAfter=No|name=B-ORG
5\t.\t.\tPUNCT\t_\t_\t_\t_\t_\tname=O

1\tJa\tja\tINTJ\t_\t_\t_\t_\t_\t_
"""


def test_sentences_have_words_and_tags(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu"
    path.write_text(FILE, encoding="utf-8")
    assert list(read_conllu(path)) == [
        Sentence(["Kari", "Nordmann", "leder", "Siva", "."], ["B-PER", "I-PER", "O", "B-ORG", "O"]),
        Sentence(["Ja"], ["O"]),
    ]


def test_files_lie_as_upstream_lays_them() -> None:
    assert norne_file(Path("norne"), "nn", "dev") == Path("norne/ud/nno/no_nynorsk-ud-dev.conllu")


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        (["O", "B-PER", "I-PER", "O"], [(1, 3, "PER")]),
        (["B-PER", "B-PER"], [(0, 1, "PER"), (1, 2, "PER")]),
        (["I-ORG", "I-ORG"], [(0, 2, "ORG")]),
        (["B-PER", "I-ORG"], [(0, 1, "PER"), (1, 2, "ORG")]),
        (["B-GPE_LOC", "O", "I-GPE_LOC"], [(0, 1, "GPE_LOC"), (2, 3, "GPE_LOC")]),
        ([], []),
    ],
)
def test_tags_make_spans(tags: list[str], spans: list[tuple[int, int, str]]) -> None:
    assert spans_of(tags) == [WordSpan(*span) for span in spans]


def test_a_span_is_as_sure_as_its_least_sure_word() -> None:
    assert spans_of(["B-PER", "I-PER"], [0.9, 0.4]) == [WordSpan(0, 2, "PER", 0.4)]


def test_there_are_nine_types() -> None:
    assert len(TAGS) == 1 + 2 * 9
