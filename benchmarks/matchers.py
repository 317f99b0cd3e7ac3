"""The matchers beside their peers on the same texts: quality and speed in one run.

    python -m pip install -e '.[bench]'
    python benchmarks/matchers.py

Texts: the gold documents of ``corpus/train`` and ``corpus/dev`` (sums and dates), and the examples of
``corpus/matchers``. An expression that a finder gives is right where its characters overlap those of an expected one
and its value is the same; each expected one counts once. The peers' answers are read with good will: see their finders.
Times are of the processor, on the documents, the best of three readings after a first one, as in the middle of a batch:
finders that remember words have met them. Threads are added up, so times are those of one core.
"""

import re
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import spacy
from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher, format_number
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from pressextract.evaluation.examples import read_examples
from pressextract.evaluation.gold import GoldDocument, load_gold
from pressextract.matchers.contacts import ContactMatch, find_contacts
from pressextract.matchers.dates import find_dates
from pressextract.matchers.money import find_money
from pressextract.matchers.titles import find_titles
from pressextract.sentences import find_sentences

CORPUS = Path(__file__).parent.parent / "corpus"
READINGS = 3
UNDATED = date(2024, 1, 1)
"""What peers count from in a text without publication date; gold leaves relative dates open there."""


class Found(NamedTuple):
    """An expression that a finder gives: its characters and its value."""

    start: int
    end: int
    value: Any


class Expected(NamedTuple):
    """An expression of the corpus: its value, and the places of its text, of which *count* are it."""

    value: Any
    places: list[tuple[int, int]]
    count: int = 1


class Sample(NamedTuple):
    """A text with the expressions of one kind that are to be found in it."""

    text: str
    published: date | None
    expected: list[Expected]


class Finder(NamedTuple):
    """A way to find expressions of a kind; *fits* says whether a value of its own is an expected one."""

    name: str
    kind: str
    find: Callable[[str, date | None], Iterable[Found]]
    fits: Callable[[Any, Any], bool] = lambda value, expected: value == expected
    module: str = "pressextract"


def search_dates(text: str, published: date | None) -> Iterator[Found]:
    """It quotes without saying where: each quote is looked for behind the one before."""
    from dateparser.search import search_dates

    base = datetime.combine(published or UNDATED, datetime.min.time())
    settings = {"DATE_ORDER": "DMY", "RELATIVE_BASE": base}
    end = 0
    for quote, moment in search_dates(text, languages=["nb", "nn"], settings=settings) or ():
        start = max(text.find(quote, end), 0)
        end = start + len(quote)
        yield Found(start, end, moment)


def dateparser_reading(text: str, published: date | None) -> Iterator[Found]:
    """Its reading of the expressions that our grammar delimits, one by one."""
    from dateparser.date import DateDataParser

    base = datetime.combine(published or UNDATED, datetime.min.time())
    parser = DateDataParser(languages=["nb", "nn"], settings={"DATE_ORDER": "DMY", "RELATIVE_BASE": base})
    for match in find_dates(text, published):
        if (moment := parser.get_date_data(text[match.start : match.end]).date_obj) is not None:
            yield Found(match.start, match.end, moment)


def lies_in(moment: datetime, edtf: str | None) -> bool:
    """It knows days only: one in the month or year counts, for other periods one in the year that they begin in."""
    first = (edtf or "").partition("/")[0]
    precision = 4 if first[5:7] > "12" else len(first)
    return moment.isoformat().startswith(first[:precision])


KRONER_BEFORE = re.compile(r"\b(?:kr\.?|kroner|nok)\s?\Z", re.IGNORECASE)
KRONER_AFTER = re.compile(r"\s?(?:kr|kroner|nok)\b", re.IGNORECASE)


def quantulum3_money(text: str, published: date | None) -> Iterator[Found]:
    """It knows no kroner: besides its sums, a bare number of its counts where a word for kroner stands beside it."""
    with warnings.catch_warnings(action="ignore"):  # it does without its classifier, which tells English units apart
        from quantulum3 import parser

    for quantity in parser.parse(text):
        start, end = quantity.span
        kind = quantity.unit.entity.name
        if kind == "currency" or (
            kind == "dimensionless"
            and (KRONER_BEFORE.search(text[max(0, start - 10) : start]) or KRONER_AFTER.match(text, end))
        ):
            yield Found(start, end, Decimal(str(quantity.value)))


def price_parser_money(text: str, published: date | None) -> Iterator[Found]:
    """It reads one price from a string: it is given each sentence, and what it finds without a currency is left out."""
    from price_parser import Price

    for start, end in find_sentences(text):
        price = Price.fromstring(text[start:end])
        if price.amount is not None and price.currency:
            place = max(text.find(price.amount_text, start), start)
            yield Found(place, place + len(price.amount_text), price.amount)


def phonenumbers_phones(text: str, published: date | None) -> Iterator[Found]:
    for match in PhoneNumberMatcher(text, "NO"):
        yield Found(match.start, match.end, ("phone", format_number(match.number, PhoneNumberFormat.E164)))


FINDERS = [
    Finder("pressextract", "money", lambda text, _: (Found(m.start, m.end, m.value) for m in find_money(text))),
    Finder("quantulum3", "money", quantulum3_money, module="quantulum3"),
    Finder("price-parser", "money", price_parser_money, module="price_parser"),
    Finder("pressextract", "dates", lambda text, day: (Found(m.start, m.end, m.edtf) for m in find_dates(text, day))),
    Finder("search_dates", "dates", search_dates, fits=lies_in, module="dateparser"),
    Finder("dateparser, told where", "dates", dateparser_reading, fits=lies_in, module="dateparser"),
    Finder("pressextract", "titles", lambda text, _: (Found(m.start, m.end, m.title) for m in find_titles(text))),
    Finder("pressextract", "contacts", lambda text, _: map(as_found, find_contacts(text))),
    Finder("pressextract", "phones", lambda text, _: (as_found(m) for m in find_contacts(text) if m.kind == "phone")),
    Finder("phonenumbers", "phones", phonenumbers_phones),
]
MATCHERS = ("money", "dates", "titles", "contacts")


def as_found(match: ContactMatch) -> Found:
    return Found(match.start, match.end, (match.kind, match.value))


def document_samples(documents: list[GoldDocument], kind: str) -> list[Sample]:
    """The documents with their gold sums or dates; gold has no more of other kinds than what it ties to people."""
    samples = []
    for document in documents:
        gold = document.gold
        stated: list[tuple[str, Any, int]] = []
        if kind == "money":
            stated = [(amount.text, amount.value, amount.count) for amount in gold.amounts]
        elif kind == "dates":
            stated = [(mention.text, mention.edtf, mention.count) for mention in gold.dates]
        expected = [Expected(value, list(places_of(quote, document.text)), count) for quote, value, count in stated]
        samples.append(Sample(document.text, gold.published, expected))
    return samples


def places_of(quote: str, text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in re.finditer(re.escape(quote), text))


def example_samples(kind: str) -> list[Sample]:
    """The examples of ``corpus/matchers`` for a kind, none where there is no such file; phones are among contacts."""
    path = CORPUS / "matchers" / f"{'contacts' if kind == 'phones' else kind}.toml"
    if not path.is_file():
        return []
    samples = []
    for example in read_examples(path):
        text, expected, end = example.text, [], 0
        for find in example.finds:
            quote, _, described = find.rpartition(" = ")
            start = text.index(quote, end)
            end = start + len(quote)
            value = read_value(kind, described)
            if kind != "phones" or value[0] == "phone":
                expected.append(Expected(value, [(start, end)]))
        samples.append(Sample(text, example.published, expected))
    return samples


def read_value(kind: str, described: str) -> Any:
    """The value in the notation of the kind's file."""
    if kind == "money":
        return Decimal(described.split()[0].partition("..")[0])
    if kind in ("contacts", "phones"):
        return tuple(described.split(" ", 1))
    return None if described == "open" else described


def score(finder: Finder, samples: list[Sample]) -> tuple[float, float, float, float]:
    """Precision, recall and F1 (0 to 1), and the seconds it took."""
    right = found = 0
    seconds = 0.0
    for sample in samples:
        begun = time.process_time()
        matches = list(finder.find(sample.text, sample.published))
        seconds += time.process_time() - begun
        found += len(matches)
        left = [expected.count for expected in sample.expected]
        for match in matches:
            for i, expected in enumerate(sample.expected):
                overlaps = any(match.start < end and start < match.end for start, end in expected.places)
                if left[i] and overlaps and finder.fits(match.value, expected.value):
                    left[i] -= 1
                    right += 1
                    break
    expected_count = sum(expected.count for sample in samples for expected in sample.expected)
    precision, recall = right / max(found, 1), right / max(expected_count, 1)
    return precision, recall, 2 * right / max(found + expected_count, 1), seconds


def ner_seconds(texts: list[str]) -> float:
    """The time of the NER component, without the tokenizer's."""
    nlp = spacy.blank("nb")
    ner = nlp.create_pipe("pressextract_ner", config={"threads": 1})
    docs = [nlp.make_doc(text) for text in texts]
    ner(docs[0])
    begun = time.process_time()
    for doc in docs:
        ner(doc)
    return time.process_time() - begun


def main() -> None:
    console = Console(width=100)
    documents = [d for folder in ("train", "dev") for d in load_gold(CORPUS / folder)]
    thousands = sum(len(document.text.split()) for document in documents) / 1000
    table = Table(
        box=SIMPLE, title=f"{len(documents)} documents of {thousands:,.1f} thousand words, and the matchers' examples"
    )
    for column in ("kind", "finder", "documents:\nP     R     F1", "examples:\nP     R     F1"):
        table.add_column(column, no_wrap=True)
    table.add_column("ms per\n1k words", justify="right", no_wrap=True)
    times: dict[tuple[str, str], float] = {}
    for finder in FINDERS:
        if find_spec(finder.module) is None:
            console.print(f"{finder.name} is not installed: python -m pip install 'pressextract[bench]'", markup=False)
            continue
        examples = example_samples(finder.kind)
        if not examples:
            console.print(f"corpus/matchers has no {finder.kind}.toml: {finder.name} goes without examples")
        samples = document_samples(documents, finder.kind)
        on_documents = score(finder, samples)[:3]
        seconds = min(score(finder, samples)[3] for _ in range(READINGS))
        on_examples = score(finder, examples)[:3] if examples else ()
        times[finder.name, finder.kind] = seconds
        table.add_row(
            finder.kind,
            finder.name,
            " ".join(f"{share:.3f}" for share in on_documents) if finder.kind in ("money", "dates") else "",
            " ".join(f"{share:.3f}" for share in on_examples),
            f"{1000 * seconds / thousands:.2f}",
        )
    console.print(table)
    together = sum(times["pressextract", kind] for kind in MATCHERS)
    ner = ner_seconds([document.text for document in documents])
    console.print(f"all four matchers: {1000 * together / thousands:.1f} ms per 1,000 words")
    if (dates := times.get(("search_dates", "dates"))) is not None:
        console.print(f"search_dates alone: {dates / together:.1f} times as long")
    console.print(f"NER: {1000 * ner / thousands:.1f} ms per 1,000 words; the matchers take {together / ner:.0%} of it")


if __name__ == "__main__":
    main()
