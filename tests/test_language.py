"""Which variety a text is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressextract.language import detect_variety


@pytest.mark.parametrize(
    ("text", "variety"),
    [
        ("Jeg vet ikke hva det koster.", "nb"),
        ("Eg veit ikkje kva det kostar.", "nn"),
        ("Hun kommer fra Bergen.", "nb"),
        ("Ho kjem frå Bergen.", "nn"),
        ("Kommunen får tre millioner kroner.", "nb"),
        ("Kommunen får tre millionar kroner.", "nn"),
        ("De første pengene ble delt ut i går.", "nb"),
        ("Dei fyrste pengane vart delte ut i går.", "nn"),
        ("En ny leder er ansatt.", "nb"),
        ("Ein ny leiar er tilsett.", "nn"),
        ("Tilskuddet er gitt til flere lag.", "nb"),
        ("Tilskotet er gjeve til fleire lag.", "nn"),
        ("Dette er noe hele bygda har ventet på.", "nb"),
        ("Dette er noko heile bygda har venta på.", "nn"),
        ("IKKE NOE NYTT", "nb"),
        ("IKKJE NOKO NYTT", "nn"),
        # a quotation in the other variety is outvoted
        ("Eg er så glad, sier hun, som ikke har fått noe slikt før. Hun kommer fra bygda.", "nb"),
        ("– Jeg er glad, seier ho, som ikkje har fått noko slikt før. Ho kjem frå byen.", "nn"),
        # nothing to go by
        ("Siva og NTNU", "nb"),
        ("2 000 000", "nb"),
        ("", "nb"),
    ],
)
def test_variety(text: str, variety: str) -> None:
    assert detect_variety(text) == variety


@given(st.text())
def test_any_text(text: str) -> None:
    assert detect_variety(text) in ("nb", "nn")
