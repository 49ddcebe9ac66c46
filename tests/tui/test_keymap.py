"""Keys of the user's own choice: what is fine holds, the rest is told."""

import string
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui.acts import EVERYWHERE, known_acts
from tui.keymap import keymap_listing, load_keymap
from tui.keys import key_named


def acts(*bindings: Binding) -> Sequence[Binding]:
    return tuple(Binding.make_bindings(bindings))


KNOWN: Mapping[str, Sequence[Binding]] = {
    EVERYWHERE: acts(
        Binding("f12", "picture", "Picture", id="picture"), Binding("ctrl+q", "quit", "Quit", priority=True)
    ),
    "review": acts(
        Binding("j,down", "move(1)", "Next", id="next", tooltip="Next passage"),
        Binding("k,up", "move(-1)", "Previous", id="previous"),
        Binding("n", "finding(1)", "Next", id="finding.next"),
        Binding("?,f1", "help", "Help", id="help"),
        Binding("escape", "drop", "Drop", id="drop"),
        Binding("escape", "clear", "Clear", id="clear"),
        Binding("1", "pick(1)", "Pick", id="pick"),
        Binding("2", "pick(2)", "Pick", id="pick"),
        Binding("x", "secret", "Secret"),
    ),
    "filter": acts(Binding("j", "down", "Down", id="filter.down"), Binding("escape", "close", "Close", id="close")),
}


def load(folder: Path, text: str) -> tuple[Mapping[str, str], list[str]]:
    path = folder / "keymap.toml"
    path.write_text(text, encoding="utf-8")
    keymap, told = load_keymap(path, KNOWN)
    prefix = str(path)
    assert all(line.startswith(prefix) and "\n" not in line for line in told)
    return keymap, [line.removeprefix(prefix).removeprefix(":").strip() for line in told]


def test_without_a_file_the_usual_keys_hold(tmp_path: Path) -> None:
    assert load_keymap(tmp_path / "keymap.toml") == ({}, [])


def test_keys_are_taken_as_textual_calls_them(tmp_path: Path) -> None:
    text = '[keys]\nnext = "space, f2"\n"finding.next" = ["{", ","]\nfilter.down = "ctrl+d"\nhelp = "?"\n'
    keymap, told = load(tmp_path, text)
    assert keymap == {
        "next": "space,f2",
        "finding.next": "left_curly_bracket,comma",
        "filter.down": "ctrl+d",
        "help": "question_mark",
    }
    assert told == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[keys]\nnxet = "m"', '2: no act is called "nxet": did you mean next?'),
        ('[keys]\n"finding.nxt" = "m"', '2: no act is called "finding.nxt": did you mean "finding.next"?'),
        ('[keys]\n"[/]\\u001b" = "m"', "no act is called \"[/]␛\": 'bleupencil review --keys' lists all there are"),
        ('[keys]\nnext = "Esc"', '2: "Esc" is no key that a terminal sends: did you mean "escape"?'),
        ('[keys]\nnext = "shift+n"', '2: "shift+n" is no key that a terminal sends: write "N"'),
        (
            '[keys]\nnext = "ctrl+m"',
            '2: "ctrl+m" is no key that a terminal sends: it sends "enter" instead: write that',
        ),
        (
            '[keys]\nnext = ""',
            '2: "" is no key that a terminal sends: name one, and write "comma" for that key itself',
        ),
        ("[keys]\nnext = 3", '2: the keys of next are no text: write next = "n,down" or the like'),
        (
            '[keys]\nnext = "n"',
            '2: next would take n from "finding.next" (review): choose another, or write what "finding.next" '
            "is to have",
        ),
        ('[keys]\nnext = "x"', "2: next cannot have x, the key of “Secret” (review): choose another"),
        ('[keys]\nnext = "ctrl+q"', "2: next cannot have ctrl+q, the key of “Quit” (review): choose another"),
        (
            '[keys]\npicture = "k"',
            "2: picture would take k from previous (review): choose another, or write what previous is to have",
        ),
        (
            '[keys]\nnext = "m"\nprevious = "m"',
            "3: previous has the key m of next (review): give one of them another",
        ),
        ('[keys]\npick = "m"', "2: pick stands for several acts, whose keys cannot be changed: remove the line"),
        ('[colours]\nred = "m"', '1: "colours" is nothing that this file may have: write acts under [keys]'),
        ("keys = 3", '1: keys is no table: write [keys], and under it lines such as next = "n,down"'),
    ],
)
def test_what_cannot_be_meant_is_told_and_the_rest_holds(text: str, told: str, tmp_path: Path) -> None:
    keymap, found = load(tmp_path, text)
    assert found == [told]
    assert keymap == ({"next": "m"} if 'next = "m"' in text else {})
    keymap, found = load(tmp_path, text.replace("[keys]", '[keys]\nhelp = "f3"', 1))
    assert keymap.get("help") == ("f3" if "[keys]" in text else None)


@pytest.mark.parametrize(
    "content", [b"[keys\n", b'[keys]\nfilter = "m"\nfilter.down = "n"\n', b"\xff", b"[keys]\nnext = \x00"]
)
def test_a_file_that_cannot_be_read_is_told_in_one_line(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "key\x1bmap.toml"
    path.write_bytes(content)
    keymap, told = load_keymap(path, KNOWN)
    assert keymap == {}
    (line,) = told
    assert line.startswith(f"{tmp_path}/key␛map.toml")
    assert "\x1b" not in line
    assert "mend it" in line


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    keymap, told = load_keymap(tmp_path, KNOWN)
    assert keymap == {}
    assert len(told) == 1


def test_keys_change_places(tmp_path: Path) -> None:
    assert load(tmp_path, '[keys]\nnext = "k"\nprevious = "j"\n') == ({"next": "k", "previous": "j"}, [])


def test_an_act_that_stays_because_its_line_is_wrong_keeps_its_key(tmp_path: Path) -> None:
    keymap, told = load(tmp_path, '[keys]\nnext = "n,m"\n"finding.next" = "nokey"\n')
    assert keymap == {"next": "m"}
    assert len(told) == 2


KEYS = st.sampled_from([*string.ascii_letters[:4], *"jknx?", "escape", "up", "down", "f12", "ctrl+q", "space"])
IDS = st.sampled_from(["next", "previous", "finding.next", "help", "drop", "clear", "picture", "filter.down", "close"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.dictionaries(IDS, st.lists(KEYS, min_size=1, max_size=3)))
def test_no_two_acts_of_a_screen_get_one_key_unless_they_share_it_as_they_come(
    wanted: dict[str, list[str]], tmp_path: Path
) -> None:
    lines = "".join(f'"{name}" = "{",".join(keys)}"\n' for name, keys in wanted.items())
    keymap, told = load(tmp_path, f"[keys]\n{lines}")
    for screen in ("review", "filter"):
        holders: dict[str, set[str]] = {}
        usual: dict[str, set[str]] = {}
        for binding in (*KNOWN[screen], *KNOWN[EVERYWHERE]):
            name = binding.id or binding.action
            keys = keymap[name].split(",") if name in keymap else [binding.key]
            usual.setdefault(binding.key, set()).add(name)
            for key in keys:
                holders.setdefault(key, set()).add(name)
        for key, names in holders.items():
            assert len(names) == 1 or names <= usual.get(key, set()), (key, names)
    named = {name: {key_named(key)[0] for key in keys} for name, keys in wanted.items()}
    dropped = [name for name in wanted if set(keymap.get(name, "").split(",")) != named[name]]
    assert bool(dropped) == bool(told)


class _Screen(Screen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "say('next')", "Next", id="next"),
        Binding("k", "say('previous')", "Previous", id="previous"),
        Binding("escape", "say('drop')", "Drop", id="drop"),
        Binding("escape", "say('clear')", "Clear", id="clear"),
    ]
    said = ""
    dropping = True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return parameters != ("drop",) or self.dropping

    def action_say(self, what: str) -> None:
        self.said += f"{what} "


async def test_textual_obeys_the_keymap(tmp_path: Path) -> None:
    path = tmp_path / "keymap.toml"
    path.write_text('[keys]\nnext = "k,right_curly_bracket"\nprevious = "j"\ndrop = "d"\n')
    keymap, told = load_keymap(path, {"screen": tuple(Binding.make_bindings(_Screen.BINDINGS))})
    assert told == []
    app = App[None]()
    async with app.run_test() as pilot:
        screen = _Screen()
        await app.push_screen(screen)
        app.set_keymap(keymap)
        await pilot.press("k", "}", "j", "d", "escape")
        assert screen.said == "next next previous drop clear "


def test_the_listing_is_a_file_that_changes_nothing(tmp_path: Path) -> None:
    known = known_acts()
    path = tmp_path / "keymap.toml"
    path.write_text(keymap_listing(known=known), encoding="utf-8")
    keymap, told = load_keymap(path, known)
    assert told == []
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["keys"]
    assert {"next", "help.close", "start.leave"} <= set(listed)
    assert {name: keys.split(",") for name, keys in keymap.items()} == {
        name: keys.split(",") for name, keys in listed.items()
    }


def test_the_listing_has_the_keys_in_force() -> None:
    listing = keymap_listing({"next": "m"}, KNOWN)
    assert 'next = "m"  # Next passage' in listing
    assert '"finding.next" = "n"  # Next' in listing
    assert "pick" not in listing
    assert "Secret" not in listing
