"""Reading: bytes to characters to blocks, and what cannot be read."""

import itertools
import os
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.errors import MissingFile, NotText, UnreadableFile, UsageError
from metrics.model import Document
from metrics.reading import open_source, read
from metrics.reading.blocks import find_blocks

TEXT = "Der Fährmann grüßt: „Schöne Überfahrt!“ Es sind 640 Meter – kaum mehr.\n"


def read_bytes(tmp_path: Path, raw: bytes, encoding: str | None = None) -> Document:
    path = tmp_path / "text.txt"
    path.write_bytes(raw)
    return read(open_source(str(path)), encoding)


def blocks(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in find_blocks(text)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_reads_every_encoding_without_being_told(tmp_path: Path, encoding: str) -> None:
    assert read_bytes(tmp_path, (TEXT * 20).encode(encoding)).text == TEXT * 20


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "每天清晨五点半，石鹭村的第一班山路巴士还没有发动，老茶厂的木门已经打开了。\n" * 8),
        ("cp1251", "Река поднялась за ночь на два метра, и паром больше не ходит. Мост закрыт.\n" * 8),
        ("euc_jp", "夜のうちに川の水位が二メートル上がり、渡し船は動かなくなった。\n" * 8),
        ("cp1250", "Prom spóźnił się, a rzeka była wysoka, więc czekali na brzegu. Żółta łódź.\n" * 8),
        ("cp1252", "A balsa não saiu de manhã: o rio subiu à noite, e ninguém atravessou até às três.\n" * 8),
        ("cp1252", "Le bac ne sortit pas de la forêt; où étaient-ils passés, déjà à l’été?\n" * 8),
        ("cp1252", "Il traghetto non partì: il fiume era più alto, perché la città non c’è più.\n" * 8),
        ("shift_jis", "夜のうちに川の水位が二メートル上がり、渡し船は動かなくなった。\n" * 8),
    ],
)
def test_finds_out_legacy_encodings(tmp_path: Path, encoding: str, text: str) -> None:
    document = read_bytes(tmp_path, text.encode(encoding))
    assert document.text == text
    assert document.encoding != "utf-8"


def test_a_legacy_character_late_in_a_long_text_counts(tmp_path: Path) -> None:
    text = "The ferry was late and the river was high.\n" * 9000 + "Then the café closed, they said.\n" * 3
    assert read_bytes(tmp_path, text.encode("cp1252")).text == text
    chinese = "渡船来晚了，河水很高，他们只好在岸边等。\n" * 9000
    assert read_bytes(tmp_path, chinese.encode("gb18030")).text == chinese


def test_obeys_a_named_encoding(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, b"\xe9t\xe9", "latin-1").text == "été"
    assert read_bytes(tmp_path, "été".encode(), "latin-1").text == "été"  # UTF-8 is never mistaken
    for name in ("nonsense", "base64", "undefined"):
        with pytest.raises(UsageError, match=f"unknown encoding '{name}'"):
            read_bytes(tmp_path, b"x", name)
    with pytest.raises(NotText, match="not ascii at byte 0"):
        read_bytes(tmp_path, b"\xe9t\xe9", "ascii")


def test_keeps_line_ends_as_they_stand(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, b"One.\r\n\r\nTwo.\rThree.\n").text == "One.\r\n\r\nTwo.\rThree.\n"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary file"),
        (b"%PDF-1.7\n1 0 obj", "a PDF: convert it to plain text"),
        (b"PK\x03\x04rest", "save it as plain text"),
        (bytes(range(1, 32)) * 20, "binary file"),
    ],
)
def test_refuses_what_is_no_text(tmp_path: Path, raw: bytes, message: str) -> None:
    with pytest.raises(NotText, match=message):
        read_bytes(tmp_path, raw)


def test_damaged_utf8_is_told_with_its_line_and_never_guessed(tmp_path: Path) -> None:
    raw = ("Größe und Übermut\n" * 30).encode() + b"kaputt: \xc3( hier\n"
    with pytest.raises(NotText, match=r"text\.txt:31: damaged UTF-8 at byte"):
        read_bytes(tmp_path, raw)


def test_a_mistyped_path_is_answered_with_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "candidate.txt").write_text("x")
    with pytest.raises(MissingFile, match=r"did you mean .*candidate\.txt\?"):
        open_source(str(tmp_path / "candidat.txt"))
    (tmp_path / "broken.txt").symlink_to("gone.txt")
    with pytest.raises(MissingFile, match=r"broken\.txt: it is a link to gone\.txt, which is not there: mend"):
        open_source(str(tmp_path / "broken.txt"))
    with pytest.raises(MissingFile, match="is a folder: name a text file in it, such as"):
        open_source(str(tmp_path))


def test_a_size_is_known_before_anything_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_bytes(b"x" * 12345)
    assert open_source(str(path)).size == 12345
    assert open_source("-").size is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "locked.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(UnreadableFile, match="permission denied"):
        read(open_source(str(path)))


def test_a_path_that_the_system_refuses_is_told() -> None:
    with pytest.raises(UnreadableFile, match="check the path"):
        open_source("a\0b")


# --- blocks -------------------------------------------------------------------------------------

PARAGRAPHS = [
    "The ferry across the Orre has run on a cable since the winter of 1958, and nobody in the village "
    "remembers a morning on which it left late because of the engine.",
    "A new electric winch",
    "Now the engine is gone. What pulls the boat is a winch that takes its power from the bank, where two "
    "rows of panels stand on the roof of the old customs house, and from the current itself.",
    "“We had to learn to hear again,” says the ferryman, who is sixty-one. “For years there was only the diesel, "
    "and all at once there are herons.”",
]


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100])
@pytest.mark.parametrize("between", ["\n", "\n\n", "\n \n\n"])
def test_hard_wrapped_paragraphs_are_joined(width: int, between: str) -> None:
    wrapped = between.join(textwrap.fill(paragraph, width, break_on_hyphens=False) for paragraph in PARAGRAPHS)
    assert blocks(wrapped) == PARAGRAPHS
    assert blocks(wrapped.replace("\n", "\r\n")) == PARAGRAPHS


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n\r\n"])
def test_paragraphs_on_one_line_each_stay_apart(between: str) -> None:
    assert blocks(between.join(PARAGRAPHS)) == PARAGRAPHS


def test_one_sentence_a_line_is_not_taken_for_wrapping() -> None:
    lines = [f"The {n}th boat of the morning carried {n * 3} sacks of salt to the other bank." for n in range(4, 20)]
    assert blocks("\n".join(lines)) == lines


def test_short_lines_stay_apart() -> None:
    menu = ["Home", "News", "Sports", "Weather", "About us", "Contact"]
    assert blocks("\n".join(menu)) == menu


def test_short_opening_lines_belong_to_what_follows_even_after_a_lost_full_stop() -> None:
    text = textwrap.dedent("""\
        When the cable tore in the
        spring of last year, the boat drifted as far as the weir before anybody on the
        bank had noticed that it was gone, and it took a tractor to pull it out.
        By Anna Lee and Tom Frey
        “Nobody was on board,” the
        mayor said, and she added that the council would now pay for a second cable as
        the ferryman had demanded in every meeting since the flood
        The second cable came from a
        shipyard in the north, which had kept it in a shed for thirty years and was glad
        to be rid of it.
    """)
    assert [block[:24] for block in blocks(text)] == [
        "When the cable tore in t",
        "By Anna Lee and Tom Frey",
        "“Nobody was on board,” t",
        "The second cable came fr",
    ]


def test_items_of_a_list_stay_apart() -> None:
    items = ["- Sweep the yard and the steps", "- Feed the two grey geese", "- Mend the net by the weir", "- Lock up"]
    assert blocks("\n".join(items)) == items
    wrapped = [f"{n}. {PARAGRAPHS[0]}" for n in (1, 2, 3)]
    assert blocks("\n".join(textwrap.fill(item, 60) for item in wrapped)) == wrapped


def test_lines_of_verse_stay_apart() -> None:
    verse = [
        "The river has no word for me tonight,",
        "It passes underneath the iron bridge",
        "And carries off the lamps with all their light",
        "To where the herons sleep along the ridge",
        "My boat is tied, the winch is standing still",
        "And nobody is calling from the hill",
    ]
    assert blocks("\n".join(verse)) == verse


def test_wrapped_chinese_is_joined() -> None:
    paragraphs = [
        "渡船过河已经六十年了，村里没有人记得哪天早上因为机器的缘故误了点。现在发动机拆掉了，换成了岸上的绞盘。",
        "“我们得重新学会听声音。”船夫说，他今年六十一岁，“以前只有柴油机，忽然之间又有了白鹭。”",
    ]
    wrapped = "\n".join("\n".join(p[i : i + 22] for i in range(0, len(p), 22)) for p in paragraphs)
    assert [block.replace(" ", "") for block in blocks(wrapped)] == paragraphs


@given(st.text(alphabet=st.sampled_from("ab A.\n\r\t\x0b\x85\u2028,“”中。-"), max_size=300))
def test_blocks_index_the_text_and_lose_nothing(text: str) -> None:
    spans = find_blocks(text)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    covered = {i for start, end in spans for i in range(start, end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)
