"""`python -m same COMMIT`: the package that a commit generated against the one of the working tree."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from agreement.damage import examples
from agreement.generated import EVERY_SUBJECT
from parlance.check.dialect import dialect_of, generated_dialect
from parlance.folders import spec_folder
from parlance.spec import load_spec

from .campaign import Outcome, compare, documents
from .editions import extracted

_BEFORE = "parlance_dialects_before"


def main() -> int:
    """Print what was compared, and what differs; 1 if anything does."""
    options = _options()
    rule_examples = examples(load_spec(spec_folder()))
    total = Outcome()
    with tempfile.TemporaryDirectory() as folder:
        before = extracted(options.commit, _BEFORE, Path(folder))
        for subject in EVERY_SUBJECT:
            if subject.dialect not in before.DIALECTS:
                print(f"{subject}: not there before")
                continue
            old, new = dialect_of(before, subject.dialect), generated_dialect(subject.dialect)
            if subject.artifact not in old.artifacts:
                print(f"{subject}: not there before")
                continue
            given = documents(subject, rule_examples, options.mutants // len(EVERY_SUBJECT) + 1, options.seed)
            compare(old, new, subject.artifact, given, total)
    for difference in total.differences:
        print(difference)
    print(
        f"{total.documents:,} documents, {total.findings.total():,} findings of {len(total.findings)} codes, "
        f"{total.edits:,} edits: {total.differing:,} differ from {options.commit}"
    )
    return 1 if total.differing else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m same", description=__doc__)
    parser.add_argument("commit", help="such as HEAD~1")
    parser.add_argument("--mutants", type=int, default=100_000, help="for all artifacts together (100,000)")
    parser.add_argument("--seed", type=int, default=0, help="another number makes other mutants")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
