"""The types of a schema as Python, laid out by datamodel-code-generator: Pydantic models or TypedDicts."""

from __future__ import annotations

import ast
import builtins
import json
import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..backends.python.text import literal
from ..contract.kinds import Kind
from ..finding import SpecError, fault
from .type_forms import ArrayType, ConstantType, MapType, PlainType, RecordType, TypeMember, TypeUnion
from .type_shapes import TypeShapes

__all__ = ["PythonTypes", "python_types"]

_KINDS = {Kind.NULL: "null", Kind.BOOLEAN: "boolean", Kind.STRING: "string"}
_LIBRARIES = frozenset({"__future__", "typing", "typing_extensions", "pydantic", "collections.abc"})
_PLAIN_NAME = re.compile("[A-Za-z][A-Za-z0-9_]*")
_PLAIN_TEXT = re.compile("[A-Za-z0-9 _.:/+-]*")
_WORD = re.compile("[A-Za-z][A-Za-z0-9]*")
_NAMES_IN_TYPES = frozenset(dir(builtins)) | {"Any", "Literal", "Field", "BaseModel", "ConfigDict", "NotRequired"}
"""What a field must not be called, because types of other fields mention it."""

_PRIVATE = 0xE000
"""Where the private use area begins: no name of Python has letters of it."""

_MARKED = re.compile(r"'[A-Za-z0-9_]*(?:[\ue000-\ue009]|\\ue00[0-9])+'")
_CALLED = frozenset({"ConfigDict", "Field", "TypedDict", "TypeAliasType", "Literal"})


@dataclass(frozen=True, slots=True)
class PythonTypes:
    """Classes, and what they import."""

    imports: tuple[str, ...]
    text: str
    names: tuple[str, ...]


class _Placeholders:
    """What stands for names and texts that are not plain words while the library lays types out.

    It writes a name that is none of Python beside the attribute, and in TypedDicts as a key; a plain name that Python
    or Pydantic reads otherwise, such as `_x` or `str`, it would change or take as it is.
    """

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._known: dict[str, str] = {}

    def name(self, name: str) -> str:
        """A property's name as the library is given it."""
        if _PLAIN_NAME.fullmatch(name) and not keyword.iskeyword(name) and name not in _NAMES_IN_TYPES:
            return name
        words = "_".join(_WORD.findall(name))
        return self._placeholder(name, words or "field")

    def value(self, value: str | int | None) -> str | int | None:
        """A literal as the library is given it."""
        return self._placeholder(value, "") if isinstance(value, str) and not _PLAIN_TEXT.fullmatch(value) else value

    def _placeholder(self, text: str, start: str) -> str:
        known_by = f"{start}|{text}"
        if known_by not in self._known:
            number = "".join(chr(_PRIVATE + int(digit)) for digit in str(len(self._texts)))
            placeholder = f"{start}{number}"
            self._known[known_by] = placeholder
            self._texts[placeholder] = text
        return self._known[known_by]

    def restored(self, text: str) -> str:
        """Source with the texts themselves."""
        return _MARKED.sub(lambda found: literal(self._texts[ast.literal_eval(found[0])]), text)


def python_types(shapes: TypeShapes, *, as_models: bool) -> PythonTypes:
    """A class for each record, and a type for the root where that is none."""
    # Slow to load, and who asks for no types needs none of it.
    from datamodel_code_generator import InputFileType, LiteralType, generate
    from datamodel_code_generator.enums import DataModelType
    from datamodel_code_generator.format import PythonVersion

    texts = _Placeholders()
    text = generate(
        json.dumps(_schema(shapes, texts)),
        input_file_type=InputFileType.JsonSchema,
        output_model_type=DataModelType.PydanticV2BaseModel if as_models else DataModelType.TypingTypedDict,
        custom_class_name_generator=str,
        disable_timestamp=True,
        enum_field_as_literal=LiteralType.All,
        extra_fields="allow" if as_models else None,
        formatters=[],
        skip_root_model=shapes.has_root_record,
        target_python_version=PythonVersion.PY_311,
        use_standard_collections=True,
        use_title_as_name=False,
        use_union_operator=True,
    )
    if not isinstance(text, str):
        raise _refusal("no types can be made of this schema")
    return _parts(texts.restored(text))


def _schema(shapes: TypeShapes, texts: _Placeholders) -> dict[str, Any]:
    """A plain schema of the records: nothing in it but what a type can say."""
    definitions = {
        record.name: {
            "type": "object",
            "properties": {texts.name(name): _node(shape, texts) for name, (shape, _) in record.fields.items()},
            "required": [texts.name(name) for name, (_, required) in record.fields.items() if required],
        }
        for record in shapes.records.values()
    }
    if not shapes.has_root_record:
        return {"title": shapes.name, "$defs": definitions, **_node(shapes.root, texts)}
    return {"$defs": definitions}


def _node(shape: TypeUnion, texts: _Placeholders) -> dict[str, Any]:
    if shape is None:
        return {}
    literals = [
        texts.value(each.value) for each in shape if isinstance(each, ConstantType) and each.kind is not Kind.NULL
    ]
    nodes = [_member(each, texts) for each in shape if not isinstance(each, ConstantType)]
    if literals:
        nodes.insert(0, {"enum": literals})
    if any(isinstance(each, ConstantType) and each.kind is Kind.NULL for each in shape):
        nodes.append({"type": "null"})
    return nodes[0] if len(nodes) == 1 else {"anyOf": nodes} if nodes else {}


def _member(shape: TypeMember, texts: _Placeholders) -> dict[str, Any]:
    match shape:
        case PlainType(Kind.NUMBER, is_whole):
            return {"type": "integer"} if is_whole else {"anyOf": [{"type": "integer"}, {"type": "number"}]}
        case PlainType(kind):
            return {"type": _KINDS[kind]}
        case ArrayType(items):
            return {"type": "array", "items": _node(items, texts)}
        case MapType(values):
            return {"type": "object", "additionalProperties": _node(values, texts) or True}
        case RecordType(name):
            return {"$ref": f"#/$defs/{name}"}
        case ConstantType():
            return {"enum": [texts.value(shape.value)]}


def _parts(text: str) -> PythonTypes:
    """The text in parts. Nothing of a schema may be more than a name, a type or a literal in it."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        _check(node)
    lines = text.split("\n")
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom | ast.Import)]
    body = [node for node in tree.body if not isinstance(node, ast.ImportFrom | ast.Import)]
    written = [ast.unparse(node) for node in imports if getattr(node, "module", "") != "__future__"]
    blocks = ["\n".join(lines[node.lineno - 1 : node.end_lineno]) for node in body]
    return PythonTypes(tuple(written), "\n\n\n".join(blocks), tuple(_defined(body)))


def _defined(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        match node:
            case ast.ClassDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case _:
                pass


def _check(node: ast.AST) -> None:
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in _CALLED:
            return
        case ast.Call(func=ast.Attribute(value=ast.Name(), attr="model_rebuild" | "update_forward_refs")):
            return
        case ast.ImportFrom(module=str(module)) if module in _LIBRARIES:
            return
        case ast.Call() | ast.Import() | ast.ImportFrom() | ast.FunctionDef() | ast.Lambda() | ast.For() | ast.If():
            raise _refusal("the types of this schema would hold more than types")
        case _:
            return


def _refusal(message: str) -> SpecError:
    return SpecError([fault("PAR903", None, message, advice="leave --with out, and report it")])
