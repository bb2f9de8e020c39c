"""What `import parlance` and `from parlance_dialects import openai` give."""

# Notebooks ask for a name that looks private.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import importlib
import json
import pickle
import re
from typing import Any

import parlance
import parlance_dialects
import pytest
from parlance import library
from parlance.check import faultless

GOOD: dict[str, Any] = {"model": "gpt-4.1", "messages": [{"role": "user", "content": "Hello"}]}


@pytest.mark.parametrize(
    ("change", "ok", "text"),
    [
        ({}, True, "no findings"),
        ({"top_p": 3}, False, "/top_p: PAR107 number-too-large must be at most 1, is 3"),
        ({"n": None, "seed": "\x1b[31m"}, False, "/seed: PAR103 wrong-type must be an integer or null, not a string"),
        ({"\u202e": 1}, False, "/\ufffd: PAR102 unknown-field unknown field '\ufffd'"),
    ],
)
def test_a_report_is_false_where_there_is_an_error_and_prints_a_line_for_each_finding(
    change: dict[str, Any], ok: bool, text: str
) -> None:
    report = parlance.validate({**GOOD, **change})
    assert (report.ok, bool(report), str(report)) == (ok, ok, text)


def test_a_report_of_warnings_alone_is_true() -> None:
    report = parlance.lint({**GOOD, "max_tokens": 5})
    assert report
    assert str(report).startswith("/max_tokens: PAR512 ")
    report.raise_for_errors()


def test_a_finding_in_a_text_is_shown_by_line_and_column() -> None:
    assert str(parlance.validate('{"model": "gpt-4.1",\n "messages": 5}')).startswith("<payload>:2:14: PAR103 ")


@pytest.mark.parametrize("has_orjson", [True, False])
@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('{"model":"gpt-4.1","messages":[{"role":"user","content":"Hello"}]}', []),
        ('{"model": "gpt-4.1",\n"messages": [{"role": "user", "content": "\\u00e9"}]}\n', []),
        ('{"model":"gpt-4.1","messages":[{"role":"user","content":"a"}],"n":1,"n":1}', ["PAR004"]),
        ('{"model":"gpt-4.1","messages":[{"role":"user","content":"a"}],"top_p":NaN}', ["PAR005"]),
        ('{"model":"gpt-4.1","messages":[{"role":"user","content":"\\ud800"}]}', ["PAR007"]),
        ('\ufeff{"model":"gpt-4.1","messages":[{"role":"user","content":"a"}]}', ["PAR003"]),
        ('{"model":"gpt-4.1","messages":[{"role":"user","content":"a"}],"tool_choice":"auto"}', ["PAR401"]),
        ('{"model":"gpt-4.1","messages":[{"role":"user","content":"a"}],"top_q":1}', ["PAR102"]),
        ('{"model":"gpt-4.1","messages":[{"role":"user","content":"a"}]', ["PAR001"]),
        ("", ["PAR009"]),
    ],
)
def test_a_text_is_judged_alike_whatever_reads_it(
    text: str, codes: list[str], has_orjson: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_orjson:
        monkeypatch.setattr(faultless, "_orjson", lambda: None)
    monkeypatch.setattr(library, "_reader", faultless.FaultlessReader())
    payloads: list[str | bytes] = [text, text.encode()]
    for payload in payloads:
        assert [one.code for one in parlance.validate(payload).findings] == codes
        assert [one.code for one in parlance.lint(payload).findings] == codes
    noted = [one.code for one in parlance.lint(text, select=["ALL"]).findings]
    assert ("PAR521" in noted) is (codes not in (["PAR001"], ["PAR009"]))


def test_errors_are_raised_with_the_report() -> None:
    report = parlance.validate({"model": "gpt-4.1", "messages": 5, "n": 0})
    with pytest.raises(parlance.ConformanceError) as caught:
        report.raise_for_errors()
    assert caught.value.report is report
    assert str(caught.value) == str(report)
    parlance.validate(GOOD).raise_for_errors()


@pytest.mark.parametrize("name", [name for name in parlance_dialects.DIALECTS if name.isidentifier()])
def test_another_name_of_a_dialect_is_its_package(name: str) -> None:
    module = importlib.import_module(f"parlance_dialects.{parlance_dialects.DIALECTS[name]}")
    assert importlib.import_module(f"parlance_dialects.{name}") is module
    assert getattr(parlance_dialects, name) is module


def test_the_newest_dialect_has_the_name_of_its_family() -> None:
    from parlance_dialects import openai
    from parlance_dialects.openai import ServiceTierEnum

    assert parlance_dialects.DIALECTS["openai"] == parlance_dialects.DIALECTS[parlance_dialects.DEFAULT]
    assert openai.ServiceTierEnum is ServiceTierEnum
    assert openai.is_valid_request(GOOD)


@pytest.mark.parametrize(("url", "unjudged"), [("/v1/embeddings", ("/body",)), ("/v1/chat/completions", ())])
def test_what_was_not_judged_is_reported(url: str, unjudged: tuple[str, ...]) -> None:
    report = parlance.validate({"custom_id": "a", "method": "POST", "url": url, "body": GOOD}, artifact="batch")
    assert (report.ok, report.unjudged) == (True, unjudged)
    assert str(report) == "\n".join(["no findings", *(f"{pointer} was not judged" for pointer in unjudged)])


@pytest.mark.parametrize("rest", [{}, {"body": "x"}, {"body": None}, {"body": []}])
def test_what_is_not_judged_must_be_there(rest: dict[str, object]) -> None:
    line = {"custom_id": "a", "method": "POST", "url": "/v1/embeddings", **rest}
    report = parlance.validate(line, artifact="batch")
    assert [finding.pointer for finding in report.findings] == ["/body"]
    assert (report.ok, report.unjudged) == (False, ())


def test_a_report_can_be_iterated_over_and_written_as_json() -> None:
    text = '{"model": "gpt-4.1", "messages": 5,\n "max_tokens": 5}'
    report = parlance.lint(text)
    assert [*report] == [*report.findings]
    assert len(report) == 2
    plain = json.loads(json.dumps(report.to_dict()))
    assert (plain["ok"], plain["unjudged"]) == (False, [])
    assert [(one["code"], one["pointer"], one["line"]) for one in plain["findings"]] == [
        ("PAR103", "/messages", 1),
        ("PAR512", "/max_tokens", 2),
    ]
    assert parlance.validate(GOOD).to_dict() == {"ok": True, "findings": [], "unjudged": []}


def test_an_error_of_conformance_survives_being_sent_to_another_process() -> None:
    with pytest.raises(parlance.ConformanceError) as caught:
        parlance.validate({**GOOD, "n": 0}).raise_for_errors()
    copied = pickle.loads(pickle.dumps(caught.value))  # noqa: S301, ours
    assert (copied.findings, str(copied)) == (caught.value.findings, str(caught.value))


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "<img src=x onerror=y>", "a&b", "\x1b[31m", "\u202e"])
def test_a_report_in_a_notebook_is_escaped(name: str) -> None:
    shown = parlance.validate({**GOOD, name: 1})._repr_html_()
    assert not re.search(r"<(?:script|img)|[\x1b\u202e]|&b", shown)
    tags = {"p", "strong", "table", "thead", "tbody", "tr", "th", "td", "br", "code"}
    assert set(re.findall(r"</?([a-z]+)", shown)) <= tags
    assert "color:" not in shown.replace("border-left", "")


def test_a_report_without_findings_is_a_line_in_a_notebook() -> None:
    assert parlance.validate(GOOD)._repr_html_() == "<p><strong>no findings</strong></p>"
