"""What a process loads before it needs it: nothing heavy."""

import subprocess
import sys

import pytest

import pressextract

HEAVY = ("spacy", "torch", "numpy", "onnxruntime", "pandas", "scipy", "dateparser", "pyarrow", "trafilatura")


@pytest.mark.parametrize(
    ("what", "heavy"),
    [
        ("import pressextract", (*HEAVY, "pydantic")),
        ("import pressextract; pressextract.PressRelease", HEAVY),
        ("import pressextract.cli", (*HEAVY, "pydantic")),
        (
            "from typer.testing import CliRunner; from pressextract.cli import app; CliRunner().invoke(app, ['--help'])",
            HEAVY,
        ),
        ("import pressextract; pressextract.load()('Siva gir 6 millioner kroner.')", ("pandas", "scipy", "dateparser")),
    ],
)
def test_it_is_not_imported_before_it_is_used(what: str, heavy: tuple[str, ...]) -> None:
    code = f"{what}\nimport sys\nprint(*sorted(set({heavy!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_what_is_exported_is_there() -> None:
    assert all(getattr(pressextract, name) for name in pressextract.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = pressextract.nothing
