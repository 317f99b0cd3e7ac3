"""Writes the tables of ``docs/performance.md`` from what ``make bench`` measured.

python benchmarks/report.py out/benchmarks.json
"""

import json
import sys
from importlib.metadata import version
from math import log
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
PACKAGES = ("pressextract", "spacy", "onnxruntime", "numpy", "pydantic", "regex", "stanza", "dateparser")

Benchmark = dict[str, Any]


def table(heads: list[str], rows: list[list[str]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *rows)] + [""]


def name(benchmark: Benchmark) -> str:
    return str(benchmark["name"]).removeprefix("test_").replace("_", " ")


def seconds(benchmark: Benchmark) -> float:
    """The median, without the start of worker processes."""
    return float(benchmark["stats"]["median"]) - float(benchmark["extra_info"].get("start", 0.0))


def figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def speeds(benchmarks: list[Benchmark]) -> list[str]:
    """Words and documents a second, and each as a ratio to the first of its group."""
    info = [b["extra_info"] for b in benchmarks]
    words = [i["words"] / seconds(b) for b, i in zip(benchmarks, info, strict=True)]
    rows = [
        [name(b), figure(w), figure(i["documents"] / seconds(b)), f"{w / words[0]:.2f}"]
        for b, i, w in zip(benchmarks, info, words, strict=True)
    ]
    return table(["", "words/s", "documents/s", "× the first"], rows)


def components(benchmarks: list[Benchmark]) -> list[str]:
    parts = benchmarks[0]["extra_info"]["components"]
    total = sum(parts.values())
    rows = [[part, f"{spent:.1f}", f"{spent / total:.0%}"] for part, spent in parts.items()]
    others = total - parts["ner"]
    rows += [["all", f"{total:.1f}", ""], ["all but NER", f"{others:.1f}", f"{others / parts['ner']:.2f} × NER"]]
    return table(["component", "µs a word", "share"], rows)


def starts(benchmarks: list[Benchmark]) -> list[str]:
    rows = [[b["extra_info"]["what"], f"{seconds(b):.2f}", f"{b['stats']['min']:.2f}"] for b in benchmarks]
    return table(["", "median s", "least s"], rows)


def growth(benchmarks: list[Benchmark]) -> list[str]:
    """Time and memory at each size, and the exponent of the line through the logarithms from the third size on."""
    unit = "documents" if "documents" in benchmarks[0]["extra_info"] else "words"
    points = [(b["extra_info"][unit], b["extra_info"]["seconds"], b["extra_info"]["megabytes"]) for b in benchmarks]
    rows = [[f"{n:,}", f"{s:.2f}", f"{m:.0f}", f"{1000 * m / n:.2f}"] for n, s, m in points]
    lines = table([unit, "s", "MB", f"kB a {unit[:-1]}"], rows)
    fitted = [(log(n), log(s)) for n, s, _ in points][-3:]
    if len(fitted) > 1:
        lines += [f"Time grows with exponent {slope(fitted):.2f} over the largest {len(fitted)}.", ""]
    return lines


def slope(points: list[tuple[float, float]]) -> float:
    """Of the least-squares line."""
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def sizes(benchmarks: list[Benchmark]) -> list[str]:
    return table(["", "MB"], [[what, f"{mb:.0f}"] for what, mb in benchmarks[0]["extra_info"]["megabytes"].items()])


TABLES = {
    "end to end": ("Text to record", speeds),
    "peers": ("Side by side, on one core", speeds),
    "components": ("Where the time goes", components),
    "start-up": ("Start-up of a bare install", starts),
    "growth of a document": ("One long document, one core", growth),
    "growth of a folder": ("A folder of short documents, two workers", growth),
    "size": ("Size", sizes),
}


def main(measured: Path) -> None:
    """Replaces what stands between the page's two marks."""
    content = json.loads(measured.read_text(encoding="utf-8"))
    machine, cpu = content["machine_info"], content["machine_info"]["cpu"]
    versions = ", ".join(f"{package} {_version(package)}" for package in PACKAGES if _version(package))
    lines = [
        f"{content['datetime'][:10]}; {cpu.get('brand_raw', machine['machine'])}, {cpu['count']} cores; "
        f"Python {machine['python_version']}; {versions}.",
        "",
    ]
    for group, (title, write) in TABLES.items():
        if benchmarks := [b for b in content["benchmarks"] if b["group"] == group]:
            lines += [f"### {title}", "", *write(benchmarks)]
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n\n" + "\n".join(lines) + f"\n{END}{after}", encoding="utf-8")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except ModuleNotFoundError:
        return None


if __name__ == "__main__":
    main(Path(sys.argv[1]))
