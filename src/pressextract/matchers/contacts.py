"""Contact details in Norwegian text: e-mail addresses, telephone numbers, web addresses, organisation numbers."""

from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

import phonenumbers
import regex
from spacy.language import Language
from spacy.tokens import Doc

from pressextract.doctext import text_of
from pressextract.lexicon import load_lexicon
from pressextract.matchers.spans import declare_extension, store_spans
from pressextract.normalise import lowered

Kind = Literal["email", "phone", "url", "organisation_number"]

_LONGEST = 32
"""Characters; no telephone number, of fifteen digits at most (E.164), is written longer."""

_REACH = 60
"""How many characters before a number, on its line, a word of contact may stand."""


class ContactMatch(NamedTuple):
    """One contact detail: where it stands (characters), what it is, and its normal form.

    *value* is a lower-case address, a number in E.164 (a short one such as 116117 as it is dialled), a web address as
    written, or nine digits.
    """

    start: int
    end: int
    kind: Kind
    value: str


def find_contacts(text: str) -> list[ContactMatch]:
    """Every contact detail in *text*.

    A telephone number after a label ("tlf.", "ring oss på") or with a plus need only be possible; any other must be a
    valid one. A Norwegian one without label has eight digits, grouped with blanks as telephone numbers are; where it
    is in one piece, or grouped with dots or hyphens, it must also stand where contact details do: at the start of a
    line, after punctuation or a name, or behind a word such as "kontakt". Sums, counts, dates, account and case
    numbers are none. An organisation number needs its label, "NO" or "MVA", and the right control digit.

    Args:
        text: normalised text (an un-normalised one is tolerated).

    Returns:
        The matches in order of position, without overlaps.
    """
    matches: list[ContactMatch] = []
    end = 0
    for match in sorted([*_emails(text), *_urls(text), *_numbers(text)], key=lambda match: match.start):
        if match.start >= end:
            matches.append(match)
            end = match.end
    return matches


def _emails(text: str) -> Iterator[ContactMatch]:
    patterns = _address_patterns()
    for found in patterns["email"].finditer(text):
        start, end = found.start("local"), found.end()
        address = patterns["dot"].sub(".", patterns["at"].sub("@", text[start:end]))
        yield ContactMatch(start, end, "email", "".join(address.lower().split()))


def _urls(text: str) -> Iterator[ContactMatch]:
    patterns = _address_patterns()
    is_likely = "://" in text or "www." in lowered(text)  # told much faster than found
    spans = [found.span() for found in patterns["url"].finditer(text)] if is_likely else []
    spans += [(found.start("host"), found.end()) for found in patterns["site"].finditer(text)]
    for start, end in spans:
        url = text[start:end].rstrip(".,;:!?'*_")
        yield ContactMatch(start, start + len(url), "url", url)


def _numbers(text: str) -> Iterator[ContactMatch]:
    """The organisation and telephone numbers among the runs of digits and separators."""
    patterns = _number_patterns()
    for found in patterns["run"].finditer(text):
        start, end = found.span()
        if end - start <= _LONGEST and (number := patterns["number"].fullmatch(text, start, end)):
            if number["organisation"]:
                if value := _organisation_number(text, number):
                    yield ContactMatch(start, end, "organisation_number", value)
            elif value := _phone(text, number):
                yield ContactMatch(start, end, "phone", value)


def _organisation_number(text: str, number: regex.Match[str]) -> str | None:
    """The nine digits, if the last is their control digit, and "MVA" follows or a label precedes.

    The control digit is the Brønnøysund registers': modulus 11 with these weights.
    """
    patterns, digits = _number_patterns(), _digits(number.group())
    if sum(int(d) * w for d, w in zip(digits, (3, 2, 7, 6, 5, 4, 3, 2, 1), strict=True)) % 11:
        return None
    is_one = patterns["mva"].match(text, number.end()) or patterns["organisation_label"].match(text, number.start())
    return digits if is_one else None


def _phone(text: str, number: regex.Match[str]) -> str | None:
    """The normal form of *number*, or None if it is no telephone number where it stands in *text*."""
    patterns, start = _number_patterns(), number.start()
    is_labelled = number["labelled"] or patterns["phone_label"].match(text, start)
    if not is_labelled and patterns["other_number"].match(text, start):
        return None
    if patterns["counted"].match(text, number.end()):
        return None
    is_trusted = bool(is_labelled) or "+" in number.group()
    if number["abroad"]:
        return _foreign(number.group(), is_trusted)
    if is_trusted or number["home"]:
        return _norwegian(_digits(number["national"] or number.group()), is_trusted)
    is_phone = number["blank"] or _is_contact_place(text, start)
    return _norwegian(_digits(number.group()), is_trusted) if is_phone else None


def _digits(written: str) -> str:
    return "".join(filter(str.isdecimal, written))


def _is_contact_place(text: str, start: int) -> bool:
    """Whether *start* begins a line or follows punctuation, or its line has a name or a word of contact before it."""
    patterns = _number_patterns()
    if patterns["contact_place"].match(text, start):
        return True
    return bool(patterns["contact_word"].search(text[max(0, start - _REACH) : start].rpartition("\n")[2]))


def _norwegian(digits: str, is_trusted: bool) -> str | None:
    """The number in E.164, or a short one as it is dialled.

    A trusted number needs the length of a Norwegian one, or to be a short number; any other must lie in a series that
    is in use.
    """
    if len(digits) in (5, 8):
        return f"+47{digits}" if is_trusted or _norwegian_series().fullmatch(digits) else None
    number = phonenumbers.PhoneNumber(country_code=47, national_number=int(digits))
    return digits if is_trusted and phonenumbers.is_valid_short_number_for_region(number, "NO") else None


def _foreign(written: str, is_trusted: bool) -> str | None:
    """The number in E.164, if a trusted one is possible or any other valid."""
    try:
        number = phonenumbers.parse(written, "NO")
    except phonenumbers.NumberParseException:
        return None
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE or not (is_trusted or phonenumbers.is_valid_number(number)):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


@cache
def _norwegian_series() -> regex.Pattern[str]:
    """The numbers in use in Norway and on Svalbard, from the plan of ``phonenumbers``.

    Its own parsing and checking of each number would take most of the time that this module needs.
    """
    kinds = ("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip")
    plans = [phonenumbers.PhoneMetadata.metadata_for_region(region) for region in ("NO", "SJ")]
    return regex.compile("|".join(getattr(plan, kind).national_number_pattern for plan in plans for kind in kinds))


# Below, every run of characters is bounded or begins at its first one, and what stands before a number is looked for
# from that number back: time is linear in the text.

_BLANK = "[ \u00a0\u2009\u202f]"


def _exactly(entries: str) -> str:
    """A pattern for each of the lexicon's *entries*, in their own case."""
    words = sorted(load_lexicon("contacts")[entries], key=len, reverse=True)
    return "(?:" + "|".join(map(regex.escape, words)) + ")"


def _any_of(entries: str) -> str:
    """A pattern for each of the lexicon's *entries*, in any case."""
    return f"(?i:{_exactly(entries)})"


@cache
def _address_patterns() -> dict[str, regex.Pattern[str]]:
    """The patterns of addresses, which are found from their "@" or the end of their domain outwards."""
    line_end = r"\r?\n"
    at, dot = (rf"(?:[(\[{{]{_any_of(sign)}[)\]}}]|{_exactly(sign + '_words')})" for sign in ("at", "dot"))
    any_dot = rf"(?:\.| ?{dot} ?)"
    local = r"(?<local>(?<![\w.+%@-])[\p{L}\p{N}_](?:[\w+%-]|\.(?=[\w+%-])){0,63})"
    # before a broken "@" a word alone is none: "Følg oss på Instagram\n@koret.no"
    broken = rf"(?:(?<=[._-]\p{{L}}{{1,63}}){line_end})?"
    label = r"[\p{L}\p{N}](?:[\p{L}\p{N}]|-(?=[\p{L}\p{N}-])){0,62}+"
    glued = r"(?=\.?\p{Lu}\p{Ll}|[0-9])"  # "kari@firma.noTelefon", "kari@firma.no.Ring"
    domain = (
        rf"(?:{label}(?:{any_dot}{label}){{0,4}}?\.{_exactly('domains')}{glued}"
        rf"|{label}(?:{any_dot}(?!{_any_of('domains')}\b){label}){{0,4}}+\.{line_end}{_any_of('domains')}\b"
        rf"|{label}(?:{any_dot}{label}){{1,5}}+(?<=\p{{L}}{{2}}))"
    )
    site_label = r"[\p{L}\p{N}][\p{L}\p{N}-]{1,62}"
    host = rf"(?<=(?<host>(?<![\w.@/+-])(?:{site_label}\.){{0,3}}{site_label}))"
    in_url = r"[^\s<>\"«»“”„()\[\]|–—…]"
    path = rf"(?:{in_url}|\({in_url}{{0,200}}+\)){{0,2000}}+"
    sources = {
        "at": rf" ?{at} ?",
        "dot": rf" ?{dot} ?",
        "email": rf"(?:@(?=\s{{0,2}}[\p{{N}}.-]{{0,64}}+\p{{L}})(?<={local}{broken}@)(?: |{line_end})?"
        rf"|{at}(?<={local} ?{at}) ?){domain}",
        "url": rf"(?i:https?://|(?<![\w.@/-])www\.){in_url}{path}",
        "site": rf"(?=\.{_exactly('sites')}(?:{glued}|(?![\w@-]|\.\w))){host}\.{_exactly('sites')}(?:[/?#]{path})?",
    }
    return {name: regex.compile(source) for name, source in sources.items()}


@cache
def _number_patterns() -> dict[str, regex.Pattern[str]]:
    """The patterns of numbers, and of what may stand around one.

    The latter are to be matched where the number begins, "mva" and "counted" where it ends; "contact_word" is to be
    searched for.
    """

    def grouped(first: int, *sizes: int) -> str:
        """Digits in groups, all with the same separator or none."""
        others = "".join(rf"(?P=separator)[0-9]{{{size}}}" for size in sizes[1:])
        return rf"[0-9]{{{first}}}(?<separator>(?<blank>{_BLANK})|[.-]|)[0-9]{{{sizes[0]}}}{others}"

    plus = rf"(?:\+{_BLANK}?|00)"
    part = r"(?:\([0-9]{1,4}\)|[0-9]{1,4})"

    def prefixed(code: str) -> str:
        """A number after the *code* of a country, which may stand in brackets."""
        return rf"(?:\({plus}{code}\)|{plus}{code})(?<national>(?:(?:{_BLANK}|[.-])?{part}){{2,6}})"

    separator, bracketed = rf"(?:{_BLANK}|[.,-])", rf"(?:{_BLANK}|[.-])?\([0-9]{{1,4}}\)"
    label = rf"(?:(?<!\w){_any_of('phone_labels')}|{_any_of('telephones')})[.:]{{0,2}}(?:[ \t]?(?i:nr)[.:]{{0,2}})?"
    reach = rf"(?<!\w){_any_of('reaching')}(?: \p{{L}}{{1,40}}){{0,4}} på"
    labelled = rf"(?<=(?:{label}|{reach})[ \t]?)"
    other = rf"(?:(?<!\w){_any_of('other_numbers')}|(?<=\p{{L}}){_any_of('other_number_endings')})[ :]{{0,2}}"
    name = r"\p{Lu}[\p{L}-]+ \p{Lu}[\p{L}-]+"
    sources = {
        "run": rf"(?=[0-9+(])(?:(?<![\p{{L}}\d_])|(?<=\bNO))(?:\({plus}[0-9]{{1,3}}\){_BLANK}?|\+{_BLANK}?)?"
        rf"[0-9](?:{separator}?[0-9]|{bracketed}){{4}}(?:[0-9]++|{separator}[0-9]++|{bracketed})*+(?![\d_])",
        "number": rf"(?<eight>{grouped(3, 2, 3)}|{grouped(2, 2, 2, 2)})|(?<organisation>{grouped(3, 3, 3)})"
        rf"|(?<labelled>{labelled}[0-9](?:{_BLANK}?[0-9]){{4,7}})"
        rf"|(?<home>{prefixed('47')})|(?<abroad>{prefixed('[1-9][0-9]{0,2}')})",
        "phone_label": labelled,
        "other_number": rf"(?<={other}|(?<!\d|\d )\d{{1,6}}/)",
        "counted": rf"{_BLANK}?{_any_of('counted')}(?!\w)",
        "contact_place": r"(?<=(?m:^)\W{0,5}|[:,;|/(–-] ?)",
        "contact_word": rf"\b(?:{_any_of('contact_words')}|{name})|{_any_of('telephones')}",
        "organisation_label": rf"(?<=(?<!\w)(?:{_any_of('organisation_labels')}[^\d\n]{{0,40}}|NO{_BLANK}?))",
        "mva": rf"{_BLANK}?(?i:mva)\b",
    }
    return {name: regex.compile(source) for name, source in sources.items()}


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
        declare_extension("contact")

    def __call__(self, doc: Doc) -> Doc:
        """Sets ``doc.spans["contacts"]``."""
        return store_spans(doc, "contacts", "contact", ((match.kind, match) for match in find_contacts(text_of(doc))))


@Language.factory("pressextract_contacts")
def create_contact_matcher(nlp: Language, name: str) -> ContactMatcher:
    """The component ``pressextract_contacts``."""
    return ContactMatcher()
