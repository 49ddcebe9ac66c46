"""What a review comes to: passages that count, penalties by each scheme, the verdict, `bleupencil mqm`."""

import json
import re
from collections import defaultdict
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.model import Kind, Severity
from metrics.mqm.exchange import import_file
from metrics.mqm.model import Annotation, Deed, Disposition, Side, State, Unit
from metrics.mqm.penalties import CALIBRATED, GOOGLE, RAW
from metrics.mqm.scorecard import scorecard, unit_penalties
from metrics.mqm.scorecard_report import scorecard_text
from metrics.mqm.store import Session
from metrics.mqm.typology import load_typology
from tui.cli import run

TEN = "one two three four five six seven eight nine ten"


class Done(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    def run_with(*arguments: str | Path) -> Done:
        status = run([str(argument) for argument in arguments])
        return Done(status, *capsys.readouterr())

    return run_with


def unit(name: str, candidate: str = TEN, **others: Any) -> Unit:
    return Unit(**{"id": name, "position": 0, "kind": Kind.MATCH, "candidate": candidate, "reference": "", **others})


_NUMBERS = count()


def mark(where: str, who: str, category: str, severity: str) -> Annotation:
    return Annotation(str(next(_NUMBERS)), where, who, Side.CANDIDATE, 0, 0, category, Severity(severity))


def state(annotations: list[Annotation], dispositions: dict[tuple[str, str], Disposition] | None = None) -> State:
    return State({a.id: a for a in annotations}, dispositions or {}, frozenset(), {}, (), {}, {})


# --- penalties ----------------------------------------------------------------------------------


def test_a_segment_is_the_mean_over_its_raters_as_published() -> None:
    units = [unit("a"), unit("b"), unit("c"), unit("d")]
    said = state(
        [
            mark("a", "r1", "Accuracy/Mistranslation", "major"),
            mark("a", "r1", "Fluency/Punctuation", "minor"),
            mark("a", "r1", "Style/Awkward", "neutral"),
            mark("a", "r2", "Style/Awkward", "minor"),
            mark("b", "r1", "Non-translation!", "major"),
            mark("c", "r1", "Source error", "major"),
            mark("c", "r1", "Source issue", "major"),
            mark("c", "r1", "Accuracy/Creative Reinterpretation", "minor"),
            mark("c", "r1", "Fluency/Punctuation", "major"),
        ],
        {("a", "r3"): Disposition.FINE},
    )
    assert unit_penalties(units, said, GOOGLE) == pytest.approx({"a": (5.1 + 1 + 0) / 3, "b": 25, "c": 10})
    assert unit_penalties(units, said, GOOGLE, "r2") == {"a": 1}


def test_importing_public_annotations_and_scoring_them_gives_the_published_scores(tmp_path: Path) -> None:
    rows = [
        "system doc doc_id seg_id rater source target category severity",
        "one talk 1 7 r1 源 a<v>b</v>c Accuracy/Mistranslation Major",
        "one talk 1 7 r1 源 <v>abc</v> Fluency/Punctuation Minor",
        "one talk 1 7 r2 源 abc No-error No-error",
        "one talk 2 8 r1 源 <v>abc</v> Non-translation! Major",
        "two talk 1 7 r1 源 abc No-error No-error",
        "ref talk 1 7 r3 <v>源</v> abc Source_error Minor",
    ]
    path = tmp_path / "talk.tsv"
    path.write_text("".join(row.replace(" ", "\t").replace("_error", " error") + "\n" for row in rows), "utf-8")
    with Session.open(tmp_path / "talk.review", create=True) as session:
        import_file(str(path), session, "google")
        penalties = unit_penalties(session.units, session.state, GOOGLE)
        scores = {(each.system, each.segment): penalties[each.id] for each in session.units}
    assert scores == pytest.approx({("one", "7"): 5.1 / 2, ("one", "8"): 25, ("two", "7"): 0, ("ref", "7"): 1})


def test_names_of_mqm_cost_what_their_ids_do() -> None:
    said = state([mark("a", "r", "Linguistic conventions/Punctuation", "minor")])
    assert unit_penalties([unit("a")], said, GOOGLE) == {"a": 0.1}
    assert scorecard([unit("a")], said).total.results[0].penalty == 0.1


SAID = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from(("ana", "ben", "cem")),
        st.one_of(
            st.sampled_from(Disposition),
            st.tuples(
                st.sampled_from(("Accuracy/Omission", "fluency/punctuation", "Non-translation!", "House rule")),
                st.sampled_from(Severity),
            ),
        ),
    ),
    max_size=25,
)


@given(SAID)
def test_scores_are_those_of_a_naive_count(said: list[tuple[str, str, Any]]) -> None:
    units = [unit(name, " ".join(["word"] * length)) for name, length in zip("abcd", (1, 4, 10, 40), strict=True)]
    dispositions = {(where, who): what for where, who, what in said if isinstance(what, Disposition)}
    marks = [mark(where, who, *what) for where, who, what in said if not isinstance(what, Disposition)]
    left = {where for where, what in dispositions.items() if what in ("misalignment", "noise")}
    sums: dict[str, dict[str, list[float]]] = {"google": defaultdict(list), "mqm": defaultdict(list)}
    words = 0
    for each in units:
        raters = {w for u, w in [*dispositions, *((a.unit, a.reviewer) for a in marks)] if u == each.id}
        raters -= {who for where, who in left if where == each.id}
        words += len(each.candidate.split()) if raters else 0
        for who in raters:
            mine = [(a.category, a.severity.value) for a in marks if (a.unit, a.reviewer) == (each.id, who)]
            sums["mqm"][each.id].append(sum({"neutral": 0, "minor": 1, "major": 5, "critical": 25}[s] for _, s in mine))
            sums["google"][each.id].append(
                sum(
                    25
                    if c == "Non-translation!" and s in ("major", "critical")
                    else {"neutral": 0, "minor": 0.1 if "punct" in c else 1, "major": 5, "critical": 5}[s]
                    for c, s in mine
                )
            )
    google, mqm = ({key: fmean(values) for key, values in sums[name].items()} for name in ("google", "mqm"))
    card = scorecard(units, state(marks, dispositions))
    assert unit_penalties(units, state(marks, dispositions), GOOGLE) == pytest.approx(google)
    assert unit_penalties(units, state(marks, dispositions), RAW) == pytest.approx(mqm)
    total = sum(mqm.values())
    if google:
        expected = [fmean(google.values()), 100 * (1 - total / words), 100 - total / words * 1000 * 5 / 10]
        assert [result.score for result in card.total.results] == pytest.approx(expected)
    else:
        assert [result.score for result in card.total.results] == [None] * 3
        assert card.verdict.passed is None
    assert card.total.words[0] == words
    assert sum(row.errors[severity] for row in card.rows for severity in Severity) == sum(card.total.errors.values())


# --- what counts --------------------------------------------------------------------------------


def test_what_does_not_count_is_left_out_and_told() -> None:
    units = [
        unit("a"),
        unit("b", "two words"),
        unit("c", "", reference="these three words", kind=Kind.OMITTED),
        unit("d", "advert", kind=Kind.BOILERPLATE),
        unit("e", "marked advert", kind=Kind.BOILERPLATE),
        unit("f", "nobody came"),
    ]
    said = state(
        [
            mark("b", "ana", "accuracy/omission", "critical"),
            mark("e", "ana", "style", "minor"),
            mark("gone", "ana", "style", "minor"),
        ],
        {
            ("a", "ana"): Disposition.PARAPHRASE,
            ("b", "ana"): Disposition.MISALIGNMENT,
            ("c", "ana"): Disposition.NOISE,
            ("c", "ben"): Disposition.ERROR,
            ("d", "ana"): Disposition.FINE,
            ("left", "ben"): Disposition.ERROR,
        },
    )
    card = scorecard(units, said)
    assert card.total.passages == (3, 4, 6)
    assert card.total.words == (10 + 3 + 2, 10 + 3 + 2 + 2, 10 + 2 + 3 + 1 + 2 + 2)
    assert card.total.left_out == {"boilerplate": (1, 1), "misalignment": (1, 2)}
    assert sum(card.total.errors.values()) == 1
    assert card.stray == (1, 2)
    ana, ben = card.by_reviewer
    assert (ana.name, ana.words[0], ana.left_out["noise"]) == ("ana", 12, (1, 3))
    assert (ben.name, ben.words[0]) == ("ben", 3)
    assert scorecard(units, said, reviewer="ben").total.words[0] == 3


def test_unknown_categories_are_kept_and_counted() -> None:
    said = state([mark("a", "ana", c, "minor") for c in ("Fluency/Wobble", "House rule", "accuracy/omission")])
    card = scorecard([unit("a")], said, typology=load_typology("core"))
    assert [(row.category, row.known, row.dimension and row.dimension.id) for row in card.rows] == [
        ("accuracy/omission", True, "accuracy"),
        ("Fluency/Wobble", False, "fluency"),
        ("House rule", False, None),
    ]
    assert card.total.results[1].penalty == 3


def test_the_typology_is_the_one_that_knows_more_of_the_errors() -> None:
    for category, name in (("Style/Awkward", "MQM Core"), ("Non-translation!", "Google/WMT"), ("?", "MQM Core")):
        assert scorecard([unit("a")], state([mark("a", "ana", category, "minor")])).typology.name == name


# --- verdict ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "points", "passed"),
    [(CALIBRATED, 1, True), (CALIBRATED, 2, False), (RAW, 1, True), (RAW, 2, False), (GOOGLE, 0, None)],
)
def test_the_verdict_is_against_the_threshold(scheme: Any, points: int, passed: bool | None) -> None:
    # 10 points per 1,000 words are acceptable: 1 in 100.
    units = [unit("a", " ".join([TEN] * 10))]
    said = state([mark("a", "ana", "style", "minor") for _ in range(points)], {("a", "ana"): Disposition.ERROR})
    assert scorecard(units, said, schemes=[scheme]).verdict.passed is passed


def test_one_critical_error_fails_whatever_the_score_is() -> None:
    units = [unit("a", " ".join([TEN] * 10_000))]
    card = scorecard(units, state([mark("a", "ana", "style", "critical")]))
    assert (card.total.results[-1].score or 0) > 95
    assert card.verdict.passed is False
    assert card.verdict.reason == "1 critical error: one is enough"


# --- the command --------------------------------------------------------------------------------


@pytest.fixture
def review_file(tmp_path: Path) -> Path:
    path = tmp_path / "pair.review"
    with Session.open(path, create=True) as session:
        session.adopt([unit("a", line=3), unit("b", "漢字\x1b[H too", position=1, line=4), unit("c", position=2)])
        session.annotate(mark("a", "ana", "accuracy/mistranslation", "major"))
        session.annotate(mark("a", "ben", "accuracy/mistranslation", "minor"))
        session.annotate(mark("b", "ben", "House\x1b rule", "minor"))
        session.dispose("c", "ana", Disposition.NOISE)
    return path


def test_the_scorecard_as_text(call: Callable[..., Done], review_file: Path) -> None:
    done = call("mqm", review_file, "--per-unit")
    assert (done.status, done.err) == (0, "")
    assert "\x1b" not in done.out
    lines = {line.split("  ")[0]: line for line in done.out.splitlines()}
    assert re.search(r"reviewed +14 of 14 words \(100.0%\) in 2 of 2 passages", done.out)
    assert re.search(r"left out +noise, 1 passage of 10 words", done.out)
    assert lines["Accuracy"].split()[1:] == ["0", "1", "1", "0", "2"]
    assert re.search(r"^  House␛ rule +0 +1 +0 +0 +1$", done.out, re.M)
    assert lines["google"].split()[1:4] == ["4.00", "285.71", "2.00"]
    assert lines["raw"].split()[1:4] == ["4.00", "285.71", "71.43"]
    assert lines["calibrated"].split()[1:4] == ["4.00", "285.71", "-42.86"]
    assert re.search(r"^ana +1 +10 +1 +1 +5.00 +50.00 +-150.00$", done.out, re.M)
    assert re.search(r"^verdict  FAIL  calibrated: -42.86 is 138 below the threshold 95$", done.out, re.M)
    assert re.search(r"^ +3.00 +3.00 +3.00  line 3: one two", done.out, re.M)


def test_the_scorecard_as_json(call: Callable[..., Done], review_file: Path) -> None:
    report = json.loads(call("mqm", review_file, "--format", "json", "--per-unit").out)
    assert report["words"] == {"reviewed": 14, "counting": 14, "all": 24}
    assert report["left_out"] == {"noise": {"passages": 1, "words": 10}}
    assert report["schemes"][2]["score"] == pytest.approx(100 - 4 / 14 * 1000 / 2)
    assert report["verdict"]["passed"] is False
    assert [each["penalties"]["raw"] for each in report["units"]] == [3, 1, None]
    assert [tally["reviewer"] for tally in report["by_reviewer"]] == ["ana", "ben"]
    alone = json.loads(call("mqm", review_file, "--format", "json", "--reviewer", "ben").out)
    assert (alone["reviewers"], alone["schemes"][0]["penalty"], "units" in alone) == (["ben"], 2, False)


def test_only_the_gate_decides_the_exit_status(call: Callable[..., Done], review_file: Path) -> None:
    assert call("mqm", review_file).status == 0
    failed = call("mqm", review_file, "--fail")
    assert (failed.status, failed.err) == (1, "FAIL  calibrated: -42.86 is 138 below the threshold 95\n")
    assert call("mqm", review_file, "--fail", "--acceptable", "300").status == 0
    assert call("mqm", review_file, "--fail", "--scheme", "raw", "--threshold", "71").status == 0
    with Session.open(review_file.with_name("empty.review"), create=True) as session:
        session.adopt([unit("a")])
        session.record([("ana", Deed.SEE, "a", {})])
    unseen = call("mqm", review_file.with_name("empty.review"), "--fail")
    assert (unseen.status, unseen.err) == (1, "FAIL  calibrated: nothing that counts is reviewed\n")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--reviewer", "eve\x1b"], r"'eve␛' did nothing in .*pair.review: choose from ana, ben"),
        (["--scheme", "gogle"], r"unknown scheme 'gogle': choose from google, raw, calibrated, or name a TOML file"),
        (["--typology", "cor"], r"unknown typology 'cor': choose from core, google, or name a TOML file"),
        (["--scheme", "google", "--fail"], r"google has no threshold: choose another --scheme, such as calibrated"),
        (["--scheme", "raw", "--acceptable", "5"], r"raw has no acceptable points: choose another --scheme, .*"),
        (["--threshold", "100"], r"Invalid value for '--threshold': .*"),
        (["--acceptable", "nan"], r"Invalid value for '--acceptable': .*"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(
    call: Callable[..., Done], review_file: Path, options: list[str], told: str
) -> None:
    done = call("mqm", review_file, *options)
    assert (done.status, done.out) == (2, "")
    assert re.fullmatch(rf"bleupencil: {told}\n", done.err), done.err


def test_of_a_damaged_review_what_can_be_read_is_counted(call: Callable[..., Done], tmp_path: Path) -> None:
    path = tmp_path / "long.review"
    with Session.open(path, create=True) as session:
        session.adopt([unit(str(n), f"passage {n} of a text that is long enough", position=n) for n in range(400)])
        session.record([("ana", Deed.DISPOSE, str(n), {"disposition": Disposition.FINE}) for n in range(400)])
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 3 // 4])
    for options in ([], ["--fail"]):
        done = call("mqm", path, *options)
        assert done.status == 3
        assert re.fullmatch(r"bleupencil: .*long.review is damaged .*\n", done.err)
        assert "session" in done.out


def test_systems_are_told_apart(call: Callable[..., Done], tmp_path: Path) -> None:
    path = tmp_path / "systems.review"
    with Session.open(path, create=True) as session:
        session.adopt([unit("a", system="one"), unit("b", system="two", position=1)])
        session.annotate(mark("a", "ana", "Accuracy/Omission", "major"))
        session.dispose("b", "ana", Disposition.FINE)
    report = json.loads(call("mqm", path, "--format", "json").out)
    assert {each["system"]: each["schemes"][0]["score"] for each in report["by_system"]} == {"one": 5, "two": 0}
    assert re.search(r"^one +1 +10 +0 +1 +5.00 ", call("mqm", path).out, re.M)


def test_what_was_said_of_texts_that_are_gone_is_listed_with_them(call: Callable[..., Done], tmp_path: Path) -> None:
    path = tmp_path / "old.review"
    with Session.open(path, create=True) as session:
        session.adopt([unit("a", "an old\x1b[31m text"), unit("b", position=1)])
        session.annotate(mark("a", "ana", "accuracy/omission", "major"))
        session.dispose("a", "ben", Disposition.ERROR)
        session.adopt([unit("b")])
    counted = call("mqm", path).out
    assert "orphaned   1 annotation of 1 passage that the texts no longer have" in counted
    assert "an old" not in counted
    listed = call("mqm", path, "--per-unit").out.split("orphaned: ")[1]
    assert "candidate  an old␛[31m text" in listed
    assert re.search(r"^ +ana: major accuracy/omission: ", listed, re.M)
    assert re.search(r"^ +ben: error$", listed, re.M)
    (orphan,) = json.loads(call("mqm", path, "--per-unit", "--format", "json").out)["orphans"]
    assert (orphan["candidate"], orphan["dispositions"]) == ("an old\x1b[31m text", {"ben": "error"})
    assert orphan["annotations"][0]["category"] == "accuracy/omission"


def test_a_passage_without_an_end_is_listed_at_once() -> None:
    unit = Unit("u", 0, Kind.MATCH, "long 船 " * 50_000, "short")
    state = State({}, {("u", "ana"): Disposition.FINE}, frozenset(), {}, (), {}, {})
    last = scorecard_text(scorecard([unit], state), "x", per_unit=True).splitlines()[-1]
    assert last.endswith("船 long…")


@pytest.mark.parametrize("option", ["--scheme", "--typology"])
def test_no_name_is_no_preset(tmp_path: Path, call: Callable[..., Done], option: str) -> None:
    Session.open(tmp_path / "a.review", create=True).close()
    assert call("mqm", tmp_path / "a.review", option, "").err.startswith(f"bleupencil: unknown {option[2:]} '': ")
