"""Gold for names alone: CoNLL-U files as NorNE's, scored sentence by sentence."""

from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from pressextract.evaluation.gold import GoldError, Mention
from pressextract.evaluation.ner import Marked
from pressextract.language import detect_variety
from pressextract.ner.component import Tagger
from pressextract.ner.conllu import VARIETIES, Sentence, WordSpan, norne_file, read_conllu, spans_of

_BATCH = 64  # sentences that the tagger reads together


def conllu_files(path: Path) -> list[Path]:
    """The CoNLL-U files that a path names; none where it is other gold.

    A folder laid out as NorNE's stands for the test files of its varieties, as published figures do; any other
    folder for the files in it.
    """
    if path.is_file():
        return [path] if path.suffix == ".conllu" or _looks_like_conllu(path) else []
    norne = [norne_file(path, variety, "test") for variety in VARIETIES]
    return [file for file in norne if file.is_file()] or sorted(path.glob("*.conllu"))


def mark_sentences(files: list[Path], tagger: Tagger) -> Iterator[Marked]:
    """Each sentence of some files with the names that gold and tagger have in it.

    Args:
        files: CoNLL-U files with ``name=TAG`` in the tenth column.
        tagger: the model to score.

    Raises:
        GoldError: if a file has no sentences or no names.
    """
    for file in files:
        try:
            sentences = list(read_conllu(file))
        except UnicodeDecodeError:
            raise GoldError(f"{file}: not UTF-8") from None
        if not any(spans_of(s.tags) for s in sentences):
            raise GoldError(f"{file}: no names in it; NorNE has them in the tenth column, as name=B-PER")
        language = detect_variety("\n".join(" ".join(s.words) for s in sentences))
        for start in range(0, len(sentences), _BATCH):
            batch = sentences[start : start + _BATCH]
            found = tagger.tag([s.words for s in batch])
            for number, (sentence, spans) in enumerate(zip(batch, found, strict=True), start + 1):
                yield _mark(f"{file.stem}/{number}", language, sentence, spans)


def _mark(doc_id: str, language: str, sentence: Sentence, spans: list[WordSpan]) -> Marked:
    starts = list(accumulate((len(word) + 1 for word in sentence.words), initial=0))
    gold, predicted = (
        tuple(
            Mention(start=starts[s.start], end=starts[s.end] - 1, label=s.label)
            for s in side
            if s.start < s.end <= len(sentence.words)
        )
        for side in (spans_of(sentence.tags), spans)
    )
    return Marked(doc_id, language, " ".join(sentence.words), gold, predicted)


def _looks_like_conllu(path: Path) -> bool:
    """Whether the first line that is no comment has ten columns."""
    try:
        with path.open(encoding="utf-8") as lines:
            first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    except (OSError, UnicodeDecodeError):
        return False
    return len(first.split("\t")) == 10
