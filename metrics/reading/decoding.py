"""From bytes to characters, and never by a silent guess that loses any."""

import codecs

from metrics.errors import NotText, UsageError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF: convert it to plain text"),
    (b"PK\x03\x04", "a zip archive or an office document: save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old office document: save it as plain text"),
    (b"{\\rtf", "rich text: save it as plain text"),
    (b"\x1f\x8b", "compressed: unpack it first"),
)
_REMEDY = "save it as UTF-8 text"

#: Bytes that charset-normalizer looks at; a legacy encoding shows itself long before.
_SAMPLE = 200_000


def decode(raw: bytes, path: str, encoding: str | None = None) -> tuple[str, str]:
    """The text of `raw`, without a byte order mark, and the encoding it was in.

    Without `encoding`: a byte order mark, UTF-8, UTF-16 without a mark, then what charset-normalizer
    finds in a legacy text. Raises `NotText` for anything else, and `UsageError` for an encoding that
    Python does not have.
    """
    for signature, what in _SIGNATURES:
        if raw.startswith(signature):
            raise NotText(f"{path}: not plain text but {what}")
    if encoding:
        return _decode_as(raw, path, encoding)
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return _strict(raw[len(mark) :], path, name), name
    if b"\0" in raw:
        unmarked = _unmarked_utf16(raw)
        if not unmarked:
            raise NotText(f"{path}: a binary file (NUL at byte {raw.index(0)}): {_REMEDY}")
        return _strict(raw, path, unmarked), unmarked
    try:
        return _plain(raw.decode("utf-8"), path), "utf-8"
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(raw, path, error)
        return _legacy(raw, path)


def _decode_as(raw: bytes, path: str, encoding: str) -> tuple[str, str]:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        raise UsageError(f"unknown encoding {encoding!r}: try utf-8, utf-16, cp1252, gb18030 …") from None
    for mark, marked in _BOMS:
        if raw.startswith(mark) and marked.startswith(name):
            return _strict(raw[len(mark) :], path, marked), marked
    return _strict(raw, path, name), name


def _strict(raw: bytes, path: str, encoding: str) -> str:
    try:
        return _plain(raw.decode(encoding), path)
    except UnicodeDecodeError as error:
        raise NotText(f"{path}: not {encoding} at byte {error.start}: mend it, or name its --encoding") from None


def _plain(text: str, path: str) -> str:
    """Refuses what decodes but is no text: a tenth of control characters in the first 8,192."""
    head = text[:8192]
    controls = sum(c < " " and c not in "\t\n\r\f\v\x1b\b" for c in head)
    if "\0" in head or controls * 10 > len(head):
        raise NotText(f"{path}: a binary file (control characters): {_REMEDY}")
    return text


def _unmarked_utf16(raw: bytes) -> str | None:
    """UTF-16 whose text is mostly ASCII has its NULs on one side of each pair only."""
    even, odd = raw[0:65536:2].count(0), raw[1:65536:2].count(0)
    if len(raw) % 2 or max(even, odd) < 0.2 * min(len(raw), 65536) / 2 or min(even, odd) * 20 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _refuse_damaged_utf8(raw: bytes, path: str, error: UnicodeDecodeError) -> None:
    """A text that is UTF-8 but for a few bytes is damaged, not legacy: guessing would garble it."""
    text = raw.decode("utf-8", errors="replace")
    damaged = text.count("\N{REPLACEMENT CHARACTER}")
    sound = sum(character > "\x7f" for character in text) - damaged
    if sound > 4 * damaged:
        line = raw.count(b"\n", 0, error.start) + 1
        raise NotText(f"{path}:{line}: damaged UTF-8 at byte {error.start}: mend it, or name its --encoding")


def _legacy(raw: bytes, path: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:_SAMPLE]).best()
    if best is None:
        raise NotText(f"{path}: no known text encoding fits: {_REMEDY}, or name its --encoding")
    return _strict(raw, path, best.encoding), best.encoding
