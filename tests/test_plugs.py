"""Where the program plugs in: the GitHub action, the GitLab job and the pre-commit hook, as far as they go offline."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner
from defusedxml.ElementTree import parse
from pre_commit.clientlib import load_manifest

from tests.support import sample

ROOT = Path(__file__).parent.parent
ACTION = ROOT / "action.yml"
GITLAB = ROOT / ".ci" / "gitlab-example.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
PAIR = {"candidate": "out/article.txt", "reference": "ref/article.txt"}
#: What makes a file `pwned` where a shell takes it for its own.
HOSTILE = [
    "; touch pwned",
    "$(touch pwned)",
    "`touch pwned`",
    '"; touch pwned; "',
    "' && touch pwned '",
    "\ntouch pwned",
]


class Done(NamedTuple):
    status: int
    out: str
    err: str


class Workspace:
    """A checkout with a pair of texts, and a PATH with `bleupencil` and a Python that installs nothing.

    `asked` holds what that Python was asked for.
    """

    def __init__(self, folder: Path) -> None:
        self.here = folder / "work space"
        self.stubs, self.temp, self.log = folder / "stubs", folder / "runner temp", folder / "asked"
        for new in (self.here / "out", self.here / "ref", self.stubs, self.temp):
            new.mkdir(parents=True)
        for file, text in zip(PAIR.values(), sample("ufer"), strict=True):
            shutil.copy(text, self.here / file)
        program = f"PYTHONPATH={shlex.quote(str(ROOT))} exec {shlex.quote(sys.executable)} -m tui"
        self._stub("bleupencil", f'{program} "$@"')
        log = f'printf "%s\\n" "$@" >> {shlex.quote(str(self.log))}'
        self._stub("pip", log)
        copies = f'mkdir -p "$3/bin"; cp {shlex.quote(str(self.stubs))}/* "$3/bin"'
        self._stub("python", f'{log}; if [ "$1 $2" = "-m venv" ]; then {copies}; fi')

    def _stub(self, name: str, script: str) -> None:
        (self.stubs / name).write_text(f"#!/usr/bin/env bash\n{script}\n", encoding="utf-8")
        (self.stubs / name).chmod(0o755)

    def tell_arguments(self) -> None:
        """Lets `bleupencil` print what it is given, each with a NUL behind it, and nothing else."""
        self._stub("bleupencil", 'printf "%s\\0" "$@"')

    @property
    def asked(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines()

    def bash(self, script: str, **env: str) -> Done:
        """Runs a script as GitHub's `shell: bash` does."""
        file = self.temp / "script.sh"
        file.write_text(script, encoding="utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(file)],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.here,
            env={"PATH": f"{self.stubs}:{os.environ['PATH']}", "HOME": str(self.temp), **env},
        )
        return Done(done.returncode, done.stdout, done.stderr)


class Ran(NamedTuple):
    """What a run of the action left: `values` are what expressions of later steps would say."""

    last: Done
    values: dict[str, str]
    summary: str

    def told(self, template: str) -> str:
        return resolved(template, self.values)


def resolved(template: str, values: Mapping[str, str]) -> str:
    """A string of the action with its expressions replaced; an unknown one is a `KeyError`."""
    return EXPRESSION.sub(lambda found: values[found[1]], template)


def run_action(workspace: Workspace, **inputs: str) -> Ran:
    """The action's own steps, up to one that fails; those of other actions are taken for done."""
    action = load(ACTION)
    unknown = inputs.keys() - {name.replace("-", "_") for name in action["inputs"]}
    assert not unknown
    values = {
        f"inputs.{name}": inputs.get(name.replace("-", "_"), each["default"]) for name, each in action["inputs"].items()
    }
    values["steps.python.outputs.python-path"] = str(workspace.stubs / "python")
    output, summary = workspace.temp / "output", workspace.temp / "summary"
    done = Done(0, "", "")
    for step in action["runs"]["steps"]:
        if "run" not in step or done.status:
            continue
        output.write_text("", encoding="utf-8")
        env = {name: resolved(value, values) for name, value in step["env"].items()}
        runner = {
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            "RUNNER_TEMP": str(workspace.temp),
        }
        done = workspace.bash(step["run"], **env, **runner)
        for line in output.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            values[f"steps.{step['id']}.outputs.{name}"] = value
    return Ran(done, values, summary.read_text(encoding="utf-8") if summary.exists() else "")


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


# --- the files are what those who read them want -------------------------------------------------


@pytest.mark.parametrize(("schema", "path"), [("github-actions", ACTION), ("gitlab-ci", GITLAB)])
def test_the_file_is_valid_by_its_schema(schema: str, path: Path) -> None:
    done = CliRunner().invoke(check_jsonschema, ["--builtin-schema", f"vendor.{schema}", str(path)])
    assert done.exit_code == 0, done.output


def test_no_script_of_the_action_holds_an_expression() -> None:
    steps = load(ACTION)["runs"]["steps"]
    scripts = [step["run"] for step in steps if "run" in step]
    assert scripts
    assert not [script for script in scripts if "${{" in script]
    assert "secrets." not in ACTION.read_text(encoding="utf-8")


# --- GitHub --------------------------------------------------------------------------------------


def test_the_action_installs_its_own_checkout_beside_the_jobs_python(workspace: Workspace) -> None:
    done = run_action(workspace, **PAIR)
    assert done.last.status == 0, done.last.err
    assert workspace.asked[-1] == str(ROOT)
    assert "install" in workspace.asked
    assert done.values["steps.install.outputs.program"].startswith(str(workspace.temp))
    setup = load(ACTION)["runs"]["steps"][0]
    assert (setup["with"]["update-environment"], done.told(setup["with"]["python-version"])) == (False, "3.13")


def test_the_action_annotates_and_writes_summary_and_reports(workspace: Workspace) -> None:
    reports = "html=reports/the page.html\njunit=reports/gates.xml\n"
    done = run_action(workspace, **PAIR, options="--min chrF=1\n  --max numbers=999", reports=reports)
    assert done.last.status == 0, done.last.err
    assert re.search(r"^::(warning|notice) file=out/article\.txt,line=\d+", done.last.out, re.M)
    assert done.last.err.splitlines()[-1].startswith("PASS")
    assert "chrF" in done.summary
    results = json.loads((workspace.here / "bleupencil.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    places = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results}
    assert places == {"out/article.txt"}
    assert (workspace.here / "reports" / "the page.html").read_text(encoding="utf-8").startswith("<!")
    assert parse(workspace.here / "reports" / "gates.xml").getroot().tag == "testsuites"
    assert done.told(load(ACTION)["outputs"]["status"]["value"]) == "0"


def test_the_action_fails_with_the_gate_and_leaves_the_reports(workspace: Workspace) -> None:
    done = run_action(workspace, **PAIR, options="--min chrF=100", sarif="code scan.sarif")
    assert done.last.status == 1
    assert "::error title=bleupencil" in done.last.out or "::error file=" in done.last.out
    assert done.last.err.splitlines()[-1].startswith("FAIL")
    assert done.told("${{ steps.score.outputs.status }}") == "1"
    upload = load(ACTION)["runs"]["steps"][-1]
    assert (workspace.here / done.told(upload["with"]["sarif_file"])).is_file()
    # After a step that failed GitHub goes on only where the condition asks for it.
    assert "!cancelled()" in upload["if"]
    assert "inputs.upload-sarif == 'true'" in upload["if"]


def test_the_action_scores_what_bleupencil_toml_says(workspace: Workspace) -> None:
    config = "candidate = 'out/article.txt'\nreference = 'ref/article.txt'\nmin = { coverage = 100 }\n"
    (workspace.here / "bleupencil.toml").write_text(config, encoding="utf-8")
    assert run_action(workspace).last.status == 1
    assert run_action(workspace, options="--min coverage=1").last.status == 0


def test_half_a_pair_is_an_error_that_the_log_shows(workspace: Workspace) -> None:
    done = run_action(workspace, reference=PAIR["reference"])
    assert done.last.status == 2
    assert re.fullmatch(r"::error title=bleupencil::.*give both.*\n", done.last.out)


def test_what_cannot_be_scored_keeps_its_status(workspace: Workspace) -> None:
    (workspace.here / PAIR["candidate"]).write_bytes(b"")
    done = run_action(workspace, **PAIR)
    assert (done.last.status, done.told("${{ steps.score.outputs.status }}")) == (3, "3")


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("name", ["candidate", "reference", "options", "reports", "sarif"])
def test_inputs_reach_the_program_as_they_are(workspace: Workspace, name: str, hostile: str) -> None:
    workspace.tell_arguments()
    done = run_action(workspace, **{**PAIR, "sarif": "scan.sarif", name: hostile})
    assert not list(workspace.here.rglob("pwned"))
    given = {"sarif": "scan.sarif", **PAIR, name: hostile}
    expected = [
        "score",
        *(hostile.split() if name == "options" else []),
        *("--report", "github", "--report", f"sarif={given['sarif']}"),
        *(word for line in hostile.split("\n") if line and name == "reports" for word in ("--report", line)),
        *("--", given["candidate"], given["reference"]),
    ]
    assert done.last == (0, "".join(f"{word}\0" for word in expected), "")


def test_an_option_is_no_pattern_for_file_names(workspace: Workspace) -> None:
    workspace.tell_arguments()
    assert "\0--glossary\0o*\0" in run_action(workspace, **PAIR, options="--glossary o*").last.out


@pytest.mark.parametrize("name", ["$(touch pwned) `touch pwned`; touch pwned.txt", "--help"])
def test_hostile_file_names_are_scored_like_others(workspace: Workspace, name: str) -> None:
    (workspace.here / PAIR["candidate"]).rename(workspace.here / name)
    done = run_action(workspace, candidate=name, reference=PAIR["reference"], options="--min chrF=1")
    assert done.last.status == 0, done.last.err
    assert f"file={name}," in done.last.out
    assert not list(workspace.here.rglob("pwned"))


# --- GitLab --------------------------------------------------------------------------------------


def run_gitlab(workspace: Workspace, job: Mapping[str, Any]) -> Done:
    return workspace.bash("\n".join(job["before_script"] + job["script"]), **job["variables"])


def test_the_gitlab_job_leaves_the_artifacts_that_it_names(workspace: Workspace) -> None:
    (job,) = load(GITLAB).values()
    artifacts = job["artifacts"]
    for text, status, failures in (("", 0, 0), ("Das ist alles.\n", 1, 2)):
        if text:
            (workspace.here / PAIR["candidate"]).write_text(text, encoding="utf-8")
        done = run_gitlab(workspace, job)
        assert done.status == status, done.err
        assert "chrF" in done.out
        assert workspace.asked[-1] == job["variables"]["BLEUPENCIL"]
        suites = parse(workspace.here / artifacts["reports"]["junit"]).getroot()
        assert len(suites.findall(".//failure")) == failures
        for path in artifacts["paths"]:
            (workspace.here / path).unlink()
        (workspace.here / artifacts["reports"]["junit"]).unlink()
    assert artifacts["when"] == "always"


# --- pre-commit ----------------------------------------------------------------------------------


def test_the_hook_scores_what_bleupencil_toml_says(workspace: Workspace) -> None:
    (hook,) = load_manifest(str(HOOKS))
    assert (hook["id"], hook["language"], hook["pass_filenames"]) == ("bleupencil-score", "python", False)
    call = shlex.join([*shlex.split(hook["entry"]), *hook["args"]])
    for limit, status, last in ((1, 0, "PASS"), (100, 1, "FAIL")):
        config = f"candidate = 'out/article.txt'\nreference = 'ref/article.txt'\nmin = {{ chrF = {limit} }}\n"
        (workspace.here / "bleupencil.toml").write_text(config, encoding="utf-8")
        done = workspace.bash(call)
        assert done.status == status, done.err
        assert done.err.splitlines()[-1].startswith(last)
