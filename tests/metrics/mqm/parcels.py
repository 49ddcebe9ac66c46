"""Sessions and parcels to exchange, as hostile as texts can be."""

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from metrics.model import Kind, Severity
from metrics.mqm.exchange import import_file
from metrics.mqm.exchange.parcel import Parcel
from metrics.mqm.model import Annotation, Disposition, Side, Unit
from metrics.mqm.store import Session

AT = "2026-11-24T09:30:00.125+00:00"
REVIEWERS = ("Ana", "b\tc", "=cmd|' /C calc'!A0", "rater <v>1</v>", "\u202eB\x00b", "김")
PIECES = [
    *("a", "é", "字", "😀", " ", "  ", "\t", "\n", "\r", "\r\n", "<v>", "</v>", "<", "v>", "/", '"', "'", "''", "\\"),
    *("=1+1", "+", "-", "@", "＝", ",", ";", "&amp;", "]]>", "<mrk>", "\x00", "\x1b[31m", "\x7f", "\x85", "\u2028"),
    *("\u202e", "\ufeff", "\ufffe", "\ud800", "\N{COMBINING ACUTE ACCENT}", "﷽"),
]

texts = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)


@st.composite
def parcels(draw: st.DrawFn) -> Parcel:
    """What a session may hold: annotations in the order of units, and each reviewer in one place of `seen` and said."""
    units = tuple(
        Unit(f"u{place}", place, kind, *names, line, source)
        for place, (kind, names, line, source) in enumerate(
            draw(
                st.lists(
                    st.tuples(
                        st.sampled_from(Kind),
                        st.tuples(texts, texts, texts, texts, texts),
                        st.integers(0, 9999),
                        st.just("") | texts,
                    ),
                    max_size=3,
                )
            )
        )
    )
    annotations: list[Annotation] = []
    dispositions: dict[tuple[str, str], Disposition] = {}
    seen: list[tuple[str, str]] = []
    for unit in units:
        for reviewer in draw(st.lists(st.sampled_from(REVIEWERS), unique=True, max_size=3)):
            said = draw(st.lists(marks(unit, reviewer), max_size=4))
            annotations += [Annotation(f"a{len(annotations) + n}", **values) for n, values in enumerate(said)]
            if draw(st.booleans()):
                dispositions[unit.id, reviewer] = draw(st.sampled_from(Disposition))
            elif not said:
                seen.append((unit.id, reviewer))
    return Parcel(units, tuple(annotations), dispositions, tuple(seen))


@st.composite
def marks(draw: st.DrawFn, unit: Unit, reviewer: str) -> dict[str, Any]:
    side = draw(st.sampled_from(Side))
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(unit.text(side)))] * 2)))
    severity, category, note, origin = draw(st.tuples(st.sampled_from(Severity), texts, texts, texts))
    values = {"unit": unit.id, "reviewer": reviewer, "side": side, "start": start, "end": end, "category": category}
    return values | {"severity": severity, "note": note, "origin": origin, "at": AT}


def small_session(path: Path, **names: str) -> Session:
    """Two passages and a furniture line, two reviewers, a mark on each side, a note, dispositions, an undo."""
    session = Session.open(path, create=True)
    session.add_units(
        [
            Unit("u1", 0, Kind.MATCH, "The ferry sank at noon.", "The ferry sailed at noon.", line=3, **names),
            Unit("u2", 1, Kind.OMITTED, "", "Nobody was hurt.", line=4, **names),
            Unit("u3", 2, Kind.BOILERPLATE, "=Share(this)", "", line=5, **names),
        ]
    )
    mistaken = Annotation(
        *("a1", "u1", "Ana", Side.CANDIDATE, 10, 14, "accuracy/mistranslation", Severity.MAJOR, "sailed,\nnot sank")
    )
    omitted = Annotation("a2", "u1", "Ben", Side.REFERENCE, 10, 16, "accuracy/omission", Severity.MINOR)
    session.annotate(mistaken)
    session.annotate(omitted)
    session.annotate(Annotation("a3", "u1", "Ben", Side.CANDIDATE, 0, 0, "style/awkward", Severity.NEUTRAL))
    session.dispose("u1", "Ana", Disposition.ERROR)
    session.dispose("u2", "Ben", Disposition.FINE)
    session.see("u3", "Ana")
    session.remove(omitted, "Ben")
    session.undo("Ben")
    return session


def imported(tmp_path: Path, text: str | bytes, name: str = "x.tsv", **options: Any) -> Session:
    (tmp_path / name).write_bytes(text.encode() if isinstance(text, str) else text)
    session = Session.open(tmp_path / "b.review", create=True)
    import_file(str(tmp_path / name), session, **options)
    return session
