"""Which e-mail addresses and telephone numbers belong to which person."""

from bisect import bisect_right

import regex
from spacy.language import Language
from spacy.tokens import Doc

from pressextract.entities import Entity
from pressextract.names import fold
from pressextract.relations.context import Context, read_context

_LETTERS = str.maketrans("æøåäöéèáüô", "aoaaoeeauo")
_SEPARATORS = regex.compile(r"[._\d-]+")
_BLANKS = regex.compile(r"[\s.]+")
_REACH = 3
"""A detail may stand this many lines below the name in a contact block or signature."""


class ContactLinker:
    """Ties contact details to people.

    Scope: an e-mail address goes to the person whose name it spells; other details to the person named last before
    them on their line, or on the lines above in a contact block.

    Example:
        "Kari Nordmann, kari@siva.no, tlf. 900 00 000" -> Kari Nordmann with that address and number

    Attributes declared: none; sets ``emails`` and ``phones`` of the people in ``doc._.entities``, as written.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Sets the people's contact details."""
        context = read_context(doc)
        spellings = _Spellings(context.people)
        for span in doc.spans.get("contacts", ()):
            contact = span._.contact
            if contact.kind not in {"email", "phone"}:
                continue
            owner = spellings.holder(contact.value) if contact.kind == "email" else None
            owner = owner or _named_before(context, contact.start, contact.value if contact.kind == "email" else "")
            if owner is not None:
                details = owner.emails if contact.kind == "email" else owner.phones
                written = context.text[contact.start : contact.end]
                if written not in details:
                    details.append(written)
        return doc


@Language.factory("pressextract_contact_details")
def create_contact_linker(nlp: Language, name: str) -> ContactLinker:
    """The component."""
    return ContactLinker()


def _ascii(name: str) -> str:
    return fold(name).translate(_LETTERS)


class _Spellings:
    """How addresses may spell people's names.

    Args:
        people: the people of a document.
    """

    def __init__(self, people: list[Entity]) -> None:
        self._whole: dict[str, set[Entity]] = {}
        self._words: dict[str, set[Entity]] = {}
        self._with_part: dict[str, set[Entity]] = {}
        for person in people:
            words = [w for w in _BLANKS.split(_ascii(person.name)) if w]
            initials = "".join(w[0] for w in words)
            for form in {*words, initials, words[0] + words[-1], words[0][0] + words[-1]}:
                self._whole.setdefault(form, set()).add(person)
            for word in words:
                self._words.setdefault(word, set()).add(person)

    def holder(self, address: str) -> Entity | None:
        """The one person whose names, or first name, or initials and surname, an address's local part spells."""
        local = address.partition("@")[0].lower().translate(_LETTERS)
        fitting = set(self._whole.get(local, ()))
        parts = [p for p in _SEPARATORS.split(local) if p]
        if len(parts) > 1:
            fitting |= set.intersection(*map(self._named_with, parts))
        return fitting.pop() if len(fitting) == 1 else None

    def _named_with(self, part: str) -> set[Entity]:
        if part not in self._with_part:
            self._with_part[part] = {e for word, people in self._words.items() if part in word for e in people}
        return self._with_part[part]


_SHARED = regex.compile(r"^(?:post|presse|press|info|kontakt|firmapost|postmottak|media|redaksjon|marked)", regex.I)


def _named_before(context: Context, position: int, address: str) -> Entity | None:
    """The person named last before *position* on its line, or in a contact block on the lines above."""
    if address and _SHARED.match(address):
        return None
    index = bisect_right(context.blocks, position, key=lambda b: b.start) - 1
    for back in range(_REACH + 1):
        if index - back < 0:
            break
        block = context.blocks[index - back]
        people = context.named_in(block.start, min(block.end, position), "person")
        if people:
            return people[-1].entity
        if back == 0 and block.kind == "paragraph" and block.end - block.start > 100:
            break
        if block.kind == "headline":
            break
    return None
