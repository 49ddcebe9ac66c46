"""Plain text: any encoding, any line ends, paragraphs hard-wrapped or not."""

from metrics.model import Document
from metrics.reading.blocks import find_blocks
from metrics.reading.decoding import decode
from metrics.reading.source import Source, read_bytes


def read_plain(source: Source, encoding: str | None = None) -> Document:
    """The text of a file or of standard input, with its blocks."""
    text, used = decode(read_bytes(source), source.name, encoding)
    return Document(source.name, text, used, find_blocks(text))
