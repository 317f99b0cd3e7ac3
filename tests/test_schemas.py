import json
from pathlib import Path

import pytest

from pressextract.records import json_schemas

SCHEMAS = Path(__file__).parent.parent / "schemas"


def test_every_record_has_its_schema_file_and_no_other_is_there() -> None:
    assert {path.stem for path in SCHEMAS.iterdir()} == set(json_schemas())


@pytest.mark.parametrize("name", json_schemas())
def test_the_schema_file_is_that_of_the_record(name: str) -> None:
    """After a change of the records: ``pressextract schema``."""
    assert json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")) == json_schemas()[name]
