"""The review as a dialogue: lines in, lines out, and all of it in the session file."""

import io
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import review as engine
from metrics.comparison import compare
from metrics.diff import diff
from metrics.errors import UnwritableFile, UsageError
from metrics.findings import KINDS
from metrics.languages import language_named
from metrics.lexicon import lexicon
from metrics.model import Kind, Severity, Weight
from metrics.mqm.model import Disposition, Side
from metrics.mqm.store import Session
from metrics.scoring import Scorer
from metrics.selection import Filter, described
from metrics.vocabulary import Vocabulary
from tests.support import sample
from tests.tui.builders import HARBOUR, HOSTILE, SETTINGS, Note, Row, review, yielding
from tui.desk import Desk
from tui.plain.choosing import filter_of
from tui.plain.commands import COMMANDS
from tui.plain.dialogue import run
from tui.plain.differences import differences

ROOT = Path(__file__).parent.parent.parent
#: The passages of HARBOUR by risk, worst first: what the queue's numbers count.
UNITS = ("p3", "p6", "p5", "p4", "p2", "p7", "p1", "p0")


class Stream(io.StringIO):
    """A stream that may be a terminal."""

    def __init__(self, text: str = "", terminal: bool = False) -> None:
        super().__init__(text)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


class Said(NamedTuple):
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


def talk(path: Path, *lines: str, rows: Sequence[Row] = HARBOUR, terminal: bool = False, reviewer: str = "ana") -> Said:
    """What a dialogue of these lines says."""
    given, out, err = Stream("".join(f"{line}\n" for line in lines), terminal), Stream("", terminal), Stream()
    with closing(Desk(path, reviewer)) as desk:
        status = run("c.txt", "r.txt", SETTINGS, desk, pipeline=yielding(review(rows)), streams=(given, out, err))
    assert status == 0
    return Said(out.getvalue(), err.getvalue())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.review"


def marks(path: Path) -> list[tuple[str, Side, str, str, Severity, str]]:
    """The marks in the file: unit, side, the words, category, severity, note."""
    with Session.open(path, readonly=True) as session:
        units = {unit.id: unit for unit in (*session.units, *session.former)}
        return [
            (a.unit, a.side, units[a.unit].text(a.side)[a.start : a.end], a.category, a.severity, a.note)
            for a in session.state.annotations.values()
        ]


def test_the_worst_passage_is_read_first_and_each_with_what_differs_and_what_was_found(path: Path) -> None:
    lines = talk(path, "5").lines
    assert lines[4:] == [
        "1 of 8, omitted, 14 words, chrF 0.0, BLEU 0.0, risk 14.0, not reviewed.",
        "Candidate: nothing in the candidate answers this.",
        "Reference, line 4: Three fishing families lost their moorings to the works and have not been paid.",
        "5 of 8, match, 12 words, chrF 71.5, BLEU 38.2, risk 3.5, not reviewed.",
        "Candidate, line 3: It took sixteen crews and two winters to finish the wall.",
        "Reference, line 3: It took sixty-one crews and three winters to finish the sea wall.",
        "Differs: “sixteen” for “sixty-one”; “two” for “three”; “sea” missing.",
        "Finding 1, number, major: “sixteen” where the reference has “sixty-one”.",
        "Finding 2, number, major: “two” where the reference has “three”.",
    ]


def test_a_whole_review_is_in_the_session_file(path: Path) -> None:
    said = talk(
        path,
        "mark r1-3 accuracy/omission major",
        "error",
        "worst",
        "noise",
        "# a remark, and an empty line",
        "",
        "go 4",
        'mark "unwittingly" 2m c "the opposite"',
        "next",
        "take 1",
        "x 2",
        "edit 1 m",
        "go 7",
        "fine",
        "quit",
        "error",
    )
    assert said.err == ""
    assert marks(path) == [
        ("p3", Side.REFERENCE, "Three fishing families", "accuracy/omission", Severity.MAJOR, ""),
        ("p4", Side.CANDIDATE, "unwittingly", "accuracy/mistranslation", Severity.CRITICAL, "the opposite"),
        ("p2", Side.CANDIDATE, "sixteen", "accuracy/mistranslation", Severity.MINOR, ""),
    ]
    with Session.open(path, readonly=True) as session:
        assert session.state.dispositions == {
            ("p3", "ana"): Disposition.ERROR,
            ("p6", "ana"): Disposition.NOISE,
            ("p1", "ana"): Disposition.FINE,
        }
        # After what is fine comes the next of the queue that is not reviewed.
        assert session.state.seen == {(unit, "ana") for unit in ("p3", "p6", "p4", "p2", "p1", "p5")}
        assert len(session.state.dismissed) == 1


def test_each_command_says_what_was_kept(path: Path) -> None:
    lines = talk(
        path, "e", "e", "A", "open", "go 5", "y", "x", "x 2", "B", "d 1", "z", "z", "Z", "dismiss all number"
    ).lines
    told = [line for line in lines[7:] if not line.startswith(("5 of", "Candidate", "Reference", "Differs", "Finding"))]
    assert told == [
        "Error.",
        "Called error already; 'open' takes that back.",
        # Passages made by hand have no statistics to add up.
        "Misaligned, left out: BLEU 0.0, chrF 0.0, chrF++ 0.0 now.",
        "Open again.",
        "Marked: major Accuracy/Mistranslation on “sixteen”.",
        "Dismissed: number, “two” where the reference has “three”.",
        "This finding is dismissed already; 'bring back' brings it back.",
        "1 finding brought back.",
        "Deleted: major Accuracy/Mistranslation on “sixteen”; z brings it back.",
        "Undone: removal: major Accuracy/Mistranslation on “sixteen”.",
        "Undone: 1 finding brought back (number).",
        "Redone: 1 finding brought back (number).",
        "2 findings of kind number dismissed everywhere; z brings them back.",
    ]


def test_what_is_left_out_leaves_the_scores_and_says_so(path: Path) -> None:
    made = engine.run(engine.realigner_steps(*sample("harbour"), SETTINGS))
    counted = [p for p in made.review.passages if p.kind is not Kind.BOILERPLATE]
    worst, *_ = sorted(counted, key=lambda passage: -passage.risk)
    scorer = Scorer(SETTINGS, language_named("en"))
    without = scorer.corpus(passage.statistics for passage in counted if passage is not worst)
    given, out = Stream("misaligned\nsummary\n"), Stream()
    with closing(Desk(path, "ana")) as desk:
        run(
            "c.txt",
            "r.txt",
            SETTINGS,
            desk,
            pipeline=lambda *_: (yield from ()) or made,
            streams=(given, out, Stream()),
        )
    scores = ", ".join(f"{name} {score.value:.1f}" for name, score in without.items())
    assert f"Misaligned, left out: {scores} now." in out.getvalue().splitlines()
    assert f"{scores}." in out.getvalue().splitlines()
    assert "1 of 38 reviewed, 1 left out of the scores." in out.getvalue()


def test_undo_reaches_behind_a_restart_and_goes_to_where_it_was(path: Path) -> None:
    talk(path, "5", 'mark "sixteen" accuracy', "3", "p")
    lines = talk(path, "z", "z", "Z", "z", "z").lines[4:]
    assert [line for line in lines if line.startswith(("Undone", "Redone", "Nothing"))] == [
        "Undone: passage called paraphrase.",
        "Undone: mark: minor Accuracy on “sixteen”.",
        "Redone: mark: minor Accuracy on “sixteen”.",
        "Undone: mark: minor Accuracy on “sixteen”.",
        "Nothing to undo.",
    ]
    at = lines.index("Undone: mark: minor Accuracy on “sixteen”.")
    assert lines[at + 1].startswith("5 of 8, match")
    assert marks(path) == []


def test_a_script_ends_at_the_first_line_that_is_not_understood(path: Path) -> None:
    with pytest.raises(UsageError, match=r"^line 3 of the commands, 'eror': “eror” is no command \(error\?\)"):
        talk(path, "# twice", "paraphrase", "eror", "noise")
    with Session.open(path, readonly=True) as session:
        assert list(session.state.dispositions.values()) == [Disposition.PARAPHRASE]


def test_at_a_terminal_errors_are_told_and_the_dialogue_goes_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    said = talk(path, "eror", "", " ", "quit", terminal=True)
    assert said.err == "“eror” is no command (error?): 'help' lists them\n"
    assert said.out.count("> ") == 4
    assert said.out.count("1 of 8, omitted") == 2
    assert "> Fine.\n2 of 8, added" in said.out
    assert max(map(len, said.lines)) < 40 + len("> ")


def test_the_end_of_the_input_leaves(path: Path) -> None:
    assert talk(path, terminal=True).out.endswith("> \n")
    assert not talk(path).out.endswith("\n\n")


def test_what_cannot_be_kept_is_told_and_not_done(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talk(path)

    def full(*_: object) -> None:
        raise UnwritableFile("cannot write to x.review, the disk is full: make room")

    monkeypatch.setattr(Session, "record", full)
    said = talk(path, "error", "where", terminal=True)
    assert said.err == "cannot write to x.review, the disk is full: make room\n"
    assert said.out.count("not reviewed.") == 2
    with pytest.raises(UnwritableFile, match=r"^line 1 of the commands"):
        talk(path, "error")


@pytest.mark.parametrize(
    ("command", "kept"),
    [
        ('mark "unwittingly"', (Side.CANDIDATE, "unwittingly", "terminology", Severity.MINOR, "")),
        ("mark UNFAILINGLY style", None),
        ("mark unfailingly style", (Side.REFERENCE, "unfailingly", "style", Severity.MINOR, "")),
        ("mark supported M", (Side.CANDIDATE, "supported", "terminology", Severity.MAJOR, "")),
        ("mark reference supported .", (Side.REFERENCE, "supported", "terminology", Severity.NEUTRAL, "")),
        ("mark 2-4 2o minor", (Side.CANDIDATE, "We have unwittingly", "accuracy/omission", Severity.MINOR, "")),
        ("mark r2 2 Critical", (Side.REFERENCE, "We", "accuracy", Severity.CRITICAL, "")),
        ("mark whole Mistranslation", (Side.CANDIDATE, "", "accuracy/mistranslation", Severity.MINOR, "")),
        ("v * 'say what you mean'", (Side.CANDIDATE, "", "terminology", Severity.MINOR, "say what you mean")),
        ('mark "the port" "it\'s \\"so\\""', (Side.CANDIDATE, "the port", "terminology", Severity.MINOR, 'it\'s "so"')),
        ('mark "wittingly"', (Side.CANDIDATE, "wittingly", "terminology", Severity.MINOR, "")),
    ],
)
def test_words_are_marked_by_name_or_number(
    path: Path, command: str, kept: tuple[Side, str, str, Severity, str] | None
) -> None:
    if kept is None:
        with pytest.raises(UsageError, match="does not stand in the passage"):
            talk(path, "4", command)
        return
    talk(path, "4", command)
    assert marks(path) == [("p4", *kept)]


def test_what_a_mark_does_not_say_is_as_it_was_the_last_time_be_it_before_a_restart(path: Path) -> None:
    talk(path, "4", 'mark unwittingly 2m M "first"')
    talk(path, "4", "mark him")
    assert [mark[2:] for mark in marks(path)] == [
        ("unwittingly", "accuracy/mistranslation", Severity.MAJOR, "first"),
        ("him", "accuracy/mistranslation", Severity.MAJOR, ""),
    ]


def test_a_mark_is_edited_in_part_and_deleted(path: Path) -> None:
    talk(path, "4", 'mark unwittingly 2m M "first"', "edit 1 on r4 c", 'edit "second"')
    assert marks(path) == [
        ("p4", Side.REFERENCE, "unfailingly", "accuracy/mistranslation", Severity.CRITICAL, "second")
    ]
    talk(path, "4", 'edit 1 style ""')
    assert marks(path) == [("p4", Side.REFERENCE, "unfailingly", "style", Severity.CRITICAL, "")]
    talk(path, "4", "delete")
    assert marks(path) == []


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("mark", "say which words"),
        ("mark don't", "a quotation mark has no partner"),
        ("mark 40", "the candidate has no words 40: its last is 15"),
        ("mark 3-2", "has no words 3-2"),
        ("mark 3-r5", "a mark is on one text"),
        ("mark zeppelin", "does not stand in the passage"),
        ("mark unwittingly misstranslation", r"no category \(mistranslation\?\)"),
        ("mark unwittingly 2z", "“2z” is no category"),
        ("mark unwittingly 2m opposite", "write a note in quotation marks"),
        ('mark unwittingly "a" "b"', "there are two notes"),
        ("edit 1 m", "there is no mark 1"),
        ("delete", "nothing is marked here"),
        ("take 3", "there is no finding 3: the last is finding 1"),
        ("take one", "is no number"),
        ("dismiss all nummer", r"no kind of finding \(number\?\)"),
        ("go 9", "the last is passage 8"),
        ("context 9", "a number of 0 to 5"),
        ("order rist", r"no order \(risk\?\)"),
        ("filter ommitted", r"\(omitted\?\)"),
        ("filter chrf<", "is no range"),
        ("regex (", "not a regular expression"),
        ("search", "say what to search for"),
        ("fine again", "nothing follows 'fine'"),
        ("align mergee next", r"\(merge\?\)"),
        ("align split 1 1", "one part of the split would be empty"),
        ("align link", "say which passages"),
        ("categories x", "is no category"),
        ("help nextt", r"\(next\?\)"),
    ],
)
def test_what_is_not_understood_says_what_to_do(path: Path, command: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        talk(path, "4", command)


def test_words_that_stand_twice_are_told_with_their_numbers(path: Path) -> None:
    rows = [Row("The crews of the port and the crews of the quay.", "The crews.")]
    with pytest.raises(UsageError, match="“crews” stands 2 times in the candidate: say which, 2 or 8"):
        talk(path, 'mark "crews"', rows=rows)
    talk(path, 'mark "The crews"', "mark 'the crews'", rows=rows)
    assert [mark[2] for mark in marks(path)] == ["The crews", "the crews"]
    numbered = talk(path, "words", rows=rows).lines
    assert "Reference: r1 The, r2 crews, r3 ." in numbered


def test_findings_are_walked_along_and_the_one_heard_is_meant(path: Path) -> None:
    lines = talk(path, "5", "n", "n", "x", "N", "y", "n").lines[13:]
    assert [line.partition(":")[0] for line in lines] == [
        "Finding 1, number, major",
        "Finding 2, number, major",
        "Dismissed",
        "Finding 1, number, major",
        "Marked",
        "Mark 1",
    ]
    assert [mark[2] for mark in marks(path)] == ["sixteen"]


def test_a_filter_is_told_combined_and_cleared(path: Path) -> None:
    lines = talk(
        path, "filter match chrf<80 not reviewed", "next", "next", "filter", "e", "filter boilerplate error", "clear"
    ).lines
    assert "2 of 8: match, chrF 0 to 79.9, not reviewed." in lines
    assert "This is the last passage of the queue." in lines
    assert "Kinds: match 2, moved 1, added 1, omitted 1." in lines
    assert "No passage is boilerplate, error: the queue stays as it is." in lines
    assert lines[-1] == "All 8 passages again."


def test_an_undone_act_on_a_passage_that_the_filter_hides_clears_it(path: Path) -> None:
    lines = talk(path, "e", "filter added", "z").lines
    assert lines[-4] == "Undone: passage called error."
    assert lines[-3].startswith("1 of 8, omitted")


def test_a_search_goes_from_hit_to_hit_in_the_queue(path: Path) -> None:
    lines = talk(path, "/the wall", "n", "search storm", "n", "N", "clear", "n", "search zeppelin").lines
    assert [line for line in lines if line.startswith(("Hit", "Found", "The search", "No passage"))] == [
        "Hit 1 of 1 passages; n and N go on, 'clear' ends the search.",
        "Found in the candidate: “the wall”.",
        "Hit 1 of 1 passages; n and N go on, 'clear' ends the search.",
        "Found in the candidate: “the wall”.",
        *(
            "Hit 1 of 1 passages; n and N go on, 'clear' ends the search.",
            "Found in the candidate: “Storm”.",
            "Found in the reference: “storm”.",
        )
        * 3,
        "The search has ended.",
        "No passage has it.",
    ]


def test_another_order_keeps_the_passage(path: Path) -> None:
    lines = talk(path, "5", "order document", "next", "o").lines
    assert "Order: document order. This passage is 3 of 8." in lines
    assert any(line.startswith("4 of 8, omitted") for line in lines)


def test_the_alignment_is_mended_kept_and_taken_back(path: Path) -> None:
    lines = talk(path, "2", "align", "align link 1", "where").lines
    assert "Candidate sentence 1: Nobody on the pier believed a word of this." in lines
    assert any(line.startswith("Alignment: link; ") for line in lines)
    assert any(", linked by hand, not reviewed." in line for line in lines)
    assert "1 correction" not in "".join(lines)
    again = talk(path, "list 20", "z", "list 20").lines
    assert sum("omitted" in line for line in again) == 2
    assert sum(line.startswith(("Here:", *"12345678")) and ": " in line for line in again) >= 15
    assert "Undone: alignment: link." in again
    with Session.open(path, readonly=True) as session:
        assert session.state.patches == ()
        assert [unit.kind for unit in session.units].count(Kind.OMITTED) == 1


def test_merged_passages_can_be_split_again_where_one_says(path: Path) -> None:
    lines = talk(path, "4", "align merge next", "align split 1 1").lines
    merged = next(line for line in lines if line.startswith("Candidate, line 5, 2 sentences"))
    assert merged.endswith("told him. Storm season, which begins early, will test it.")
    with Session.open(path, readonly=True) as session:
        assert len(session.units) == len(HARBOUR)
        assert [act.body["what"] for act in session.state.patches] == ["merge", "split"]


def test_what_another_said_is_heard_and_whose_it_is(path: Path) -> None:
    talk(path, "mark r1 style", reviewer="bo")
    lines = talk(path, "marks").lines
    assert "Mark 1: minor Style on “Three” in the reference, by bo." in lines
    with pytest.raises(UsageError, match="this mark is bo’s: only they can change it"):
        talk(path, "delete 1")
    assert "Mark 1: minor Style on “Three” in the reference." in talk(path, "1", "marks", reviewer="bo").lines


def test_what_another_does_meanwhile_is_taken_up(path: Path) -> None:
    class Meanwhile(Stream):
        def readline(self, size: int = -1, /) -> str:
            line = super().readline(size)
            if line == "list\n":
                talk(path, "align merge next", reviewer="bo")
            return line

    out = Stream()
    with closing(Desk(path, "ana")) as desk:
        given = Meanwhile("list\nquit\n")
        run("c.txt", "r.txt", SETTINGS, desk, pipeline=yielding(review()), streams=(given, out, Stream()))
    lines = out.getvalue().splitlines()
    at = lines.index("The alignment of this passage was changed elsewhere.")
    assert "of 7, match, 25 words" in lines[at + 1]
    assert "linked by hand" in lines[at + 1]


def test_hostile_texts_and_names_are_told_never_obeyed(path: Path) -> None:
    rows = [
        *HOSTILE,
        Row("a" * 100_000, "b " * 200, notes=(Note("name", "a", "b", "\x1b[31m[/nope]\u202e"),)),
    ]
    given = "next\n" * 6 + 'list\nwords\nmark 1 "\x1b[2Jnote\u202e"\n/[/nope]\nsummary\n'
    out, err = Stream(), Stream()
    with closing(Desk(path, "\x1b[1mana")) as desk:
        run("\x1bc.txt", "[/r].txt", SETTINGS, desk, pipeline=yielding(review(rows)), streams=(Stream(given), out, err))
    told = out.getvalue()
    assert "␛[2J" in told
    assert "[/nope] now" not in told.replace(" now [/nope]", "")
    assert {unicodedata.category(each) for each in told.replace("\n", "")}.isdisjoint({"Cc", "Cf", "Cs"})


def test_no_line_says_what_only_a_sign_would(path: Path) -> None:
    told = talk(path, *(str(n) for n in range(1, 9)), "list 9", "summary", "help", "categories", "filter", "risk").out
    assert not set(told) & {kind.sign for kind in Kind} - {"+"}
    assert not set(told) & set("●○▶▸│┌·×")


def test_an_empty_pair_can_be_left_and_summed_up(path: Path) -> None:
    lines = talk(path, "summary", "help where", rows=[]).lines
    assert "Nothing to review: both texts are empty." in lines
    with pytest.raises(UsageError, match="there is no passage to review"):
        talk(path, "next", rows=[])


def test_the_help_has_every_command_and_the_keys_are_those_of_the_app(path: Path) -> None:
    from tui.screens.review import ReviewScreen

    lines = talk(path, "help").lines
    assert all(any(line.startswith(command.name) for line in lines) for command in COMMANDS)
    names = {"/": "slash", "\\": "backslash"}
    app = {
        key
        for screen in ReviewScreen.__mro__
        for binding in vars(screen).get("BINDINGS", ())
        for key in binding.key.split(",")  # type: ignore[union-attr]
    }
    assert {names.get(command.key, command.key) for command in COMMANDS if command.key} <= app


_FILTERS = st.builds(
    Filter,
    kinds=st.frozensets(st.sampled_from(Kind), max_size=3),
    findings=st.frozensets(st.sampled_from(list(KINDS)), max_size=3),
    dispositions=st.frozensets(st.sampled_from([*Disposition, None]), max_size=3),
    severities=st.frozensets(st.sampled_from(Severity), max_size=3),
    scores=st.sampled_from([(), (("chrF", 0.0, 39.9),), (("BLEU", 3.0, 20.0), ("risk", 2.0, float("inf")))]),
    words=st.none() | st.tuples(st.integers(1, 9), st.integers(10, 99)),
    reviewed=st.none() | st.booleans(),
)


@given(_FILTERS)
def test_a_filter_is_read_as_it_is_told(chosen: Filter) -> None:
    assert filter_of(described(chosen)) == chosen


_WORDS = st.lists(
    st.sampled_from(["sea", "wall", "sixteen", "Lind", "the", "of", "not", "opened", "finish"]), min_size=1, max_size=8
)


@given(_WORDS, _WORDS)
def test_every_differing_word_that_tells_is_heard(ours: list[str], theirs: list[str]) -> None:
    texts = " ".join(ours), " ".join(theirs)
    (passage,) = review([Row(*texts)]).passages
    vocabulary = Vocabulary(lexicon("en"), *([text] for text in texts))
    told = " ".join(differences(passage))
    for text, marks in zip(texts, diff(compare(*texts, vocabulary)), strict=True):
        for mark in marks:
            if mark.weight is not Weight.FAINT and len(text) <= 40:
                assert text[mark.start : mark.end] in told


def test_the_dialogue_runs_as_a_program_without_textual(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from metrics.model import Settings; from tui.desk import Desk;"
        "from tui.plain.dialogue import run;"
        "status = run(*sys.argv[1:3], Settings(), Desk(Path(sys.argv[3]), 'ana'));"
        "print('loaded:', *{name.split('.')[0] for name in sys.modules}); sys.exit(status)"
    )
    script = 'mark 1-2 2m M "Ünübersehbar"\nfine\nalign accept\nquit\n'
    path = tmp_path / "x.review"
    call = [sys.executable, "-c", program, *sample("harbour"), str(path)]
    done = subprocess.run(
        call,
        input=script.encode("utf-8-sig"),
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={"PATH": "", "PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONIOENCODING": ":backslashreplace"},
    )
    told = done.stdout.decode()
    assert done.stderr == b""
    assert not set(told.rsplit("loaded:", 1)[1].split()) & {"textual", "rich"}
    assert marks(path)[0][3:] == ("accuracy/mistranslation", Severity.MAJOR, "Ünübersehbar")
    with Session.open(path, readonly=True) as session:
        assert [act.body["what"] for act in session.state.patches] == ["accept"]
