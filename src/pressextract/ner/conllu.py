"""NorNE's CoNLL-U files: sentences of words with IOB2 entity tags."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

LABELS = ("PER", "ORG", "LOC", "GPE_LOC", "GPE_ORG", "PROD", "EVT", "DRV", "MISC")
"""NorNE's nine entity types."""

TAGS = ("O", *(f"{prefix}-{label}" for label in LABELS for prefix in "BI"))
"""The IOB2 tags in the order of the model's outputs."""

VARIETIES = {"nb": "nob/no_bokmaal", "nn": "nno/no_nynorsk"}


class Sentence(NamedTuple):
    """One sentence: its words and their IOB2 tags, of equal length."""

    words: list[str]
    tags: list[str]


class WordSpan(NamedTuple):
    """An entity as words ``[start, end)`` of a sequence, with its label and the model's score (0 to 1)."""

    start: int
    end: int
    label: str
    score: float = 1.0


def norne_file(folder: Path, variety: str, split: str) -> Path:
    """The path of one NorNE file under *folder* for a variety ("nb", "nn") and a split ("train", "dev", "test")."""
    return folder / "ud" / f"{VARIETIES[variety]}-ud-{split}.conllu"


def read_conllu(path: Path) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file whose tenth column has ``name=TAG``.

    Args:
        path: the file, UTF-8.

    Raises:
        FileNotFoundError: if there is no such file.
    """
    words: list[str] = []
    tags: list[str] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#"):
                continue
            columns = line.rstrip("\n").split("\t")
            if len(columns) < 10:
                if words:
                    yield Sentence(words, tags)
                words, tags = [], []
            elif columns[0].isdigit():
                words.append(columns[1])
                misc = dict(field.partition("=")[::2] for field in columns[9].split("|"))
                tags.append(misc.get("name", "O"))
    if words:
        yield Sentence(words, tags)


def spans_of(tags: Iterable[str], scores: Sequence[float] | None = None) -> list[WordSpan]:
    """The entities of a tag sequence; an I- tag that continues nothing of its type begins an entity.

    Args:
        tags: IOB2 tags, one a word.
        scores: the probability of each word's tag; an entity's score is the lowest of its words'.
    """
    spans: list[WordSpan] = []
    for i, tag in enumerate(tags):
        prefix, _, label = tag.partition("-")
        if not label:
            continue
        score = 1.0 if scores is None else scores[i]
        last = spans[-1] if spans else None
        if prefix == "I" and last and last.end == i and last.label == label:
            spans[-1] = WordSpan(last.start, i + 1, label, min(last.score, score))
        else:
            spans.append(WordSpan(i, i + 1, label, score))
    return spans
