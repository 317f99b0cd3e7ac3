"""PDF files (extra ``readers``)."""

import re

from pressextract.readers import ReadError

_HYPHEN = re.compile(r"(?<=\w)[\u00ad\u0002\ufffe]\s*\n?")


def read_pdf(data: bytes) -> str:
    """The text of a PDF, page after page, words cut at a line's end whole again.

    Raises:
        ReadError: if pypdfium2 is not installed, the file is damaged, needs a password, or holds pictures only.
    """
    try:
        import pypdfium2
    except ImportError:
        raise ReadError("is a PDF; install the reader with: pip install 'pressextract[readers]'") from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError("is a PDF that needs a password; save it without one") from None
        raise ReadError("is a damaged PDF; get it anew") from None
    with document:
        pages = [page.get_textpage().get_text_range() for page in document]
    text = _HYPHEN.sub("", "\n\n".join(pages).replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise ReadError("is a PDF without text, pictures of pages perhaps; run OCR on it first")
    return text
