"""Files to text, one module a format."""


class ReadError(ValueError):
    """A document that cannot be read; the message is one line that says what to do."""
