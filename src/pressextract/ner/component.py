"""The spaCy component that finds names with a Norwegian NER model."""

from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from pressextract.ner.tagger import SENTENCE_ENDS, ModelError, OnnxTagger

HEADLINE_MARK = "|"

CHUNK_WORDS = 120
"""A line longer than this is read in parts, cut at sentence ends: about a paragraph, as the model was trained."""


class NorwegianNer:
    """Names of people, organisations, places and works in Norwegian text.

    Scope: the nine NorNE types PER, ORG, LOC, GPE_LOC, GPE_ORG, PROD, EVT, DRV and MISC. Each line is read by
    itself, a long one in parts. A document is a batch of its own, so that its records never depend on others.

    Example:
        "Kari Nordmann leder Siva i Trondheim." -> Kari Nordmann PER, Siva ORG, Trondheim GPE_LOC

    Attributes declared:
        ``doc.ents``: the names, non-overlapping.
        ``span._.score``: the model's probability of the name's least certain word, 0 to 1.
    """

    def __init__(self, tagger: OnnxTagger) -> None:
        self.tagger = tagger
        if not Span.has_extension("score"):
            Span.set_extension("score", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Sets ``doc.ents``."""
        chunks = list(_chunks(doc))
        ents = []
        for chunk, spans in zip(chunks, self.tagger.tag([_words(doc, chunk) for chunk in chunks]), strict=True):
            for span in spans:
                if span.start == len(chunk):  # the mark
                    continue
                ent = Span(doc, chunk[span.start], chunk[min(span.end, len(chunk)) - 1] + 1, label=span.label)
                ent._.score = span.score
                ents.append(ent)
        doc.ents = tuple(ents)
        return doc


@Language.factory("pressextract_ner", default_config={"model": None, "threads": 0})
def create_ner(nlp: Language, name: str, model: str | None, threads: int) -> NorwegianNer:
    """The component; *model* is a shipped model's name or a folder, the default model where it is null."""
    return NorwegianNer(OnnxTagger(model_folder(model), threads=threads))


DEFAULT_MODEL = "norne-small"


def model_folder(model: str | Path | None = None) -> Path:
    """The folder of a model: a shipped one's name (None: the default) or a path.

    Raises:
        ModelError: if there is neither.
    """
    package = Path(__file__).parent.parent
    # In a wheel the models lie in the package, in a checkout beside its src folder.
    shelves = [package / "models", package.parent.parent / "models"]
    for shelf in shelves:
        candidate = shelf / str(model or DEFAULT_MODEL)
        if (candidate / "config.json").is_file():
            return candidate
    if model is None or not Path(model).is_dir():
        shipped = sorted({c.parent.name for shelf in shelves for c in shelf.glob("*/config.json")})
        names = ", ".join(shipped) or "none"
        raise ModelError(f"no model {str(model or DEFAULT_MODEL)!r}; shipped: {names}; or give a model's folder")
    return Path(model)


def _words(doc: Doc, chunk: list[int]) -> list[str]:
    """The words of a chunk; one that is no sentence gets the mark that ends such lines in NorNE."""
    words = [doc[i].text for i in chunk]
    return words if words[-1].endswith(SENTENCE_ENDS) else [*words, HEADLINE_MARK]


def _chunks(doc: Doc) -> Iterator[list[int]]:
    """Indices of the words of each line and table cell of *doc*, a long line in parts."""
    chunk: list[int] = []
    for token in doc:
        if not token.is_space:
            chunk.append(token.i)
            full = (len(chunk) >= CHUNK_WORDS and token.text in {".", "!", "?"}) or len(chunk) >= 2 * CHUNK_WORDS
        else:
            full = "\n" in token.text or "\t" in token.text
        if full and chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
