"""`python -m openapi_core_reader`: the values of the import cases, judged by openapi-core with our bundles."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from command import parlance
from import_cases import provider_shapes, rows, written
from own_environment import own_environment

__all__ = ["main"]

_REQUIREMENT = "openapi-core==0.23.1"
_READER = Path(__file__).with_name("reader.py")


def main() -> int:
    """Install openapi-core if it is not there, and count its verdicts; 1 if one is another than ours."""
    jobs = [job for case in (*rows(), *provider_shapes()) if (job := _job(case)) is not None]
    python = own_environment("openapi-core", "openapi-core", _REQUIREMENT, _REQUIREMENT)
    done = subprocess.run(
        [python, _READER], input=json.dumps(jobs), capture_output=True, text=True, encoding="utf-8", check=True
    )
    answers: list[list[bool]] = json.loads(done.stdout)
    tried, different = 0, 0
    for job, verdicts in zip(jobs, answers, strict=True):
        for value, expected, found in zip(job["values"], job["expected"], verdicts, strict=True):
            tried += 1
            if found != expected:
                different += 1
                verb = "takes" if found else "refuses"
                print(f"{job['name']}: openapi-core {verb} {json.dumps(value, ensure_ascii=False)}")
    print(f"{tried} values of {len(jobs)} documents, {different} judged otherwise by openapi-core")
    return 1 if different else 0


def _job(case: dict[str, Any]) -> dict[str, Any] | None:
    """The bundle of a case, and its values with the verdicts that are expected; None where it has no values."""
    if "accept" not in case:
        return None
    with tempfile.TemporaryDirectory() as folder:
        name = written(case, Path(folder)).name
        options = [str(option) for option in case.get("options", [])]
        made = parlance("spec", "bundle", name, "--output", "bundle.json", *options, cwd=Path(folder))
        assert made.returncode == 0, made.stderr
        bundle = json.loads(Path(folder, "bundle.json").read_text("utf-8"))
    return {
        "name": case["name"],
        "bundle": bundle,
        "artifact": case.get("artifact", "request"),
        "values": [*case["accept"], *case["refuse"]],
        "expected": [*(True for _ in case["accept"]), *(False for _ in case["refuse"])],
    }


if __name__ == "__main__":
    sys.exit(main())
