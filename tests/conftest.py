"""What several tests share: a release of our own, and records made by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from pressextract.records import Pipeline, PressRelease

RELEASE = """\
Fjordlab får støtte til nytt testsenter

Publisert 04.05.2023

Havbanken gir 6 millioner kroner til Fjordlab AS over tre år. Pengene går til et testsenter i Florø.

– Dette gleder vi oss til, sier daglig leder Kari Nordmann i Fjordlab.

Kontakt:
Kari Nordmann, daglig leder, tlf. 22 00 00 01, kari@fjordlab.example
"""


@pytest.fixture
def release() -> str:
    """A short press release."""
    return RELEASE


@pytest.fixture
def make_record() -> Callable[..., PressRelease]:
    """Makes a record; what isn't given is empty."""

    def make(**parts: Any) -> PressRelease:
        defaults = {
            "doc_id": "a",
            "language": "nb",
            "text_sha256": "0" * 64,
            "pipeline": Pipeline(model="none", version="0"),
        }
        return PressRelease(**defaults | parts)

    return make
