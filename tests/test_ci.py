"""The recipes of docs/ci.md and the action, run as GitHub, GitLab and pre-commit would run them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from hanke_lod.building import Understood, write_rdf
from hanke_lod.formats import TURTLE
from tests.conftest import Folder, build

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
GITLAB = yaml.safe_load(next(block for block in BLOCKS if "junit" in block))["validate-data"]
INPUT = re.compile(r"\$\{\{ inputs\.([a-z-]+) \}\}")
#: As GitHub's runner starts `shell: bash`.
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")

Ran = subprocess.CompletedProcess[str]


class Runner:
    """A runner of composite actions: inputs become the environment of steps, in one job's workspace."""

    def __init__(self, workspace: Path, temp: Path) -> None:
        temp.mkdir(exist_ok=True)
        self.workspace, self.paths = workspace, temp / "path"
        self.paths.touch()
        self.env = {
            **os.environ,
            "RUNNER_TEMP": str(temp),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_PATH": str(self.paths),
            "GITHUB_WORKSPACE": str(workspace),
        }

    def step(self, name: str, inputs: Mapping[str, str]) -> Ran | None:
        """Run a step; None if its condition does not hold."""
        (step,) = (step for step in ACTION["runs"]["steps"] if step["name"] == name)
        given = {key: row["default"] for key, row in ACTION["inputs"].items()} | inputs
        if "if" in step:
            asked = re.fullmatch(r"inputs\.([a-z-]+) != ''", step["if"])
            assert asked
            if not given[asked[1]]:
                return None
        own = {
            key: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda m: given[m[1]], v) for key, v in step["env"].items()
        }
        path = os.pathsep.join([*reversed(self.paths.read_text().split()), self.env["PATH"]])
        return self.bash(step["run"], {**own, "PATH": path})

    def bash(self, script: str, env: Mapping[str, str]) -> Ran:
        """Run a script in the workspace."""
        return subprocess.run(
            [*BASH, script], cwd=self.workspace, env={**self.env, **env}, capture_output=True, text=True, timeout=600
        )


@pytest.fixture
def workspace(tmp_path: Path, kemi: Understood) -> Path:
    """A repository with data that conform in data/ and data that do not in bad/."""
    place = tmp_path / "work space"
    text = write_rdf(kemi.description.merged, TURTLE).decode()
    for folder, content in {"data": text, "bad": text.replace('"2021-08-01"^^xsd:date', '"2021"')}.items():
        (place / folder).mkdir(parents=True)
        (place / folder / "projects.ttl").write_text(content, encoding="utf-8")
    return place


@pytest.fixture
def runner(workspace: Path, tmp_path: Path) -> Runner:
    """A runner whose hanke-lod is the one under test, as if the first step had installed it."""
    runner = Runner(workspace, tmp_path / "temp")
    runner.paths.write_text(f"{Path(sys.executable).parent}\n")
    return runner


def test_data_that_conform_pass(runner: Runner) -> None:
    ran = runner.step("Validate", {"files": "data/*.ttl"})

    assert ran is not None
    assert (0, "") == (ran.returncode, ran.stderr)


def test_findings_become_annotations_and_fail_the_job(runner: Runner) -> None:
    ran = runner.step("Validate", {"files": "bad/*.ttl"})

    assert ran is not None
    assert 1 == ran.returncode
    assert re.search(r"^::error file=bad/projects\.ttl,line=\d+", ran.stdout, re.MULTILINE)


def test_the_action_s_inputs_reach_the_command(runner: Runner) -> None:
    (runner.workspace / "rule.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:x:s> a sh:NodeShape ; sh:targetNode <urn:x:n> ; sh:nodeKind"
        " sh:Literal ; sh:severity sh:Warning ; sh:message 'väärin'@fi, 'wrong'@en ."
    )
    given = {"files": "data/**/*.ttl\ndata/projects.ttl", "shapes": "*.ttl", "language": "fi", "sarif": "out.sarif"}
    passes = runner.step("Validate", given)
    fails = runner.step("Validate", {**given, "fail-on": "warning"})

    assert passes is not None
    assert fails is not None
    assert (0, 1) == (passes.returncode, fails.returncode)
    assert "väärin" in fails.stdout
    assert "väärin" in (runner.workspace / "out.sarif").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_read_is_no_finding(runner: Runner) -> None:
    ran = runner.step("Validate", {"files": "nothing.ttl", "sarif": "out.sarif"})

    assert ran is not None
    assert 2 == ran.returncode


def test_a_folder_is_checked_and_not_changed(runner: Runner, folder: Folder) -> None:
    place = folder()
    before = runner.step("Check the folder", {"folder": str(place)})
    kept = (place / "identifiers.csv").exists()
    build(place)
    after = runner.step("Check the folder", {"folder": str(place)})

    assert before is not None
    assert after is not None
    assert (1, False, 0) == (before.returncode, kept, after.returncode)


def test_a_step_without_its_input_is_left_out(runner: Runner) -> None:
    assert runner.step("Validate", {}) is None
    assert runner.step("Check the folder", {}) is None


def test_an_old_python_is_told_of(runner: Runner, tmp_path: Path) -> None:
    old = tmp_path / "python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    ran = runner.step("Install hanke-lod", {"python": str(old)})

    assert ran is not None
    assert 2 == ran.returncode
    assert "::error::hanke-lod needs Python 3.11" in ran.stdout


def test_every_input_of_the_action_is_in_the_docs_and_used() -> None:
    used = "".join(str(step) for step in ACTION["runs"]["steps"])

    assert [] == [name for name in ACTION["inputs"] if f"| `{name}` |" not in PAGE or f"inputs.{name}" not in used]


@pytest.mark.parametrize("block", BLOCKS)
def test_the_recipes_are_well_formed_and_name_what_there_is(block: str) -> None:
    def walk(node: Any) -> list[Any]:  # Any: whatever YAML holds
        nodes = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
        return [node, *(inner for one in nodes for inner in walk(one))]

    for node in walk(yaml.safe_load(block)):
        if isinstance(node, dict) and "OWNER/hanke-lod" in str(node.get("uses")):
            assert set(node["with"]) <= set(ACTION["inputs"])
        if isinstance(node, dict) and "id" in node:
            assert node["id"] in HOOKS


@pytest.mark.system
def test_the_whole_action_runs_from_its_own_checkout(workspace: Path, tmp_path: Path) -> None:
    runner = Runner(workspace, tmp_path / "temp")
    results = [
        ran.returncode
        for name in ("Install hanke-lod", "Validate")
        if (ran := runner.step(name, {"files": "bad/*.ttl", "python": sys.executable}))
    ]

    assert [0, 1] == results
    assert str(tmp_path) in runner.paths.read_text()


@pytest.mark.system
def test_the_gitlab_job_runs(workspace: Path, tmp_path: Path) -> None:
    runner = Runner(workspace, tmp_path / "temp")
    env = {"CI_PROJECT_DIR": str(workspace), "HANKE_LOD": str(ROOT)}
    good = runner.bash("\n".join(GITLAB["script"]), env)
    shutil.copy(workspace / "bad" / "projects.ttl", workspace / "data" / "projects.ttl")
    bad = runner.bash("\n".join(GITLAB["script"]), env)

    assert (0, 1) == (good.returncode, bad.returncode), good.stderr + bad.stderr
    assert "<failure" in (workspace / GITLAB["artifacts"]["reports"]["junit"]).read_text(encoding="utf-8")


@pytest.mark.system
def test_the_hooks_run_in_a_repository(workspace: Path, tmp_path: Path, folder: Folder) -> None:
    place = folder()
    build(place)
    shutil.copytree(place, workspace / "publisher", ignore=shutil.ignore_patterns(".hanke"))
    env = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "cache"), "GIT_CONFIG_GLOBAL": os.devnull}

    def call(*words: str) -> Ran:
        return subprocess.run(words, cwd=workspace, env=env, capture_output=True, text=True, timeout=600)

    def hook(name: str, *files: str) -> Ran:
        return call(sys.executable, "-m", "pre_commit", "run", name, "--verbose", "--files", *files)

    source = tmp_path / "hanke-lod"
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
    )
    for name in filter(None, tracked.stdout.split("\0")):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, source / name)
    commit = ("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x")
    for repository in (source, workspace):
        call("git", "init", "-q", str(repository))
        call("git", "-C", str(repository), "add", "-A")
        call("git", "-C", str(repository), *commit)
    revision = call("git", "-C", str(source), "rev-parse", "HEAD").stdout.strip()
    hooks = [{"id": "hanke-lod-validate"}, {"id": "hanke-lod-build-check", "args": ["publisher"]}]
    config = {"repos": [{"repo": str(source), "rev": revision, "hooks": hooks}]}
    (workspace / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    call("git", "add", "-A")
    good, bad = hook("hanke-lod-validate", "data/projects.ttl"), hook("hanke-lod-validate", "bad/projects.ttl")
    kept = hook("hanke-lod-build-check", "publisher/hankkeet.txt")
    with (workspace / "publisher" / "hankkeet.txt").open("a", encoding="utf-8") as file:
        file.write("\n • Uusi hanke 2024\n")
    changed = hook("hanke-lod-build-check", "publisher/hankkeet.txt")

    assert [0, 1, 0, 1] == [ran.returncode for ran in (good, bad, kept, changed)], bad.stdout + bad.stderr
    assert "Passed" in good.stdout
    assert "bad/projects.ttl" in bad.stdout
