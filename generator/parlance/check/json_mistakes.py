"""What somebody probably meant by text that is not JSON, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..finding.text_fault import TextFault
from .text_source import TextSource

__all__ = ["Opened", "bad_string", "no_key", "no_value", "not_followed", "trailing_comma", "unfinished"]

_WORD = re.compile(r"[^\W\d][\w$]*")
_NUMBER = re.compile(r"[+-]?[\w.]*(?:(?<=[eE])[+-]\w*)?")
_PART = re.compile(r'(?:[^"\\\x00-\x1f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})){1,1000}')
_CUT_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{0,3})?\Z")
_CUT_SCALAR = re.compile(
    r"(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-?(?:[0-9]+(?:\.|(?:\.[0-9]+)?[eE][+-]?))?)\s*\Z", re.ASCII
)
_DIGITS = re.compile(r"\d+")
_MEANT = {"true": "true", "false": "false", "null": "null", "none": "null", "nil": "null", "undefined": "null"}
_CONTROL = {"\n": "a line break", "\r": "a line break", "\t": "a tab"}
_CLOSER = {"{": "}", "[": "]"}
_KIND = {"{": "object", "[": "array"}
_QUOTES = "“”„«»‘’`"  # noqa: RUF001 that they look alike is the point


class Opened(NamedTuple):
    """A bracket that is not closed yet."""

    bracket: str
    start: int


def unfinished(source: TextSource, opened: Sequence[Opened]) -> TextFault:
    """The text ends while something is open."""
    end = len(source.text.rstrip())
    if not opened:
        return _fault("the text ends where a value is expected", end, end, "the text is cut off")
    closers = "".join(_CLOSER[one.bracket] for one in reversed(opened))
    advice = f"close it with {closers}" if len(closers) <= 20 else f"{len(closers)} brackets are open"
    return _fault(f"the text ends inside {_named(source, opened[-1])}", end, end, f"{advice}, or the text is cut off")


def no_value(source: TextSource, at: int, opened: Sequence[Opened]) -> TextFault:
    """Something stands where a value is expected."""
    text = source.text
    if _CUT_SCALAR.match(text, at):
        return unfinished(source, opened)
    if text[at] in "]},":
        return _fault(f"a value is missing before this {text[at]}", at, at + 1, "write one, such as null")
    if text[at] in "+-." or text[at].isdecimal():
        return _bad_number(source, at)
    word = _WORD.match(text, at)
    if word is None:
        return _stray(source, at, "a value is expected here")
    meant = _MEANT.get(word.group().lower())
    advice = f"write {meant}" if meant else f'a string needs quotes: "{word.group()[:30]}"'
    return _fault(f"{word.group()[:30]} is not JSON", *word.span(), advice)


def no_key(source: TextSource, at: int, opened: Sequence[Opened]) -> TextFault:
    """Something stands where the key of an object is expected."""
    text = source.text
    if at >= len(text):
        return unfinished(source, opened)
    word = _WORD.match(text, at) or _DIGITS.match(text, at)
    if word is not None:
        return _fault("a key needs double quotes", *word.span(), f'write "{word.group()[:30]}"')
    if text[at] in ",:":
        return _fault(f"a key is missing before this {text[at]}", at, at + 1, "remove it, or write the key")
    return _stray(source, at, "a key in double quotes is expected here")


def trailing_comma(at: int, closer: str) -> TextFault:
    """A comma is the last thing in a container."""
    return _fault(f"trailing comma before {closer}", at, at + 1, "remove the comma")


def not_followed(source: TextSource, at: int, last: int, opened: Sequence[Opened], *, key: bool) -> TextFault:
    """What stands at *at* may not follow what ended at *last*: a key, or else a value."""
    text = source.text
    if at >= len(text):
        return unfinished(source, opened)
    if _foreign(text, at):
        return _stray(source, at, "")
    if key:
        advice = "write : between key and value"
        return _fault("a key is followed by a colon and a value", at, at + 1, advice)
    if not opened:
        return _surplus(text, at)
    if text[at] in "]}":
        message = f"{text[at]} does not close {_named(source, opened[-1])}"
        return _fault(message, at, at + 1, f"write {_CLOSER[opened[-1].bracket]}")
    if text[last - 1] == '"' and at == last and (text[at].isalnum() or text[at] in "_'"):
        return _fault("the string ends before this character", at, at + 1, r"a quote inside a string is written \"")
    if text[at] == ":":
        return _fault("a colon may only follow a key", at, at + 1, "keys stand in an object: {…}")
    return _fault("a comma is missing after this value", last, last, "write a comma")


def bad_string(source: TextSource, start: int) -> TextFault:
    """What is wrong with the string that starts at *start*."""
    text = source.text
    at = start + 1
    while part := _PART.match(text, at):
        at = part.end()
    line, column = source.place(start)
    if at >= len(text) or _CUT_ESCAPE.match(text, at):
        message = f"the text ends inside the string opened at line {line}, column {column}"
        return _fault(message, len(text), len(text), 'close it with ", or the text is cut off')
    if text[at] != "\\":
        name = _CONTROL.get(text[at], f"U+{ord(text[at]):04X}")
        advice = f'write {_escape(text[at])}, or close the string opened at line {line}, column {column} with "'
        return _fault(f"{name} stands inside a string", at, at + 1, advice)
    if text[at + 1] == "u":
        return _fault("four hexadecimal digits must follow \\u", at, at + 2, r"write the backslash twice: \\")
    return _fault(f"{text[at : at + 2]} is no escape", at, at + 2, r"write the backslash twice: \\")


def _bad_number(source: TextSource, start: int) -> TextFault:
    """What is wrong with the number that starts at *start*."""
    match = _NUMBER.match(source.text, start)
    token = match.group() if match else source.text[start]
    digits = token.lstrip("+-")
    end = start + max(len(token), 1)
    if token.startswith("+"):
        return _fault("a number has no plus sign", start, end, "remove it")
    if digits[:1] == "0" and digits[1:2].isdigit():
        return _fault("a number has no leading zeros", start, end, "remove them, or make it a string")
    if digits.startswith("."):
        return _fault("a digit is missing before the point", start, end, "write 0.")
    if digits.endswith("."):
        return _fault("a digit is missing after the point", start, end, "write one, or remove the point")
    if not digits:
        return _fault("a minus sign needs digits", start, end, "write a number")
    return _fault(f"{token[:30]} is not a number", start, end, "write it in decimal digits, or make it a string")


def _stray(source: TextSource, at: int, otherwise: str) -> TextFault:
    found = _foreign(source.text, at)
    if found is None:
        return _fault(otherwise, at, at + 1)
    message, length, advice = found
    return _fault(message, at, at + length, advice)


def _foreign(text: str, at: int) -> tuple[str, int, str] | None:
    """What other languages have and JSON lacks."""
    char = text[at]
    if text.startswith(("//", "/*"), at):
        return "a comment is not JSON", 2, "remove it"
    if char == "#":
        return "a comment is not JSON", 1, "remove it"
    if char == "'":
        return "a string needs double quotes", 1, "write \" instead of '"
    if char in _QUOTES:
        return f"{char} is not a straight double quote", 1, 'write "'
    if char == "\0":
        return "U+0000 is not JSON", 1, "if the text is UTF-16, save it as UTF-8"
    if char.isspace() or not char.isprintable():
        return f"U+{ord(char):04X} is not white space in JSON", 1, "remove it, or write a plain space"
    return None


def _surplus(text: str, at: int) -> TextFault:
    if text[at] in "]}":
        return _fault(f"this {text[at]} closes nothing", at, at + 1, "remove it")
    advice = "keep one document in a file; one on each line is JSON Lines (.jsonl)"
    return _fault("the document has ended before this", at, at + 1, advice)


def _named(source: TextSource, opened: Opened) -> str:
    line, column = source.place(opened.start)
    return f"the {_KIND[opened.bracket]} opened at line {line}, column {column}"


def _escape(char: str) -> str:
    return {"\n": r"\n", "\r": r"\r", "\t": r"\t"}.get(char, f"\\u{ord(char):04x}")


def _fault(message: str, start: int, end: int, advice: str | None = None) -> TextFault:
    return TextFault("PAR001", message, start, end, advice)
