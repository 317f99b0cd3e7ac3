"""Word documents (extra ``readers``)."""

import io

from pressextract.readers import ReadError


def read_docx(data: bytes) -> str:
    """The paragraphs of a Word document in order, list items with a bullet, table rows with tabs between the cells.

    Raises:
        ReadError: if python-docx is not installed, or the file is damaged.
    """
    try:
        import docx
        from docx.table import Table
    except ImportError:
        raise ReadError("is a Word document; install the reader with: pip install 'pressextract[readers]'") from None
    try:
        document = docx.Document(io.BytesIO(data))
        lines = []
        for part in document.iter_inner_content():
            if isinstance(part, Table):
                lines.append("\n".join("\t".join(cell.text.strip() for cell in row.cells) for row in part.rows))
            else:
                style = (part.style.name or "") if part.style is not None else ""
                lines.append(f"• {part.text}" if style.startswith("List") and part.text.strip() else part.text)
    except Exception as error:  # python-docx raises whatever its XML library, the archive or the schema do
        raise ReadError(f"is a damaged Word document ({type(error).__name__}); save it anew") from None
    return "\n\n".join(lines)
