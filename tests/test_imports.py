"""Who may import whom, and what a command must not load."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import sample

ROOT = Path(__file__).parent.parent
#: Modules of the engine that every stage may import.
COMMON = {
    "metrics",
    "metrics.model",
    "metrics.errors",
    "metrics.words",
    "metrics.patterns",
    "metrics.visible",
    "metrics.languages",
    "metrics.steps",
    "metrics.weights",
    "metrics.wording",
    "metrics.lexicon",
    "metrics.lexicon.figures",
    "metrics.vocabulary",
    "metrics.comparison",
    "metrics.places",
    "metrics.placing",
    "metrics.passages",
}
#: What else a stage may import: nothing of another stage, but for what is listed here.
ALSO = {
    "metrics.reports": {
        "metrics.diff",
        "metrics.ranking",
        "metrics.mqm.model",
        "metrics.mqm.disagreement",
        "metrics.findings",
        "metrics.overview",
        "metrics.gates",
        "metrics.systems",
    },
    "metrics.systems": {"metrics.baseline", "metrics.gates", "metrics.significance"},
    "metrics.findings": {"metrics.glossary"},
    "metrics.corrections": {"metrics.segment_keys"},
    "metrics.glossary": {"metrics.reading.source"},
    "metrics.mqm": {"metrics.reading.source", "metrics.reading.tables"},
    "metrics.pairs": {
        "metrics.reading",
        "metrics.reading.source",
        "metrics.reading.decoding",
        "metrics.reading.tables",
    },
    "metrics.selection": {"metrics.ranking", "metrics.mqm.model"},
}
ASSEMBLY = {"metrics.review", "metrics.corpus", "metrics.examination", "metrics.realignment", "metrics.relinking"}


def modules(package: str) -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / package).rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        yield name.removesuffix(".__init__"), path


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_the_engine_never_imports_the_terminal() -> None:
    for name, path in modules("metrics"):
        assert not {i for i in imports(path) if i.split(".")[0] in ("tui", "textual", "rich", "click")}, name


def test_stages_do_not_import_each_other() -> None:
    for name, path in modules("metrics"):
        if name in ASSEMBLY:
            continue
        stage = ".".join(name.split(".")[:2])
        allowed = COMMON | ALSO.get(stage, set())
        foreign = {i for i in imports(path) if i.startswith("metrics") and i not in allowed and not i.startswith(stage)}
        assert not foreign, f"{name} imports {sorted(foreign)}"


#: What no command loads that only prints, or scores.
SCREEN_AND_STORE = {"textual", "rich", "sqlite3", "metrics.mqm", "tui.cli.review", "tui.cli.mqm"}
#: What a score needs for reports, gates, sessions and glossaries alone.
EXTRAS = {
    *{"jinja2", "scipy", "charset_normalizer", "platformdirs", "metrics.reports.html_report", "metrics.reports.report"},
    *{"metrics.reports.json_report", "metrics.gates", "metrics.baseline", "metrics.significance"},
    *{"metrics.corrections", "metrics.relinking", "metrics.glossary", "metrics.findings.terms"},
}
HEAVY = {"nltk", "numpy", "sacrebleu", "rapidfuzz", "Stemmer", "metrics.review", "metrics.findings"}


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--version"], {*HEAVY, *SCREEN_AND_STORE, *EXTRAS, "metrics.model", "tui.cli.score"}),
        (["--help"], {*HEAVY, "textual", "sqlite3"}),
        (["score", "--help"], {*HEAVY, *SCREEN_AND_STORE, *EXTRAS}),
        (["score", *sample("harbour")], {*SCREEN_AND_STORE, *EXTRAS}),
        (["score", *sample("chashan")], {*SCREEN_AND_STORE, *EXTRAS, "nltk"}),
        # English, and a language without spaces: stems and a lexicon, but nothing to be cut, linked or left out.
        *(
            (
                ["score", "--aligned", *sample(name)[1:], *sample(name)[1:]],
                {*SCREEN_AND_STORE, *EXTRAS, "nltk", "numpy", "metrics.furniture", "metrics.alignment.aligner"},
            )
            for name in ("harbour", "chashan")
        ),
        (["align", *sample("harbour")], {*SCREEN_AND_STORE, "sacrebleu", "jinja2", "scipy", "metrics.findings.terms"}),
    ],
)
def test_a_command_loads_only_what_it_uses(arguments: list[str], absent: set[str]) -> None:
    program = (
        "import sys; from tui.cli import run; status = run(sys.argv[1:]);"
        "print('loaded:', *sys.modules); sys.exit(status)"
    )
    call = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(call, capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(done.stdout.rsplit("loaded:", 1)[1].split())
    assert "tui" in loaded
    assert not loaded & absent
