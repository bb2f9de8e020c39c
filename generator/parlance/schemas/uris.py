"""Addresses as RFC 3986 has them: split, joined and compared, whatever their scheme."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

__all__ = ["joined_uri", "pointer_of", "without_fragment"]

_URI = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)


class _Parts(NamedTuple):
    scheme: str | None
    authority: str | None
    path: str
    query: str | None
    fragment: str | None


def joined_uri(base: str, reference: str) -> str:
    """What *reference* means in a document at *base* (RFC 3986, section 5.2)."""
    if not reference:
        return without_fragment(base)[0]
    there, here = _split(reference), _split(base)
    if there.scheme is not None:
        return _text(there._replace(path=_without_dots(there.path)))
    if there.authority is not None:
        return _text(there._replace(scheme=here.scheme, path=_without_dots(there.path)))
    if not there.path:
        query = here.query if there.query is None else there.query
        return _text(here._replace(query=query, fragment=there.fragment))
    if there.path.startswith("/"):
        path = there.path
    elif here.authority is not None and not here.path:
        path = f"/{there.path}"
    else:
        path = here.path[: here.path.rfind("/") + 1] + there.path
    return _text(here._replace(path=_without_dots(path), query=there.query, fragment=there.fragment))


def without_fragment(uri: str) -> tuple[str, str | None]:
    """The address of the resource, and the fragment with its escapes undone; None where there is no `#`."""
    address, mark, fragment = uri.partition("#")
    return address, unquote(fragment) if mark else None


def pointer_of(fragment: str | None) -> str | None:
    """The JSON Pointer that a fragment is; None where it is a name."""
    if not fragment:
        return ""
    return fragment if fragment.startswith("/") else None


def _split(uri: str) -> _Parts:
    found = _URI.fullmatch(uri)
    return _Parts(*found.groups()) if found else _Parts(None, None, uri, None, None)


def _text(parts: _Parts) -> str:
    scheme = "" if parts.scheme is None else f"{parts.scheme}:"
    authority = "" if parts.authority is None else f"//{parts.authority}"
    query = "" if parts.query is None else f"?{parts.query}"
    fragment = "" if parts.fragment is None else f"#{parts.fragment}"
    return f"{scheme}{authority}{parts.path}{query}{fragment}"


def _without_dots(path: str) -> str:
    if "." not in path or not path.startswith("/"):
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            del kept[max(1, len(kept) - 1) :]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/".join(kept)
