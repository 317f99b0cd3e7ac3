"""The command line, one module a command."""

from pressextract.cli import batch, evaluate, extract, schema, train
from pressextract.cli.base import app

__all__ = ["app", "batch", "evaluate", "extract", "schema", "train"]
