"""The format of regular expressions, as ECMA-262 has them with the flag u."""

from __future__ import annotations

from .json_values import matches


def is_regex(text: str) -> bool:
    """Say whether *text* is a regular expression of ECMA-262."""
    depth, at, repeatable = 0, 0, False
    groups: list[str] = []
    references: list[str] = []
    while at < len(text):
        character = text[at]
        if character == "\\":
            length = escape_length(text, at)
            if not length:
                return False
            if text[at + 1] in "k123456789":
                references.append(text[at + 1 : at + length].lstrip("k"))
            at, repeatable = at + length, text[at + 1] not in "bB"
        elif character == "[":
            end = set_end(text, at)
            if not end:
                return False
            at, repeatable = end, True
        elif character in "*+?{":
            length = count_length(text, at)
            if not length or not repeatable:
                return False
            at, repeatable = at + length, False
        elif character == "(":
            length = group_length(text, at)
            if not length:
                return False
            if length == 1 or text[at + length - 1] == ">":
                groups.append(text[at + 2 : at + length])
            depth, at, repeatable = depth + 1, at + length, False
        elif character == ")":
            depth, at, repeatable = depth - 1, at + 1, True
            if depth < 0:
                return False
        elif character in "]}":
            return False
        else:
            at, repeatable = at + 1, character not in "^$|"
    return depth == 0 and all(is_group(reference, groups) for reference in references)


def is_group(reference: str, groups: list[str]) -> bool:
    """Say whether a name in angle brackets, or a number, is one of a group."""
    if reference.startswith("<"):
        return reference in groups
    return len(reference) < 6 and int(reference) <= len(groups)


def escape_length(text: str, at: int) -> int:
    """Count the characters of the escape that begins at a backslash; none if it is no escape."""
    escapes = (
        r"\\(?:[dDwWsSbBtnvfr0^$\\.*+?()\[\]{}|/\-]|c[A-Za-z]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}"
        r"|u\{0*(?:10|[0-9A-Fa-f])?[0-9A-Fa-f]{1,4}\}|[pP]\{[A-Za-z0-9_=]+\}|k<[A-Za-z_$][\w$]*>"
        r"|[1-9][0-9]*)"
    )
    for end in range(min(len(text), at + 80), at + 1, -1):
        if matches(rf"\A{escapes}\Z", text[at:end]):
            return end - at
    return 0


def set_end(text: str, at: int) -> int:
    """Find the end of the set that begins at a bracket; 0 if it has none."""
    at += 1
    while at < len(text) and text[at] != "]":
        length = escape_length(text, at) if text[at] == "\\" else 1
        if matches(r"\A[^\\]-[^\\\]]\Z", text[at : at + 3]):
            length = 3 if text[at] <= text[at + 2] else 0
        if not length:
            return 0
        at += length
    return at + 1 if at < len(text) else 0


def count_length(text: str, at: int) -> int:
    """Count the characters of a quantifier; none if it is none."""
    length = 1
    if text[at] == "{":
        end = text.find("}", at) + 1
        if not end or not matches(r"\A\{[0-9]+(?:,[0-9]*)?\}\Z", text[at:end]):
            return 0
        least, _, most = text[at + 1 : end - 1].partition(",")
        least, width = least.lstrip("0"), len(most)
        most = most.lstrip("0")
        if width and (len(most), most) < (len(least), least):
            return 0
        length = end - at
    return length + (text[at + length : at + length + 1] == "?")


def group_length(text: str, at: int) -> int:
    """Count the characters that open a group; none if no group opens so."""
    if text[at + 1 : at + 2] != "?":
        return 1
    for opening in ("(?:", "(?=", "(?!", "(?<=", "(?<!"):
        if text.startswith(opening, at):
            return len(opening)
    end = text.find(">", at) + 1
    named = matches(r"\A\(\?<[A-Za-z_$][\w$]*>\Z", text[at:end])
    return end - at if end and named else 0
