"""Straight-line validators: a fast yes or no, and every fault with its pointer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ...backends.python.text import WIDTH, bracketed, docstring, exports, header, imported, literal, module_name, prose
from ...contract.ir import Alias, Artifact, Constant, Contract, Definition, Enumeration, Named, Presence, Record
from ...contract.references import reached
from ...finding.article import with_article
from ...finding.pointer import joined
from ...runtime.python import values, violation
from ..file import File
from . import checks, predicates
from .characters import character_set
from .code import Line, lay_out
from .names import Names, snake_case

__all__ = ["function_names", "validators"]

_FUNCTION = re.compile(r"\b_(?:is|check)_\w+")
_VOCABULARY = [name for name in violation.__all__ if name != "Violation"]
"""What the shared module offers to the code made here; the class of faults is for annotations alone."""

_DOCUMENTATION = """{title}: the checks of what goes over the wire.

`_is_…` tells quickly whether a value has no fault at all, and `_check_…` collects the faults of one that has. Both stop
looking for fields when as many were `seen` as the `size` of the object.
"""
_CHECK = """Yield every fault of {root}.

Those of required fields come first, then the others in the order of the spec.
"""
_NOTES = {
    r"type\(\w+\) is int\b": "# `type(x) is int` leaves out booleans, which `isinstance(x, int)` does not.",
    r"\b(\w+) - \1 == 0": "# `x - x == 0` is true of finite numbers only.",
}
"""What a reader may wonder at, by a pattern of code that has it."""

_PART = 52
"""How many characters of a long string go on a line."""


def validators(contract: Contract) -> Iterator[File]:
    """The validators of one dialect."""
    view = _view(contract)
    yield File(
        f"python/parlance_dialects/{module_name(contract.dialect)}/validators.py", "python/validators.py.j2", view
    )


def function_names(artifact: Artifact) -> tuple[str, str]:
    """`is_valid_…` and `check_…` of an artifact, beside what the shared module calls so."""
    word = snake_case(artifact.name)
    end = "_" if f"check_{word}" in _VOCABULARY else ""
    return f"is_valid_{word}{end}", f"check_{word}{end}"


def _view(contract: Contract) -> dict[str, object]:
    names = Names(contract)
    artifacts = [_artifact(artifact, names, bool(contract.severities)) for artifact in contract.artifacts]
    functions = _reachable(_functions(contract, names), [each["code"] for each in artifacts])
    code = "\n".join([*functions, *(each[part] for each in artifacts for part in ("code", "fields"))])
    constants = dict(_constants(contract, names)) | dict(_character_constants(code))
    words = {"Artifact", *re.findall(r"\w+", code)}
    shared = {"values": values.__all__, "violation": _VOCABULARY}
    imports = [(module, [name for name in offered if name in words]) for module, offered in shared.items()]
    return {
        "header": header(),
        "docstring": docstring(_DOCUMENTATION.format(title=contract.title)),
        "notes": [note for pattern, note in _NOTES.items() if re.search(pattern, code)],
        "imports": "\n".join(imported(f"..{module}", used) for module, used in imports if used),
        "exports": exports(["ARTIFACTS", *(each[verb] for each in artifacts for verb in ("is_valid", "check"))]),
        "constants": [source for name, source in constants.items() if name in words],
        "artifacts": artifacts,
        "functions": functions,
    }


def _artifact(artifact: Artifact, names: Names, graded: bool) -> dict[str, Any]:
    is_valid, check = function_names(artifact)
    clean = predicates.root_condition(artifact.root, names)
    faults = "\n".join(lay_out(checks.root_body(artifact.root, names)))
    record = names.definitions[artifact.root]
    verdict = _verdict(check, artifact.root, names, graded=graded)
    result = "with_severities(found, _SEVERITIES)" if graded else "found"
    return {
        "name": literal(artifact.name),
        "root": with_article(artifact.root),
        "is_valid": is_valid,
        "check": check,
        "clean": clean,
        "summary": f"    {docstring(_CHECK.format(root=with_article(artifact.root)), 4)}",
        "verdict": verdict,
        "faults": faults,
        "result": result,
        "code": f"{clean}\n{faults}\n{verdict}\n{result}",
        "required": _frozenset(_required(record)),
        "fields": names.fields(record.name) if isinstance(record, Record) else "frozenset()",
        "constants": _constant_fields(record, names),
        "embeds": _embeds(artifact),
        "is_line": artifact.is_line,
        "variant_of": literal(artifact.variant_of) if artifact.variant_of else "",
    }


def _verdict(check: str, root: str, names: Names, *, graded: bool) -> str:
    """How a document that is not clean is told from an invalid one."""
    if graded:
        return f"    return not has_error({check}(value))"
    faults = lay_out([Line("found = FirstError()"), *checks.root_body(root, names)], 2)
    return "\n".join(["    try:", *faults, "    except ErrorFound:", "        return False", "    return True"])


def _embeds(artifact: Artifact) -> str:
    pairs = tuple((joined(steps), inner) for steps, inner in artifact.embeds)
    return literal(pairs) if pairs else ""


def _required(definition: Definition) -> list[str]:
    if not isinstance(definition, Record):
        return []
    return [literal(field.name) for field in definition.fields if field.presence is not Presence.OPTIONAL]


def _frozenset(items: Iterable[str]) -> str:
    listed = list(items)
    return bracketed("frozenset({", listed, "})", 8) if listed else "frozenset()"


def _constant_fields(definition: Definition, names: Names) -> str:
    if not isinstance(definition, Record):
        return "{}"
    pairs: list[str] = []
    for field in definition.fields:
        match field.type:
            case Constant(value):
                pairs.append(f"{literal(field.name)}: {literal((value,))}")
            case Named(name) if isinstance(each := names.definitions[name], Enumeration) and not each.open:
                pairs.append(f"{literal(field.name)}: {names.members(name)}")
            case _:
                pass
    return bracketed("{", pairs, "}", 8)


def _constants(contract: Contract, names: Names) -> Iterator[tuple[str, str]]:
    """Names of constants and the statements that make them."""
    for definition in contract.definitions:
        match definition:
            case Record():
                name = names.fields(definition.name)
                fields = [literal(field.name) for field in definition.fields]
                empty = f"{name}: frozenset[str] = frozenset()"
                yield name, bracketed(f"{name} = frozenset({{", fields, "})") if fields else empty
                yield names.foreign(definition.name), _foreign(names.foreign(definition.name), definition)
            case Enumeration(members=members):
                name = names.members(definition.name)
                yield name, _tuple(f"{name} = ", [literal(member.value) for member in members])
            case _:
                pass
    if contract.severities:
        pairs = [f"{literal(code)}: {literal(severity)}" for code, severity in contract.severities]
        yield "_SEVERITIES", bracketed("_SEVERITIES = {", pairs, "}")


def _foreign(name: str, record: Record) -> str:
    """What each field from elsewhere is, and what to do about it."""
    groups: dict[tuple[str, str | None], list[str]] = {}
    for field in record.foreign:
        groups.setdefault((field.what, field.advice), []).append(literal(field.name))
    pairs = [
        [_tuple("", fields, 8), _tuple("", [prose(text, 12) for text in group], 8)] for group, fields in groups.items()
    ]
    rows = [bracketed("**dict.fromkeys(", pair, ")", 4) for pair in pairs]
    return bracketed(f"{name} = {{", rows, "}")


def _character_constants(code: str) -> Iterator[tuple[str, str]]:
    """The sets of characters that *code* strips, each from a pattern that *code* also names."""
    for pattern in re.findall(r'pattern="((?:[^"\\]|\\.)*)"', code):
        if (only := character_set(pattern)) is not None:
            yield only.constant, _string(only.constant, only.characters)


def _string(name: str, text: str) -> str:
    """A constant whose text may need several lines."""
    flat = f"{name} = {literal(text)}"
    if len(flat) <= WIDTH:
        return flat
    parts = [text[start : start + _PART] for start in range(0, len(text), _PART)]
    return "\n".join([f"{name} = (", *(f"    {literal(part)}" for part in parts), ")"])


def _tuple(start: str, items: list[str], indent: int = 0) -> str:
    return f"{start}({items[0]},)" if len(items) == 1 else bracketed(f"{start}(", items, ")", indent)


def _functions(contract: Contract, names: Names) -> dict[str, str]:
    """Each private function by its name, whole."""
    functions: dict[str, str] = {}
    for definition in contract.definitions:
        if isinstance(definition, Record):
            test, faults = predicates.record_body(definition, names), checks.record_body(definition, names)
        elif isinstance(definition, Alias):
            test, faults = predicates.definition_body(definition, names), checks.definition_body(definition, names)
        else:
            continue
        name = definition.name
        kind = "dict[str, Json]" if name in names.tags else "Json"
        parameters = [f"value: {kind}", "at: str", "found: list[Violation]"]
        functions[names.predicate(name)] = "\n".join(
            [
                f"def {names.predicate(name)}(value: {kind}) -> bool:",
                *lay_out([Line(docstring(f"Whether *value* is {with_article(name)} without a fault.", 4)), *test]),
            ]
        )
        functions[names.check(name)] = "\n".join(
            [
                bracketed(f"def {names.check(name)}(", parameters, ") -> None:"),
                *lay_out([Line(docstring(f"Collect the faults of {with_article(name)}.", 4)), *faults]),
            ]
        )
    return functions


def _called(code: str) -> list[str]:
    return _FUNCTION.findall(code)


def _reachable(functions: dict[str, str], roots: list[str]) -> list[str]:
    """The functions that the code of *roots* comes to, in their own order."""
    called = (name for code in roots for name in _called(code))
    wanted = reached(called, lambda name: _called(functions[name]))
    return [code for name, code in functions.items() if name in wanted]
