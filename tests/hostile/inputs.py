"""Documents that are made to break what reads them, each with the file name that it is read under."""

from __future__ import annotations

import codecs
import random
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["SAMPLES", "Input", "damaged", "hostile", "truncated"]

DEEP = 100_000
REQUEST = (
    '{"model": "gpt-4.1", "messages": [{"role": "user", "content": "é\\u00e9😀\\n"},\n {"role": "assistant", '
    '"tool_calls": [{"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}]}],\n'
    ' "max_tokens": 20, "temprature": -2.5e+3, "n": null, "stream": true}\n'
)
LINE = '{"custom_id": "%s", "method": "POST", "url": "/v1/chat/completions", "body": {"model": "m", "messages": []}}\n'
YAML = (
    "model: gpt-4.1\nx: &x {role: user, content: 'é'}\nmessages:\n- *x\n- <<: *x\n  content: |\n    a\n    b\n"
    '- {role: user, content: ["\\u00e9", 0x1F, 1:30, no, ~, 2024-01-01, !!binary aGk=]}\n...\n'
)
SAMPLES = {"sample.json": REQUEST, "sample.jsonl": LINE % 1 + LINE % 1, "sample.yaml": YAML}


class Input(NamedTuple):
    """A file."""

    name: str
    file: str
    data: bytes


def truncated(file: str, text: str, step: int = 1) -> Iterator[Input]:
    """*text* up to every *step*-th byte."""
    data = text.encode()
    for end in range(0, len(data), step):
        yield Input(f"{file} cut at {end}", file, data[:end])


def damaged(file: str, text: str, count: int) -> Iterator[Input]:
    """Random bytes, and *text* with some of its bytes at random."""
    chance = random.Random(file)  # noqa: S311 - nothing secret
    data = text.encode()
    for number in range(count):
        wild = bytearray(data) if number % 3 else bytearray(chance.randbytes(chance.randrange(200)))
        for _ in range(chance.randrange(1, 6)):
            if wild:
                wild[chance.randrange(len(wild))] = chance.choice(b'\0\n\r"\\{}[],:&*!|>-#%\x1b\x7f\x9b\xed\xff' + data)
        yield Input(f"{file} damaged {number}", file, bytes(wild))


def hostile() -> Iterator[Input]:
    """Every other document, one of each kind."""
    for name, text in _json().items():
        yield Input(name, "x.json", text.encode("utf-8", "surrogatepass"))
        yield Input(f"{name}, in lines", "x.jsonl", text.encode("utf-8", "surrogatepass") + b"\n" + b"{}\n")
    for name, text in _yaml().items():
        yield Input(name, "x.yaml", text.encode("utf-8", "surrogatepass"))
    for name, data in _bytes().items():
        for ending in ("json", "jsonl", "yaml", "txt"):
            yield Input(f"{name}.{ending}", f"x.{ending}", data)


def _json() -> dict[str, str]:
    in_request = '{"model": "gpt-4.1", "messages": [{"role": "user", "content": "x"}], %s}'
    schema = '{"type": "object", "properties": {"p": %s}}'
    strict = '"response_format": {"type": "json_schema", "json_schema": {"name": "s", "strict": true, "schema": %s}}'
    deep_schema = '{"type": "object", "properties": {"p": ' * 200 + "{}" + "}}" * 200
    return {
        "deep arrays": "[" * DEEP,
        "deep arrays, closed": "[" * DEEP + "]" * DEEP,
        "deep objects": '{"a":' * DEEP + "1" + "}" * DEEP,
        "as deep as is accepted": in_request % ('"x": ' + "[" * 511 + "]" * 511),
        "one deeper": in_request % ('"x": ' + "[" * 512 + "]" * 512),
        "deep content": '{"model": "m", "messages": [{"role": "user", "content": ' + "[" * 509 + "]" * 509 + "}]}",
        "deep schema": in_request % (strict % deep_schema),
        "too deep schema": in_request % (strict % (schema.replace("%s", '{"items": ' * DEEP))),
        "schema within itself": in_request % (strict % '{"$ref": "#", "$defs": {"a": {"$ref": "#/$defs/a"}}}'),
        "deep text of arguments": in_request % ('"x": "' + "[" * DEEP + '"'),
        "5000 digits": in_request % ('"n": 1' + "0" * 5000),
        "4299 digits": in_request % ('"n": ' + "9" * 4299 + ', "max_tokens": -' + "9" * 4299),
        "digits everywhere": in_request % (f'"logit_bias": {{"1": {"9" * 4299}}}, "stop": [{"9" * 4299}]'),
        "exponents": in_request % '"n": 1e999999999, "seed": -1E+400, "top_p": 1e-999999999, "temperature": 1e308',
        "endless fraction": in_request % ('"top_p": 0.' + "0" * 100_000 + "1"),
        "no numbers": in_request % '"n": NaN, "seed": -Infinity, "top_p": Infinity',
        "lone surrogate": in_request % '"user": "\\ud800", "\\udfff": "\\ud800x\\udc00"',
        "raw surrogate": in_request % '"user": "\ud800"',
        "NUL": in_request % '"user": "\0"',
        "escaped NUL": in_request % '"user": "\\u0000", "\\u0000": 1',
        "terminal": in_request % '"\\u001b[31m\\u009b2J\\u202e": "\\u001b]0;x\\u0007", "\x7f\x9b31m": "\u202e"',
        "raw terminal": in_request % '"\x1b[31m": "\x1b]0;x\x07"',
        "workflow": in_request % '"\\n::error::x": "%0A::set-output name=x::y", "::add-mask::": 1',
        "markup": in_request % '"<script>&amp;]]>": "<![CDATA[ \\u0001"',
        "templates": in_request % '"{field} {0} %s {{ x }}": "{known} {0!r} %(x)s"',
        "pointer": in_request % '"a~1b~0/": {"": {"/": 1}}, "": 1',
        "duplicate at every level": '{"model": "m", "model": "m", "messages": [{"role": "user", "role": "user", "c": '
        '{"a": [{"b": 1, "b": 2}], "a": 1}}], "messages": [], "messages": []}',
        "many duplicates": "{" + ",".join(['"model": "m"'] * 2000) + "}",
        "many unknown": in_request % ",".join(f'"temperatur{number}": 1' for number in range(2000)),
        "many line ends": '{\r"model"\n\r:\r\n"m"\r,"messages":[]}\x0b\x0c\x85\u2028',
        "long line": in_request % ('"user": "' + "x" * 2_000_000 + '", "nam": 1'),
        "long key": in_request % ('"' + "k" * 1_000_000 + '": 1'),
        "wide schema": in_request % (strict % f'{{"type": "object", "properties": {{{", ".join(_properties(500))}}}}}'),
        "not an object": "[1, 2]",
        "a scalar": '"x"',
        "scalars": "1 2",
    }


def _properties(count: int) -> list[str]:
    return [f'"p{number}": {{"type": "object"}}' for number in range(count)]


def _yaml() -> dict[str, str]:
    laughs = "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]\n" for n in range(9))
    return {
        "deep flow": "[" * DEEP + "]" * DEEP,
        "deep flow mappings": "{a: " * DEEP,
        "deep block": "- " * DEEP + "x\n",
        "deep explicit keys": "? " * DEEP + "x\n",
        "billion laughs": f"a0: &a0 [x, x]\n{laughs}",
        "laughs of merges": "m0: &m0 {a: 1}\n"
        + "".join(f"m{n + 1}: &m{n + 1} {{<<: *m{n}, k{n}: 1}}\n" for n in range(2000)),
        "merges of empty mappings": f"e: &e {{}}\nl: &l [{', '.join(['*e'] * 3000)}]\n"
        + "".join(f"k{n}: {{<<: *l}}\n" for n in range(3000)),
        "merge of oneself": "a: &a {<<: *a}\n",
        "merge of no mapping": "a: {<<: 1}\nb: {<<: [1, {c: 1}]}\n<<: ~\n",
        "alias of oneself": "&a [*a]\n",
        "alias of nobody": "*nobody\n",
        "alias as key": "&a x: 1\n*a : 2\n? *a\n: 3\n",
        "large text, often": "model: &s " + "x" * 200_000 + "\nstop:\n" + "- *s\n" * 5000,
        "hexadecimal": f"model: 0x{'F' * 10_000}\n",
        "octal": f"model: 0{'7' * 10_000}\nn: 0b{'1' * 20_000}\n",
        "base sixty": f"model: 1{':01' * 50_000}\nn: -1{':59' * 3000}.5\n",
        "floats": "n: .inf\nseed: -.INF\ntop_p: .nan\nuser: 1e999\nx: 1_0.0_1\n",
        "tags": "a: !!python/object/apply:os.system [x]\nb: !!set {a}\nc: !x y\nd: !!binary x\ne: !!str 1\nf: !<x> 1\n",
        "dates": "a: 2024-13-45\nb: 0000-00-00\nc: 2024-01-01T99:99:99Z\n",
        "keys of all kinds": "1: a\n~: b\ntrue: c\n[a]: d\n{a: b}: e\n2024-01-01: f\n1.5: g\n? \n",
        "duplicate keys": "a: {b: 1, b: {c: 1, c: 2}}\na: 2\n'a': 3\n",
        "documents": "--- {}\n" * 2000,
        "directives": "%YAML 1.2\n%TAG ! x\n%FOO\n--- a\n",
        "wrong directives": "%YAML 9.9\n--- a\n%\n",
        "NUL": "a: \0",
        "escapes": 'a: "\\x1b[31m\\0\\ud800\\U0010FFFF\\UFFFFFFFF"\n',
        "surrogate": 'a: "\\ud800"\n"\\udfff": 1\n',
        "terminal": 'a: "\\x1b[31m"\n"\\x9b31m": \u202e\n',
        "line ends": "a: 1\rb: 2\u2028c: 3\u2029d: 4\x85e: 5\r\n",
        "tabs": "\ta: 1\n a:\n\t- b\n",
        "one long line": "{" + ", ".join(f"a{number}: 1" for number in range(20_000)) + "}",
        "unfinished quotes": 'a: "' + "x" * 100_000,
        "unfinished block": "a: |9\n x\n",
        "only comments": "#\n" * 5000,
    }


def _bytes() -> dict[str, bytes]:
    text = '{"model": "é", "messages": []}'
    marks = {
        "utf-8": codecs.BOM_UTF8,
        "utf-16-le": codecs.BOM_UTF16_LE,
        "utf-16-be": codecs.BOM_UTF16_BE,
        "utf-32-le": codecs.BOM_UTF32_LE,
        "utf-32-be": codecs.BOM_UTF32_BE,
    }
    return {
        **{f"with mark of {name}": mark + text.encode(name) for name, mark in marks.items()},
        **{f"only mark of {name}": mark for name, mark in marks.items()},
        **{f"without mark, {name}": text.encode(name) for name in (*marks, "latin-1", "cp037")},
        "two marks": codecs.BOM_UTF8 * 2 + text.encode(),
        "mark and cut": codecs.BOM_UTF32_LE + text.encode("utf-32-le")[:-3],
        "nothing": b"",
        "NULs": bytes(5000),
        "every byte": bytes(range(256)) * 8,
        "0xff": b"\xff" * 5000,
        "cut character": b'{"model": "\xf0\x9f\x98',
        "overlong": b'{"model": "\xc0\x80\xed\xa0\x80\xf5\x80\x80\x80"}',
        "blank": b" \t\r\n" * 5000,
        "line ends": b"\r\n\n\r" * 500,
        "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + bytes(range(40)),
    }
