"""Contact details in Norwegian text: e-mail addresses, telephone numbers, web addresses, organisation numbers."""

from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

import phonenumbers
import regex
from spacy.language import Language
from spacy.tokens import Doc, Span

from pressextract.lexicon import load_lexicon

Kind = Literal["email", "phone", "url", "organisation_number"]


class ContactMatch(NamedTuple):
    """One contact detail: where it stands (characters), what it is, and its normal form.

    *value* is a lower-case address, a number in E.164, a web address as written, or nine digits.
    """

    start: int
    end: int
    kind: Kind
    value: str


def find_contacts(text: str) -> list[ContactMatch]:
    """Every contact detail in *text*.

    A telephone number after a label ("tlf.", "mobil") or with a country code need only be possible; any other must be
    a valid Norwegian one of eight digits, grouped as such. Sums, dates, account numbers and organisation numbers are
    none. An organisation number needs its label or "MVA" and the right control digit.

    Args:
        text: normalised text (an un-normalised one is tolerated).

    Returns:
        The matches in order of position, without overlaps.
    """
    matches: list[ContactMatch] = []
    end = 0
    found = [*_emails(text), *_urls(text), *_organisation_numbers(text), *_phones(text)]
    for match in sorted(found, key=lambda match: match.start):
        if match.start >= end:
            matches.append(match)
            end = match.end
    return matches


def _emails(text: str) -> Iterator[ContactMatch]:
    patterns = _patterns()
    for found in patterns["email"].finditer(text):
        address = patterns["dot"].sub(".", patterns["at"].sub("@", found.group()))
        yield ContactMatch(found.start(), found.end(), "email", "".join(address.lower().split()))


def _urls(text: str) -> Iterator[ContactMatch]:
    for found in _patterns()["url"].finditer(text):
        url = found.group().rstrip(".,;:!?'*_")
        yield ContactMatch(found.start(), found.start() + len(url), "url", url)


def _organisation_numbers(text: str) -> Iterator[ContactMatch]:
    for found in _patterns()["organisation_number"].finditer(text):
        digits = "".join(filter(str.isdecimal, found["number"]))
        if _has_control_digit(digits):
            yield ContactMatch(found.start("number"), found.end("number"), "organisation_number", digits)


def _has_control_digit(digits: str) -> bool:
    """Whether nine digits end in their control digit (modulus 11, as the Brønnøysund registers define it)."""
    return sum(int(d) * w for d, w in zip(digits, (3, 2, 7, 6, 5, 4, 3, 2, 1), strict=True)) % 11 == 0


def _phones(text: str) -> Iterator[ContactMatch]:
    for found in _patterns()["phone"].finditer(text):
        written = found["number"]
        try:
            number = phonenumbers.parse(written, "NO")
        except phonenumbers.NumberParseException:
            continue
        is_trusted = found["label"] is not None or written.lstrip("(").startswith(("+", "00"))
        accept = phonenumbers.is_possible_number if is_trusted else phonenumbers.is_valid_number
        if accept(number):
            value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            yield ContactMatch(found.start("number"), found.end("number"), "phone", value)


@cache
def _patterns() -> dict[str, regex.Pattern[str]]:
    """The patterns. Every run of characters is bounded or begins at its first one: time is linear in the text."""
    lexicon = load_lexicon("contacts")

    def any_of(name: str) -> str:
        return "(?:" + "|".join(regex.escape(entry) for entry in sorted(lexicon[name], key=len, reverse=True)) + ")"

    def any_separator(*groups: str) -> str:
        return "|".join(separator.join(groups) for separator in ("", " ", r"\.", "-"))

    at = rf"(?:@\n?| ?{any_of('at')} ?)"
    dot = rf"(?:\.| ?{any_of('dot')} ?)"
    domain = any_of("domains")
    label = r"[\p{L}\p{N}](?:[\p{L}\p{N}]|-(?=[\p{L}\p{N}-])){0,62}+"
    national = any_separator(r"\d{3}", r"\d{2}", r"\d{3}") + "|" + any_separator(*[r"\d{2}"] * 4)
    foreign = r"\(?\+\d{1,3}\)?(?:[ .-]?\(?\d{1,4}\)?){2,6}+"
    prefixed = rf"\(?(?:\+|00) ?47\)? ?(?:{national})(?!\d)|{foreign}"
    organisation_number = any_separator(*[r"\d{3}"] * 3)
    phone_label = rf"(?:{any_of('phone_labels')}(?:\.|(?!\w)):?|[tm][:.])[ \t]?(?:nr\.?:? ?)?"
    organisation_label = rf"{any_of('organisation_labels')}\.?:? ?"
    sources = {
        "at": rf" ?{any_of('at')} ?",
        "dot": rf" ?{any_of('dot')} ?",
        "email": rf"(?<![\w.+%-])[\p{{L}}\p{{N}}_](?:[\w+%-]|\.(?=[\w+%-])){{0,63}}+{at}"
        rf"(?:{label}(?:{dot}(?!{domain}\b){label}){{0,4}}+\.\n{domain}\b"
        rf"|{label}(?:{dot}{label}){{1,5}}+(?<=\p{{L}}{{2}}))",
        "url": r"(?:https?://|(?<![\w.@/-])www\.)[^\s<>\"«»()\[\]|]{2,2000}+",
        "organisation_number": rf"(?<!\w)(?:{organisation_label}(?<number>{organisation_number})(?!\d)"
        rf"|(?<number>{organisation_number})(?= ?mva\b))",
        "phone": rf"(?<!\w)(?:(?<label>{phone_label})(?<number>{prefixed}|(?:{national})(?!\d)|\d(?: ?\d){{4,10}}+)"
        rf"|(?=\(?\+|(?<!\d[ .,-])[\d(])(?<!(?<!\w){any_of('not_after')}[ :]{{0,2}})"
        rf"(?<number>{prefixed}|(?:{national})(?![ .,-]?\d)))(?![\d_])(?! ?{any_of('not_before')}(?!\w))",
    }
    return {name: regex.compile(source, regex.IGNORECASE) for name, source in sources.items()}


class ContactMatcher:
    """Finds contact details.

    Scope: e-mail addresses (also written "(at)" or broken at a line end), Norwegian and foreign telephone numbers, web
    addresses and labelled Norwegian organisation numbers; not whose they are, and no postal addresses.

    Example:
        "Kari Nordmann, tlf. 22 00 25 00" -> "22 00 25 00", kind "phone", value "+4722002500"

    Declares:
        ``doc.spans["contacts"]``: the matches, labelled with their kind.
        ``span._.contact``: the ContactMatch with its exact characters; a token may be wider than it.
    """

    def __init__(self) -> None:
        if not Span.has_extension("contact"):
            Span.set_extension("contact", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Sets ``doc.spans["contacts"]``."""
        spans = []
        for match in find_contacts(doc.text):
            span = doc.char_span(match.start, match.end, label=match.kind, alignment_mode="expand")
            if span is not None:
                span._.contact = match
                spans.append(span)
        doc.spans["contacts"] = spans
        return doc


@Language.factory("pressextract_contacts")
def create_contact_matcher(nlp: Language, name: str) -> ContactMatcher:
    """The component ``pressextract_contacts``."""
    return ContactMatcher()
