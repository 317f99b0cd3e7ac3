"""The built wheel works by itself: it brings its model, lexicons and types, and needs no network."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pressextract.records import PressRelease

ROOT = Path(__file__).parent.parent


def pip(*arguments: object) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *map(str, arguments)], check=True, capture_output=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    pip("wheel", ROOT, "--no-deps", "--no-build-isolation", "--wheel-dir", out)
    (built,) = out.iterdir()
    return built


def test_the_wheel_holds_what_runs_and_no_more(wheel: Path) -> None:
    names = [Path(name) for name in zipfile.ZipFile(wheel).namelist()]
    assert Path("pressextract/py.typed") in names
    for pattern in (
        "pressextract/models/*/model.onnx",
        "pressextract/models/*/config.json",
        "pressextract/lexicon/*.toml",
        "pressextract/view/*.html.j2",
        "pressextract/view/*.css",
        "pressextract/view/*.js",
        "pressextract/view/messages.json",
        "pressextract/evaluation/formats/labels.toml",
        "pressextract/evaluation/formats/label_studio.xml",
        "pressextract/evaluation/page/*.js",
    ):
        assert any(name.match(pattern) for name in names), pattern
    assert {name.parts[0].partition("-")[0] for name in names} == {"pressextract"}
    assert not [name for name in names if name.suffix in {".pt", ".partial"} or name.name == "checkpoint.pt"]


def test_the_wheel_extracts_far_from_the_repository(wheel: Path, tmp_path: Path, release: str) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "file.txt").write_text(release, encoding="utf-8")
    pip("install", "--no-deps", "--no-index", "--target", site, wheel)
    places = "import pressextract, sys; print(pressextract.__file__)"
    environment = os.environ | {"PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"}

    def python(*arguments: str) -> str:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=elsewhere,
            env=environment,
            check=True,
            capture_output=True,
            encoding="utf-8",
        ).stdout

    assert Path(python("-c", places).strip()).is_relative_to(site)
    record = PressRelease.model_validate_json(python("-m", "pressextract", "extract", "file.txt"))
    assert "Kari Nordmann" in {person.name for person in record.people}
