"""The program that the commands belong to, and what they share.

Records and scores go to stdout, all else to stderr.

Exit codes: 0 all done; 1 some documents failed; 2 unusable arguments. An error is one line, never a traceback.
The commands import what they need when they run, so that ``--help`` answers at once.
"""

import gc
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from pressextract.pipeline import Extractor

Model = Annotated[
    str | None, typer.Option(help="A shipped model's name, a model folder or stanza.", show_default="shipped")
]

MinConfidence = Annotated[
    float, typer.Option("--min-confidence", min=0.0, max=1.0, help="Leave out roles and grants less sure than this.")
]


def say(message: str) -> None:
    """One line on stderr."""
    typer.echo(" ".join(message.split()), err=True)


def load(model: str | None, min_confidence: float) -> "Extractor":
    """What :func:`pressextract.load` returns, in three quarters of the time.

    A command keeps what it loads to its end: the garbage collector need not look through it, meanwhile or later.
    """
    import pressextract

    gc.disable()
    try:
        return pressextract.load(model, min_confidence=min_confidence)
    finally:
        gc.freeze()
        gc.enable()


class _Commands(TyperGroup):
    """Commands that report an error in one line and exit."""

    def main(self, *args: Any, **settings: Any) -> Any:
        try:
            code = super().main(*args, **settings | {"standalone_mode": False})
        except typer.TyperException as error:
            say(error.format_message())
            code = error.exit_code
        except OSError as error:
            say(f"{error.filename}: {error.strerror}" if error.filename else str(error))
            code = 2
        except ValueError as error:
            say(str(error))
            code = 2
        sys.exit(code)


app = typer.Typer(cls=_Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def about() -> None:
    """Norwegian press releases to records: organisations, people, roles, grants, amounts and dates.

    Records and scores go to stdout, all else to stderr. Exit codes: 0 all done; 1 some documents failed; 2 unusable
    arguments.
    """
