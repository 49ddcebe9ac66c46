"""From bytes to characters, and never by a silent guess that loses any."""

import codecs
import re

from metrics.errors import NotText, UsageError
from metrics.languages import guess_language

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
_SAMPLE = 100_000
#: What it may find: the encodings that text files were written in.
_EAST_ASIAN = ("gb18030", "big5", "shift_jis", "cp932", "euc_jp", "euc_jis_2004", "euc_kr", "cp949")
_OTHER_SCRIPTS = ("koi8_r", "koi8_u", "cp1251", "cp866", "iso8859_5", "cp1253", "iso8859_7", "cp1255", "cp1256")
_LATIN = ("cp1250", "cp1252", "cp1254", "cp1257", "iso8859_2", "mac_roman", "cp850", "cp437")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
#: In cp1252, what Polish, Czech or Hungarian of cp1250 looks like.
_SYMBOL_IN_WORD = re.compile(r"[^\W\d_][¹³¿¼¾£¥¢¤¦ª]|[¹³¿£¥][^\W\d_]")


def decode(raw: bytes, path: str, encoding: str | None = None) -> tuple[str, str]:
    """The text of `raw`, without a byte order mark, and the encoding it was in.

    A byte order mark decides, then UTF-8 where it fits, and then `encoding`; without one, UTF-16 without
    a mark and what charset-normalizer finds in a legacy text. Raises `NotText` for anything else, and
    `UsageError` for an encoding that Python does not have.
    """
    for signature, what in _SIGNATURES:
        if raw.startswith(signature):
            raise NotText(f"{path}: not plain text but {what}")
    if encoding:
        encoding = _known(encoding)
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return _strict(raw[len(mark) :], path, name), name
    if encoding and (raw.isascii() or b"\0" in raw or not _is_utf8(raw)):
        return _strict(raw, path, encoding), encoding
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


def may_be_text(head: bytes) -> bool:
    """Whether `decode` may take a file that begins with `head`: an even number of bytes, or all there are.

    Damaged and legacy text may be; what is known to be something else, or has NULs where text has none, may not.
    """
    if any(head.startswith(signature) for signature, _ in _SIGNATURES):
        return False
    marked = any(head.startswith(mark) for mark, _ in _BOMS)
    return marked or b"\0" not in head or _unmarked_utf16(head) is not None


def _known(encoding: str) -> str:
    try:
        found = codecs.lookup(encoding)
    except LookupError:
        found = None
    if found is None or not found._is_text_encoding or found.name == "undefined":
        raise UsageError(f"unknown encoding {encoding!r}: try utf-8, utf-16, cp1252, gb18030 …")
    return found.name


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _strict(raw: bytes, path: str, encoding: str) -> str:
    try:
        return _plain(raw.decode(encoding), path)
    except UnicodeDecodeError as error:
        raise NotText(f"{path}: not {encoding} at byte {error.start}: mend it, or name another --encoding") from None
    except UnicodeError as error:
        raise NotText(f"{path}: not {encoding} ({error}): name another --encoding") from None


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
    """What charset-normalizer finds, but for Western languages: their code pages differ too little for it."""
    from charset_normalizer import from_bytes

    sample = _sample(raw)
    best = from_bytes(sample, cp_isolation=[*_EAST_ASIAN, *_OTHER_SCRIPTS, *_LATIN]).best()
    found = best.encoding if best else None
    if found is None or found in _LATIN:
        found = _western(sample) or _central(sample) or found
    if found is None:
        raise NotText(f"{path}: no known text encoding fits: {_REMEDY}, or name its --encoding")
    return _strict(raw, path, found), found


def _sample(raw: bytes) -> bytes:
    """Whole words around the first byte that is not ASCII."""
    first = next(_BEYOND_ASCII.finditer(raw)).start()
    start = max(raw.rfind(b"\n", 0, first), raw.rfind(b" ", 0, first)) + 1
    end = len(raw)
    if end - start > _SAMPLE:
        cut = start + _SAMPLE
        end = max(raw.rfind(b"\n", start, cut), raw.rfind(b" ", start, cut)) + 1 or cut
    return raw[start:end]


def _western(sample: bytes) -> str | None:
    """cp1252 where that reads as a Western language, with no symbols inside words."""
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return None
    known = guess_language(text).code in ("en", "de", "fr", "es", "it", "pt", "nl")
    return "cp1252" if known and not _SYMBOL_IN_WORD.search(text) else None


def _central(sample: bytes) -> str | None:
    """cp1250 where cp1252 would put symbols inside words."""
    try:
        return "cp1250" if _SYMBOL_IN_WORD.search(sample.decode("cp1252")) and sample.decode("cp1250") else None
    except UnicodeDecodeError:
        return None
