"""``python -m pressextract``: the same as the command."""

from pressextract.cli import app

app(prog_name="pressextract")
