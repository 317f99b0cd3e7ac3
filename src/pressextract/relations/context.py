"""What relation extractors read: a document's sentences, mentions, titles and sums in their places."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, NamedTuple, TypeVar

import regex
from spacy.tokens import Doc

from pressextract.doctext import text_of
from pressextract.entities import Entity
from pressextract.layout import Block
from pressextract.lexicon import load_lexicon
from pressextract.matchers.money import MoneyMatch
from pressextract.matchers.titles import TitleMatch
from pressextract.names import fold
from pressextract.normalise import lowered
from pressextract.relations.anaphors import find_anaphors
from pressextract.relations.places import InOrder, Named, Place
from pressextract.relations.symbols import ANAPHOR, ORGANISATION, PERSON, SUM, TITLE, Symbols
from pressextract.sentences import find_sentences

_NEAR = 1500
"""How far in a block, in characters, what is named may bear on a place."""

_LONGEST = 2000
"""A sentence is read in parts of so many characters at most: text without points costs no more than other text."""

_PRONOUN = regex.compile(r"\b(?:hun|han|ho)\b", regex.IGNORECASE)


class Sentence(NamedTuple):
    """A sentence, or a line that is none, and the index of its block."""

    start: int
    end: int
    block: int


@dataclass(slots=True, eq=False)
class Context:
    """A document as relation extractors see it; all sequences are in order of their offsets (characters)."""

    text: str
    lower: str
    """The text in lower case, character for character."""
    blocks: list[Block]
    sentences: list[Sentence]
    named: list[Named]
    titles: list[TitleMatch]
    main: Entity | None
    """The organisation that the text is mostly about or from."""
    organisations: list[Entity]
    people: list[Entity]
    symbols: Symbols
    said: dict[object, Any] = field(default_factory=dict)
    """What functions have said of a block or a title: see :func:`remembered`."""
    _named: dict[str | None, InOrder[Named]] = field(init=False)
    _pronouns: InOrder[Named] = field(init=False)
    _titles: InOrder[TitleMatch] = field(init=False)
    _blocks: InOrder[Block] = field(init=False)
    _sentences: InOrder[Sentence] = field(init=False)

    def __post_init__(self) -> None:
        self._named = {None: InOrder(self.named)}
        for group in ("organisation", "person"):
            self._named[group] = InOrder([n for n in self.named if n.entity.group == group])
        self._pronouns = InOrder([*self._read_pronouns()])
        self._titles = InOrder(self.titles)
        self._blocks = InOrder(self.blocks)
        self._sentences = InOrder(self.sentences)

    def _read_pronouns(self) -> Iterator[Named]:
        for match in _PRONOUN.finditer(self.text):
            recent = self.named_in(max(0, match.start() - 500), match.start(), "person")
            if recent:
                yield Named(match.start(), match.end(), recent[-1].entity, by_name=False)

    def block_at(self, position: int) -> int | None:
        """The index of the block that holds the character at *position*."""
        return self._blocks.index_at(position)

    def named_in(self, start: int, end: int, group: str | None = None) -> list[Named]:
        """Mentions that start in ``[start, end)``, of one group ("organisation", "person") or of both."""
        return self._named[group].within(start, end)

    def around(self, index: int, position: int) -> Place:
        """The part of a block that is near *position* (characters): in one so long the rest tells nothing of it."""
        block = self.blocks[index]
        return max(block.start, position - _NEAR), min(block.end, position + _NEAR)

    def titles_in(self, start: int, end: int) -> list[TitleMatch]:
        """Titles that start in ``[start, end)``."""
        return self._titles.within(start, end)

    def pronouns_in(self, start: int, end: int) -> list[Named]:
        """Personal pronouns in ``[start, end)`` as mentions of the person named last before them."""
        return self._pronouns.within(start, end)

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence that holds the character at *position*."""
        i = self._sentences.index_at(position)
        return None if i is None else self.sentences[i]

    def sentence_before(self, position: int) -> Sentence | None:
        """The last sentence that starts before *position*."""
        i = self._sentences.last(position - 1)
        return self.sentences[i] if i >= 0 and position else None

    def block_text(self, index: int | None) -> str:
        """The text of a block; empty for None."""
        return "" if index is None else self.text[self.blocks[index].start : self.blocks[index].end]


Key = TypeVar("Key")
Value = TypeVar("Value")


def remembered(function: Callable[[Context, Key], Value]) -> Callable[[Context, Key], Value]:
    """A function of a document and a block's index, or a title, that works out its answer once for each."""

    @wraps(function)
    def remembering(context: Context, key: Key) -> Value:
        try:
            answer: Value = context.said[function, key]
        except KeyError:
            answer = context.said[function, key] = function(context, key)
        return answer

    return remembering


def read_context(doc: Doc) -> Context:
    """The context of a document that has its layout, entities and titles; made once and kept in ``doc.user_data``.

    Raises:
        ValueError: if no component has set its entities.
    """
    made: Context | None = doc.user_data.get("pressextract_context")
    if made is None:
        if not Doc.has_extension("entities") or doc._.entities is None:
            raise ValueError("the document has no entities: add the component 'pressextract_entities' before this one")
        text, blocks = text_of(doc), doc._.blocks or []
        lower = lowered(text)
        sentences = [
            Sentence(start, min(end, start + _LONGEST), i)
            for i, block in enumerate(blocks)
            for first, end in find_sentences(text, block.start, block.end)
            for start in range(first, end, _LONGEST)
        ]
        named = sorted(Named(m.start, m.end, e) for e in doc._.entities for m in e.mentions)
        main = _main_organisation(doc, blocks, named)
        named = sorted([*named, *find_anaphors(text, lower, named, main)])
        titles = [span._.title for span in doc.spans.get("titles", ())]
        organisations = [e for e in doc._.entities if e.group == "organisation"]
        sums = [span._.money for span in doc.spans.get("money", ())]
        symbols = Symbols(text, _marks(named, titles, sums))
        people = [e for e in doc._.entities if e.group == "person"]
        made = Context(text, lower, blocks, sentences, named, sorted(titles), main, organisations, people, symbols)
        doc.user_data["pressextract_context"] = made
    return made


def _marks(
    named: Sequence[Named], titles: Sequence[TitleMatch], sums: Sequence[MoneyMatch]
) -> Iterator[tuple[Place, str]]:
    """The places that are one symbol each; a name within a title counts, not the title."""
    for n in named:
        if n.entity.group == "person":
            yield (n.start, n.end), PERSON
        else:
            yield (n.start, n.end), ORGANISATION if n.by_name else ANAPHOR
    yield from (((t.start, t.end), TITLE) for t in titles)
    yield from (((m.start, m.end), SUM) for m in sums)


def _main_organisation(doc: Doc, blocks: Sequence[Block], named: Sequence[Named]) -> Entity | None:
    """The organisation with the most weight.

    Its mentions count, more so in the letterhead, headline, first paragraph and contact lines, and so does an e-mail
    address with its name.
    """
    domains = " ".join(
        span._.contact.value.partition("@")[2]
        for span in doc.spans.get("contacts", ())
        if span._.contact.kind == "email"
    ).lower()
    weights: dict[str, float] = {}
    by_id = {n.entity.id: n.entity for n in named if n.entity.group == "organisation"}
    extra = load_lexicon("roles")["main_weights"]
    lead = next((b.start for b in blocks if b.kind == "paragraph"), -1)
    starts = [b.start for b in blocks]
    for n in named:
        if n.entity.id in by_id:
            block = blocks[bisect_right(starts, n.start) - 1] if starts and n.start >= starts[0] else None
            kind = block.kind if block else ""
            weights[n.entity.id] = (
                weights.get(n.entity.id, 0.0) + 1 + extra.get(kind, 0.0) + (block is not None and block.start == lead)
            )
    for identifier, entity in by_id.items():
        forms = [fold(form).replace(" ", "") for form in (entity.name, *entity.aliases)]
        if any(len(word) > 2 and word in domains for form in forms for word in (form, form[:12])):
            weights[identifier] += extra["domain"]
    best = max(weights, key=weights.__getitem__, default=None)
    return by_id[best] if best else None
