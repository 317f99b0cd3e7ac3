"""A template, its styles and its scripts to one self-contained page."""

import base64
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

_PAGES = jinja2.Environment(
    loader=jinja2.PackageLoader("pressextract", ""),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)
_PAGES.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
_SHARED = ("view/base.css", "view/base.js")


def render(template: str, assets: tuple[str, ...] = (), texts: tuple[str, ...] = (), **data: Any) -> Iterator[str]:
    """A page, piece by piece, so that it need not fit into memory.

    The page may load nothing, and runs only these assets: its Content-Security-Policy holds their hashes. Templates
    extend ``view/base.html.j2``; they put data into ``<script type="application/json">`` with the filter ``tojson``,
    which escapes all that could end the block.

    Args:
        template: a template's path in the package, such as "view/view.html.j2".
        assets: the paths of its own .css and .js files, which come after the shared ones.
        texts: the paths of its own files of texts, which come after ``view/messages.json``.
        data: what the template names; iterators are read as the page is written.
    """
    files = [(name, asset(name)) for name in (*_SHARED, *assets)]
    styles = [Markup(content) for name, content in files if name.endswith(".css")]
    scripts = [Markup(content) for name, content in files if name.endswith(".js")]
    return _PAGES.get_template(template).generate(
        policy=content_security_policy(styles, scripts),
        styles=styles,
        scripts=scripts,
        messages=messages(*texts),
        **data,
    )


def content_security_policy(styles: list[Markup], scripts: list[Markup]) -> str:
    """A policy that allows these styles and scripts, pictures within the page, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {' '.join(map(_hash, styles))}",
            f"script-src {' '.join(map(_hash, scripts))}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


@cache
def messages(*texts: str) -> dict[str, dict[str, str]]:
    """The texts of the pages, by language and key; English is what a page says until its script runs.

    Args:
        texts: the paths of files of texts beside the shared ones.
    """
    content: dict[str, dict[str, str]] = json.loads(asset("view/messages.json"))
    for name in texts:
        for language, own in json.loads(asset(name)).items():
            content[language] |= own
    return content


@cache
def asset(name: str) -> str:
    """The content of a file of pages, by its path in the package, such as "view/base.css"."""
    assert _PAGES.loader is not None
    return _PAGES.loader.get_source(_PAGES, name)[0]


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
