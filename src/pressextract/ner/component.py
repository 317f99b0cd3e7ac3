"""The spaCy component that finds names with a Norwegian NER model."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc, Span

from pressextract.ner.conllu import WordSpan
from pressextract.ner.sequences import sequences_of
from pressextract.ner.stanza_tagger import STANZA, StanzaTagger
from pressextract.ner.tagger import ModelError, OnnxTagger


class Tagger(Protocol):
    """A model as the component uses it.

    Attributes:
        name: what records call the model.
    """

    name: str

    def tag(self, sequences: Sequence[list[str]]) -> list[list[WordSpan]]:
        """For each sequence of words of one document its entities, in order and apart."""


class NorwegianNer:
    """Names of people, organisations, places and works in Norwegian text.

    Scope: the nine NorNE types PER, ORG, LOC, GPE_LOC, GPE_ORG, PROD, EVT, DRV and MISC. Each line is read by
    itself, a long one in parts. A document is a batch of its own, so that its records never depend on others.

    Example:
        "Kari Nordmann leder Siva i Trondheim." -> Kari Nordmann PER, Siva ORG, Trondheim GPE_LOC

    Attributes declared:
        ``doc.ents``: the names, non-overlapping.
        ``span._.score``: the model's probability of the name's least certain word, 0 to 1; 1 where it gives none.
    """

    def __init__(self, tagger: Tagger) -> None:
        self.tagger = tagger
        if not Span.has_extension("score"):
            Span.set_extension("score", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Sets ``doc.ents``."""
        sequences = list(sequences_of(doc))
        ents = []
        for (tokens, _), spans in zip(sequences, self.tagger.tag([words for _, words in sequences]), strict=True):
            for span in spans:
                if span.start == len(tokens):  # the mark
                    continue
                ent = Span(doc, tokens[span.start], tokens[min(span.end, len(tokens)) - 1] + 1, label=span.label)
                ent._.score = span.score
                ents.append(ent)
        doc.ents = tuple(ents)
        return doc


@Language.factory("pressextract_ner", default_config={"model": None, "threads": 0})
def create_ner(nlp: Language, name: str, model: str | None, threads: int) -> NorwegianNer:
    """The component; *model* is a shipped model's name, a folder or "stanza", the default model where it is null."""
    return NorwegianNer(load_tagger(model, threads))


def load_tagger(model: str | Path | None = None, threads: int = 0) -> Tagger:
    """The tagger that *model* names, as in :func:`pressextract.load`.

    Raises:
        ModelError: if there is none.
    """
    if model == STANZA:
        return StanzaTagger(threads=threads)
    return OnnxTagger(model_folder(model), threads=threads)


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
        raise ModelError(
            f"no model {str(model or DEFAULT_MODEL)!r}; shipped: {names}; or give a model's folder or {STANZA!r}"
        )
    return Path(model)
