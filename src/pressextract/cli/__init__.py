"""The command line, one module a command."""

from pressextract.cli import annotate, batch, evaluate, extract, schema, train, view
from pressextract.cli.base import app

__all__ = ["annotate", "app", "batch", "evaluate", "extract", "schema", "train", "view"]
