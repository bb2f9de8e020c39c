"""Every command that reads a document: `{}` is its file. One more command is one more line."""

from __future__ import annotations

__all__ = ["COMMANDS", "MAIN"]

MAIN = {
    "validate": ["validate", "{}"],
    "lint in JSON": ["lint", "--as", "request", "--output-format", "json", "{}"],
    "fix": ["lint", "--as", "request", "--fix", "--unsafe-fixes", "--output-format", "concise", "{}"],
}
"""Those that go through all that reads, checks, reports and writes."""

COMMANDS = {
    **MAIN,
    **{
        f"lint in {form}": ["lint", "--output-format", form, "{}"] for form in ("text", "json-lines", "github", "junit")
    },
    **{
        f"request in {form}": ["lint", "--as", "request", "--output-format", form, "{}"] for form in ("sarif", "gitlab")
    },
    **{f"as {name}": ["validate", "--as", name, "{}"] for name in ("response", "chunk", "batch", "fine-tune")},
    "of a date": ["lint", "--dialect", "openai-2024-06", "{}"],
    "diff": ["lint", "--as", "request", "--diff", "--unsafe-fixes", "{}"],
    "standard input": ["validate", "-"],
    "fix of standard input": ["lint", "--as", "request", "--fix", "--unsafe-fixes", "-"],
    "statistics": ["lint", "--statistics", "{}"],
    "report in a file": ["lint", "--output-file", "sarif=report.sarif", "{}"],
    "baseline": ["lint", "--baseline", "baseline.json", "--baseline-update", "{}"],
    "as a baseline": ["lint", "--baseline", "{}", "-"],
    "schema": ["generate", "--from-schema", "{}", "--allow-unknown-keywords", "--output", "-"],
    "folder": ["lint", "."],
    "pattern": ["lint", "--select", "PAR1", "**/*"],
}
