"""A column of Arrow has the verdicts that its rows have one by one, however it is stored and whoever asks."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from typing import Any

import parlance
import pytest
from columns.sample_rows import clean_rows, faulty_rows, sample_rows
from parlance import arrow
from parlance.arrow.pyarrow_modules import compute, pa

DIALECT = "openai-2026-11"
HELLO = b'{"model":"gpt-4.1","messages":[{"role":"user","content":"Hi"}]}'
TYPO = b'{"model":"gpt-4.1","messages":[],"temprature":1}'
FINDINGS = [
    {"code": "PAR112", "severity": "error", "pointer": "/messages", "message": "must have at least 1 item, has 0"},
    {"code": "PAR102", "severity": "error", "pointer": "/temprature", "message": "unknown field 'temprature'"},
]
ROWS = sample_rows(880, every=2)
TEXT_ROWS = [row for row in ROWS if row is None or row.decode(errors="ignore").encode() == row]


@cache
def report(row: Any, *, lint: bool = False) -> parlance.Report:
    return (parlance.lint if lint else parlance.validate)(row, dialect=DIALECT)


def by_row(rows: list[bytes | None], *, lint: bool = False) -> list[dict[str, Any] | None]:
    """What a loop over the rows says."""
    return [None if row is None else as_verdict(report(row, lint=lint)) for row in rows]


def as_verdict(found: parlance.Report) -> dict[str, Any]:
    keys = ("code", "severity", "pointer", "message")
    return {"ok": found.ok, "findings": [{key: str(getattr(one, key)) for key in keys} for one in found.findings][:20]}


def verdicts(column: Any, **options: Any) -> Any:
    found = arrow.verdicts(column, dialect=DIALECT, **options)
    found.validate(full=True)
    assert found.type.equals(arrow.VERDICT)
    return found


def unchecked_strings(rows: list[bytes | None], kind: Any = None) -> Any:
    """An array of strings of which nobody has seen whether their bytes are UTF-8."""
    array = pa.array(rows, pa.binary())
    return pa.Array.from_buffers(kind or pa.string(), len(rows), array.buffers(), array.null_count)


def test_the_rows_have_nulls_and_every_kind_of_fault() -> None:
    codes = {finding.code for row in faulty_rows() for finding in report(row, lint=True).findings}
    assert len(codes) > 120
    assert ROWS.count(None) > 0
    assert all(report(row).ok for row in clean_rows())


@pytest.mark.parametrize("kind", [pa.binary(), pa.large_binary(), pa.binary_view()], ids=str)
def test_bytes_of_every_width_have_the_verdicts_of_a_loop(kind: Any) -> None:
    assert verdicts(pa.array(ROWS, kind)).to_pylist() == by_row(ROWS)


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()], ids=str)
def test_strings_of_every_width_have_the_verdicts_of_a_loop(kind: Any) -> None:
    strings = [None if row is None else row.decode() for row in TEXT_ROWS]
    assert verdicts(pa.array(strings, kind)).to_pylist() == by_row(TEXT_ROWS)


def test_strings_whose_bytes_are_no_utf_8_are_findings() -> None:
    assert verdicts(unchecked_strings(ROWS)).to_pylist() == by_row(ROWS)


def test_lint_adds_warnings() -> None:
    rows = ROWS[:900]
    assert verdicts(pa.array(rows, pa.binary()), lint=True).to_pylist() == by_row(rows, lint=True)


def test_a_chunked_column_keeps_its_chunks() -> None:
    column = pa.chunked_array([pa.array(part, pa.binary()) for part in (ROWS[:7], [], ROWS[7:90])])
    found = verdicts(column)
    assert [len(chunk) for chunk in found.chunks] == [7, 0, 83]
    assert found.to_pylist() == by_row(ROWS[:90])
    assert verdicts(pa.chunked_array([], pa.string())).to_pylist() == []


def test_a_slice_is_judged_as_a_slice() -> None:
    for column in (pa.array(ROWS[:90], pa.binary()), pa.array(ROWS[:90], pa.binary()).dictionary_encode()):
        assert verdicts(column.slice(11, 31)).to_pylist() == by_row(ROWS[11:42])


def test_the_values_of_a_dictionary_are_judged_once_and_only_if_they_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    from parlance.arrow.row_judge import RowJudge

    seen: list[Any] = []
    judge = RowJudge.findings

    def watched(self: RowJudge, row: Any) -> Any:
        seen.append(row)
        return judge(self, row)

    monkeypatch.setattr(RowJudge, "findings", watched)
    values = pa.array([HELLO, TYPO, None, b"never used"], pa.binary())
    column = pa.DictionaryArray.from_arrays(pa.array([1, 0, None, 2, 1, 0], pa.int8()), values)
    expected = by_row([TYPO, HELLO, None, None, TYPO, HELLO])
    assert verdicts(column).to_pylist() == expected
    assert sorted(seen) == sorted([TYPO, HELLO])
    assert arrow.counts(column, dialect=DIALECT).column("documents").to_pylist() == [2, 2]


def test_other_encodings_are_looked_through() -> None:
    plain = pa.array([HELLO.decode(), TYPO.decode(), None])
    expected = by_row([HELLO, TYPO, None])
    assert verdicts(compute.run_end_encode(plain)).to_pylist() == expected
    assert verdicts(plain.cast(pa.json_())).to_pylist() == expected
    assert verdicts(compute.run_end_encode(plain.dictionary_encode().dictionary_decode())).to_pylist() == expected
    assert verdicts(pa.array([TYPO], pa.binary(len(TYPO)))).to_pylist() == by_row([TYPO])


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.string_view(), pa.large_string(), pa.binary(), pa.binary_view(), pa.binary(len(HELLO))],
    ids=str,
)
def test_a_dictionary_may_have_values_of_any_type(kind: Any) -> None:
    """Views have no kernel for `take` (arrow issue 43010, narwhals issue 3450), and Polars' categories are views."""
    other = HELLO.replace(b"user", b"ussr")
    values = pa.array([HELLO.decode(), other.decode()] if pa.types.is_unicode(kind) else [HELLO, other], kind)
    column = pa.DictionaryArray.from_arrays(pa.array([1, None, 0, 1], pa.int32()), values)
    assert verdicts(column).to_pylist() == by_row([other, None, HELLO, other])
    assert arrow.counts(column, dialect=DIALECT).column("documents").to_pylist() == [2]


def test_dictionaries_of_structs_unions_and_views_of_lists() -> None:
    value = json.loads(TYPO)
    expected = [{"ok": False, "findings": FINDINGS}]
    structs = pa.DictionaryArray.from_arrays(pa.array([0], pa.int8()), pa.array([value]))
    assert verdicts(structs).to_pylist() == expected
    kinds, offsets = pa.array([1, 0, 1], pa.int8()), pa.array([0, 0, 1], pa.int32())
    union = pa.UnionArray.from_dense(kinds, offsets, [pa.array([value]), pa.array([TYPO.decode(), None])])
    assert verdicts(union).to_pylist() == [*expected * 2, None]
    message = pa.struct([("role", pa.string()), ("content", pa.string_view())])
    for kind in (pa.list_view(message), pa.large_list_view(message), pa.large_list(message), pa.list_(message, 1)):
        parts = [pa.array(["m"]), pa.array([[{"role": "user", "content": "Hi"}]], kind)]
        assert verdicts(pa.StructArray.from_arrays(parts, names=["model", "messages"])).to_pylist() == [
            {"ok": True, "findings": []}
        ]


def test_structs_are_decoded_values_and_a_null_field_is_absent() -> None:
    values: list[Any] = [json.loads(row) for row in (HELLO, TYPO)]
    values.append({"model": "gpt-4.1", "messages": [{"role": "user", "content": None, "name": "Ada"}]})
    without = {"model": "gpt-4.1", "messages": [{"role": "user", "name": "Ada"}]}
    expected = [*(as_verdict(report(json.dumps(each))) for each in (*values[:2], without)), None]
    assert verdicts(pa.array([*values, None])).to_pylist() == expected


def test_structs_hold_what_json_cannot_say_and_are_findings() -> None:
    bias = pa.array([[("1", 1), ("2", 2)]], pa.map_(pa.string(), pa.int64()))
    parts = [unchecked_strings([b"H\xff"]), pa.array([float("nan")]), pa.array([b"x"]), bias]
    body = pa.StructArray.from_arrays(parts, names=["model", "temperature", "user", "logit_bias"])
    (found,) = verdicts(body).to_pylist()
    assert {one["code"] for one in found["findings"]} >= {"PAR001", "PAR005", "PAR007", "PAR101"}
    assert not [one for one in found["findings"] if one["pointer"].startswith("/logit_bias")]


def test_a_struct_with_two_fields_of_one_name_is_refused() -> None:
    column = pa.StructArray.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"])
    with pytest.raises(ValueError, match="more than one field 'a'"):
        verdicts(column)


@pytest.mark.parametrize("value", [1, [1], True, 1.5], ids=repr)
def test_a_column_that_holds_no_payloads_has_findings(value: Any) -> None:
    wrong, nothing = verdicts(pa.array([value, None])).to_pylist()
    assert [one["code"] for one in wrong["findings"]] == ["PAR103"]
    assert nothing is None


def test_null_is_null_and_no_rows_are_no_rows() -> None:
    for column in (pa.nulls(2), pa.nulls(2, pa.string()), pa.nulls(2, pa.struct([("a", pa.int8())]))):
        assert verdicts(column).to_pylist() == [None, None]
        assert arrow.valid(column).to_pylist() == [None, None]
        assert arrow.codes(column).to_pylist() == [None, None]
        assert arrow.counts(column).to_pylist() == []
    assert verdicts(pa.array([], pa.string())).to_pylist() == []


def test_what_is_no_column_is_a_type_error() -> None:
    with pytest.raises(TypeError, match=r"a column of Arrow is needed, such as a pyarrow.Array, not builtins.list"):
        arrow.verdicts([HELLO])


def test_no_more_findings_are_listed_than_asked_for() -> None:
    column = pa.array([TYPO])
    for most in (0, 1, 2):
        assert verdicts(column, max_findings=most).to_pylist() == [{"ok": False, "findings": FINDINGS[:most]}]
    with pytest.raises(ValueError, match="at least 0, is -1"):
        verdicts(column, max_findings=-1)


def test_valid_codes_and_counts_are_those_of_a_loop() -> None:
    column = pa.array(ROWS, pa.binary())
    reports = [None if row is None else report(row) for row in ROWS]
    assert arrow.valid(column, dialect=DIALECT).to_pylist() == [None if each is None else each.ok for each in reports]
    codes = [None if each is None else [*dict.fromkeys(one.code for one in each.findings)] for each in reports]
    assert arrow.codes(column, dialect=DIALECT).to_pylist() == codes
    rows = arrow.counts(column, dialect=DIALECT).to_pylist()
    assert {row["code"]: row["documents"] for row in rows} == Counter(code for each in codes if each for code in each)
    assert [row["documents"] for row in rows] == sorted((row["documents"] for row in rows), reverse=True)


def test_a_warning_alone_is_no_error() -> None:
    row = b'{"model":"m","messages":[{"role":"user","content":"Hi"}],"logit_bias":{"1":1}}'
    found = parlance.validate(row, dialect="compatible")
    assert {str(one.severity) for one in found.findings} == {"warning"}
    column = pa.array([row])
    assert arrow.valid(column, dialect="compatible").to_pylist() == [True]
    assert arrow.verdicts(column, dialect="compatible").field("ok").to_pylist() == [True]
    assert arrow.counts(column, dialect="compatible").column("severity").to_pylist() == ["warning"]


def test_a_name_that_there_is_not_is_refused_before_any_row() -> None:
    for make in (arrow.verdicts, arrow.valid, arrow.codes, arrow.counts):
        with pytest.raises(parlance.UnknownDialect, match="did you mean 'openai'"):
            make(pa.array([HELLO]), dialect="opena")
    with pytest.raises(parlance.UnknownDialect):
        arrow.on("body", dialect="opena")
    with pytest.raises(parlance.UnknownArtifact, match="'reqest'"):
        arrow.on("body", artifact="reqest")
    with pytest.raises(parlance.UnknownArtifact, match="'stream'"):
        arrow.on("body", artifact="stream")


def test_a_dialect_of_any_day_and_any_artifact() -> None:
    column = pa.array([b'{"model":"gpt-5","messages":[{"role":"user","content":"Hi"}],"verbosity":"low"}'])
    assert arrow.codes(column, dialect="openai@2025-03-01").to_pylist() == [["PAR102"]]
    assert arrow.codes(column).to_pylist() == [[]]
    pair = pa.array([json.dumps({"request": json.loads(HELLO), "response": {}})])
    assert arrow.codes(pair, artifact="exchange").to_pylist() == [
        [*dict.fromkeys(one.code for one in parlance.validate(pair[0].as_py(), artifact="exchange").findings)]
    ]
    assert arrow.codes(pa.array([HELLO, TYPO]), artifact="auto").to_pylist() == [[], ["PAR112", "PAR102"]]


CHECK = arrow.on("body", dialect=DIALECT)
TABLE = pa.table({"id": range(4), "body": [HELLO, TYPO, None, b"nope"]}).replace_schema_metadata({"kept": "yes"})
EXPECTED = [True, False, None, False]


def test_a_check_keeps_the_other_columns_and_adds_two() -> None:
    for batch in (TABLE, TABLE.to_batches()[0]):
        found = CHECK(batch)
        assert type(found) is type(batch)
        assert found.schema.names == ["id", "body", "ok", "findings"]
        assert found.schema.metadata == {b"kept": b"yes"}
        assert found.schema.equals(CHECK.schema(batch.schema), check_metadata=True)
        assert found.column("ok").to_pylist() == EXPECTED
        assert found.column("findings").to_pylist()[:3] == [[], FINDINGS, None]
        assert found.select(["id", "body"]).equals(batch)
    renamed = arrow.on("body", names=("is_valid", "why"))(TABLE)
    assert renamed.schema.names == ["id", "body", "is_valid", "why"]


def test_a_check_takes_batches_as_they_come() -> None:
    given: list[int] = []

    def batches() -> Iterator[Any]:
        for number in range(3):
            given.append(number)
            yield TABLE.to_batches()[0]

    found = CHECK(batches())
    assert next(found).column("ok").to_pylist() == EXPECTED
    assert given == [0]
    assert len([*found]) == 2
    reader = pa.RecordBatchReader.from_batches(TABLE.schema, TABLE.to_batches())
    assert [batch.num_rows for batch in CHECK(reader)] == [4]


def test_a_batch_of_no_rows_has_the_schema_of_the_others() -> None:
    for batch in (TABLE.slice(4), TABLE.slice(4).combine_chunks(), TABLE.to_batches()[0].slice(4)):
        assert CHECK(batch).num_rows == 0
        assert CHECK(batch).schema.equals(CHECK.schema(TABLE.schema))
    assert [*CHECK(iter([]))] == []


def test_an_error_of_somebody_else_passes_through_and_loses_nothing_before_it() -> None:
    def broken() -> Iterator[Any]:
        yield TABLE.to_batches()[0]
        message = "the neighbour's"
        raise ZeroDivisionError(message)

    found = CHECK(broken())
    assert next(found).num_rows == 4
    with pytest.raises(ZeroDivisionError, match="the neighbour's"):
        next(found)
    assert CHECK(TABLE).column("ok").to_pylist() == EXPECTED


def test_a_table_without_the_column_says_what_there_is() -> None:
    calls: list[Callable[[Any], Any]] = [
        CHECK,
        lambda table: CHECK.schema(table.schema),
        lambda table: next(CHECK(iter(table.to_batches()))),
    ]
    for call in calls:
        with pytest.raises(arrow.MissingColumn, match=r"there is no column 'body'; did you mean 'bodi'\?"):
            call(TABLE.rename_columns(["id", "bodi"]))
        with pytest.raises(arrow.MissingColumn, match="there are 2 columns 'body'"):
            call(TABLE.rename_columns(["body", "body"]))
        with pytest.raises(ValueError, match="has a column 'ok' already"):
            call(TABLE.rename_columns(["ok", "body"]))
    with pytest.raises(arrow.MissingColumn, match="there are id, text"):
        CHECK(TABLE.rename_columns(["id", "text"]))


@pytest.mark.parametrize("given", [{"body": [HELLO]}, [HELLO], HELLO.decode(), HELLO, 3])
def test_what_is_no_batch_is_a_type_error_that_says_what_to_do(given: Any) -> None:
    with pytest.raises(TypeError, match="batch_format='pyarrow'"):
        CHECK(given)
    with pytest.raises(TypeError, match="batch_format='pyarrow'"):
        next(CHECK(iter([given])))


def test_a_check_pickles_as_names_and_so_do_its_errors() -> None:
    data = pickle.dumps(CHECK)
    assert len(data) < 300
    assert pickle.loads(data) == CHECK  # noqa: S301
    for error in (arrow.MissingColumn("no"), parlance.UnknownDialect("no"), parlance.UnknownArtifact("no")):
        copy = pickle.loads(pickle.dumps(error))  # noqa: S301
        assert (type(copy), str(copy)) == (type(error), "no")


def _killed(batch: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)
    return batch


def test_workers_find_the_check_and_one_that_is_killed_costs_no_result() -> None:
    """Workers that are spawned import it by its name; whoever sends the batches again has all of them."""
    spawn = multiprocessing.get_context("spawn")
    batches = pa.table({"body": pa.array(ROWS[:60], pa.binary())}).to_batches(max_chunksize=20)
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        found = [*pool.map(CHECK, batches)]
        with pytest.raises(arrow.MissingColumn, match="there is no column 'body'"):
            pool.submit(CHECK, TABLE.select(["id"]).to_batches()[0]).result()
        with pytest.raises(BrokenProcessPool):
            pool.submit(_killed, batches[0]).result()
    assert pa.Table.from_batches(found).select(["ok", "findings"]).to_pylist() == [
        each or {"ok": None, "findings": None} for each in by_row(ROWS[:60])
    ]


def test_a_row_of_fifty_megabytes() -> None:
    message = b'{"role":"user","content":"%s"}' % (b"a" * 10_000_000)
    long = b'{"model":"gpt-4.1","messages":[%s]}' % b",".join([message] * 5)
    rows = pa.array([long, long[:-1], HELLO], pa.binary())
    table = CHECK(pa.table({"body": rows}))
    assert table.column("ok").to_pylist() == [True, False, True]
    (found,) = table.column("findings").to_pylist()[1]
    assert found["code"] == "PAR001"
    assert len(found["message"]) < 200


def test_without_pyarrow_the_error_says_what_to_install() -> None:
    program = "import sys; sys.modules['pyarrow'] = None\nimport parlance.library\nimport parlance.arrow"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr.endswith("ModuleNotFoundError: parlance.arrow needs `pip install 'chat-parlance[arrow]'`\n")


def test_nothing_else_loads_pyarrow() -> None:
    program = (
        "import sys, parlance, parlance.cli.validate_command, parlance.cli.lint_command, parlance.cli.checking\n"
        "parlance.validate(b'{}'); sys.exit('pyarrow' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
