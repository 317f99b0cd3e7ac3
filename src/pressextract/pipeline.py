"""The pipeline: wires the components, and turns a document into a record."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import pressextract.entities
import pressextract.layout
import pressextract.matchers.contacts
import pressextract.matchers.dates
import pressextract.matchers.money
import pressextract.matchers.titles
import pressextract.ner.component
import pressextract.relations.contact_details
import pressextract.relations.grants
import pressextract.relations.roles
from pressextract import records
from pressextract.language import detect_variety
from pressextract.layout import find_title
from pressextract.normalise import NormalisedText, normalise

COMPONENTS = (
    "pressextract_layout",
    "pressextract_ner",
    "pressextract_money",
    "pressextract_dates",
    "pressextract_titles",
    "pressextract_contacts",
    "pressextract_entities",
    "pressextract_contact_details",
    "pressextract_roles",
    "pressextract_grants",
)
"""The components in the order they run."""


MAX_LENGTH = 10_000_000
"""The longest text that an extractor takes by default, in characters: time and memory grow with a text's length."""

_ENDLESS = re.compile(r"\S{1000}")
_PLAIN_WORD = re.compile(r"\w+|\s+|[^\w\s]")


class Extractor:
    """Turns the text of a press release into a record; made by :func:`pressextract.load`.

    Args:
        model: a shipped NER model's name, a model folder or "stanza"; None for the default model.
        threads: threads that the NER model uses; 0 for all cores.
        min_confidence: roles and grants below it (0 to 1) are left out of the records.

    Raises:
        ModelError: if there is no such model.

    Attributes:
        nlp: the spaCy pipeline behind it.
        max_length: the longest text taken, in characters; 10,000,000, more than a million words.
    """

    def __init__(self, model: str | Path | None = None, threads: int = 0, min_confidence: float = 0.0) -> None:
        self._model = model
        self.min_confidence = min_confidence
        self.nlp: Language = spacy.blank("nb")
        self.max_length = MAX_LENGTH
        for name in COMPONENTS:
            config: dict[str, Any] = (
                {"model": model and str(model), "threads": threads} if name == "pressextract_ner" else {}
            )
            self.nlp.add_pipe(name, config=config)
        ner = self.nlp.get_pipe("pressextract_ner")
        self._pipeline = records.Pipeline(model=ner.tagger.name, version=pressextract.__version__)  # type: ignore[attr-defined]

    def __call__(self, text: str, published: date | None = None, doc_id: str = "") -> records.PressRelease:
        """The record of one text.

        Args:
            text: the decoded text, as published; offsets in the record count its code points.
            published: the date that relative dates resolve against; None for the one that the text states.
            doc_id: the record's ``doc_id``.

        Raises:
            ValueError: if the text is longer than ``max_length``.
        """
        if len(text) > self.max_length:
            raise ValueError(
                f"a text of {len(text)} characters; the limit is {self.max_length}: split it or raise max_length"
            )
        return self.record(*self.annotate(text, published), doc_id)

    def annotate(
        self, text: str, published: date | None = None, until: str | None = None
    ) -> tuple[Doc, NormalisedText]:
        """The document of a text behind all components, or behind those before *until*, and its normalised text.

        Args:
            text: the decoded text, as published.
            published: as in a call.
            until: the name of the first component that does not run; None for all of them.
        """
        source = normalise(text)
        doc = self._tokenized(source.text)
        doc._.published = published
        for name, component in self.nlp.pipeline:
            if name == until:
                break
            doc = component(doc)
        return doc, source

    def pipe(self, texts: Iterable[str], *, batch_size: int = 32, n_process: int = 1) -> Iterator[records.PressRelease]:
        """The records of many texts, in order; their ``doc_id`` is their number, from 0.

        Args:
            texts: the decoded texts.
            batch_size: texts that a process takes at a time.
            n_process: processes, each with the model loaded once and one thread; 1 stays in this process.

        Raises:
            ValueError: if a text is longer than ``max_length``.
            concurrent.futures.process.BrokenProcessPool: if a process dies, out of memory perhaps.
        """
        numbered = enumerate(texts)
        if n_process == 1:
            # two at a time: while the network reads one document, the rest of the pipeline works on another
            with ThreadPoolExecutor(2) as pool:
                while batch := list(islice(numbered, batch_size)):
                    yield from pool.map(self._numbered, batch)
            return
        workers = ProcessPoolExecutor(
            n_process, get_context("spawn"), _start_worker, (self._model, self.min_confidence, self.max_length)
        )
        with workers as pool:
            running: deque[Future[list[records.PressRelease]]] = deque()
            while True:
                while len(running) < 2 * n_process and (batch := list(islice(numbered, batch_size))):
                    running.append(pool.submit(_extract, batch))
                if not running:
                    return
                yield from running.popleft().result()

    def _tokenized(self, text: str) -> Doc:
        """The text in words; plainly cut where a stretch has no blanks: spaCy's own way is quadratic there."""
        if _ENDLESS.search(text) is None:
            return self.nlp.tokenizer(text)
        words = _PLAIN_WORD.findall(text)
        return Doc(self.nlp.vocab, words=words, spaces=[False] * len(words))

    def _numbered(self, numbered: tuple[int, str]) -> records.PressRelease:
        number, text = numbered
        return self(text, doc_id=str(number))

    def _title(self, doc: Doc, source: NormalisedText) -> str | None:
        """The headline as the original has it, on one line."""
        block = find_title(source.text, doc._.blocks)
        return " ".join(source.original[slice(*source.to_original(block.start, block.end))].split()) if block else None

    def record(self, doc: Doc, source: NormalisedText, doc_id: str = "") -> records.PressRelease:
        """The record of an annotated document; roles and grants below ``min_confidence`` are left out."""

        def span(start: int, end: int) -> records.Span:
            start, end = source.to_original(start, end)
            return records.Span(start=start, end=end)

        entities = doc._.entities
        return records.PressRelease(
            doc_id=doc_id,
            language=detect_variety(source.text),
            title=self._title(doc, source),
            published=doc._.published,
            text_sha256=records.text_hash(source.original),
            pipeline=self._pipeline,
            organisations=tuple(
                records.Organisation(
                    id=e.id,
                    name=e.name,
                    aliases=tuple(e.aliases),
                    kind=e.kind,
                    mentions=tuple(span(*m) for m in e.mentions),
                )
                for e in entities
                if e.group == "organisation"
            ),
            people=tuple(
                records.Person(
                    id=e.id,
                    name=e.name,
                    aliases=tuple(e.aliases),
                    emails=tuple(e.emails),
                    phones=tuple(e.phones),
                    mentions=tuple(span(*m) for m in e.mentions),
                )
                for e in entities
                if e.group == "person"
            ),
            roles=tuple(
                records.Role(
                    person=role.person.id,
                    title=role.title,
                    organisation=role.organisation and role.organisation.id,
                    confidence=role.confidence,
                    evidence=span(role.start, role.end),
                )
                for role in doc._.roles
                if role.confidence >= self.min_confidence
            ),
            grants=tuple(
                records.Grant(
                    funders=tuple(e.id for e in grant.funders),
                    recipients=tuple(e.id for e in grant.recipients),
                    status=grant.status,
                    programme=grant.programme and grant.programme.name,
                    project=grant.project and grant.project.name,
                    duration=grant.duration,
                    amount=grant.amount
                    and records.Amount(
                        value=grant.amount.value,
                        upper=grant.amount.upper,
                        currency=grant.amount.currency,
                        modifier=grant.amount.modifier,
                    ),
                    confidence=grant.confidence,
                    evidence=tuple(span(*e) for e in grant.places),
                )
                for grant in doc._.grants
                if grant.confidence >= self.min_confidence
            ),
            amounts=tuple(
                records.AmountMention(
                    value=m.value, upper=m.upper, currency=m.currency, modifier=m.modifier, span=span(m.start, m.end)
                )
                for m in (s._.money for s in doc.spans["money"])
            ),
            dates=tuple(
                records.DateMention(edtf=m.edtf, span=span(m.start, m.end))
                for m in (s._.date for s in doc.spans["dates"])
            ),
        )


_worker: Extractor | None = None
"""The extractor of a worker process of :meth:`Extractor.pipe`."""


def _start_worker(model: str | Path | None, min_confidence: float, max_length: int) -> None:
    global _worker
    _worker = Extractor(model, threads=1, min_confidence=min_confidence)
    _worker.max_length = max_length


def _extract(batch: list[tuple[int, str]]) -> list[records.PressRelease]:
    assert _worker is not None
    return [_worker._numbered(numbered) for numbered in batch]
