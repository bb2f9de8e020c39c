"""Formats of identifiers: URIs, pointers, UUIDs."""

from __future__ import annotations

from .hosts import is_idn_hostname, is_ipv4, is_ipv6
from .json_values import matches

# What RFC 3987 allows beyond ASCII, without and with the private ranges of a query.
UCS = (
    r"\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    r"\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd\U00040000-\U0004fffd"
    r"\U00050000-\U0005fffd\U00060000-\U0006fffd\U00070000-\U0007fffd\U00080000-\U0008fffd"
    r"\U00090000-\U0009fffd\U000a0000-\U000afffd\U000b0000-\U000bfffd\U000c0000-\U000cfffd"
    r"\U000d0000-\U000dfffd\U000e1000-\U000efffd"
)
PRIVATE = r"\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"


def is_address(text: str, beyond: str, private: str, *, relative: bool) -> bool:
    """Say whether *text* is a URI (RFC 3986), or an IRI if it may have characters *beyond* ASCII."""
    mark = rf"[A-Za-z0-9._~!$&'()*+,;=\-{beyond}]|%[0-9A-Fa-f]{{2}}"
    scheme = r"(?P<scheme>[A-Za-z][A-Za-z0-9+.\-]*:)"
    host = rf"(?:(?:{mark})*|\[(?:[0-9A-Fa-f:.]+|[vV][0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:\-]+)\])"
    authority = rf"//(?:(?:{mark}|:)*@)?{host}(?::[0-9]*)?(?:/(?:{mark}|[:@])*)*"
    rooted = rf"/(?:(?:{mark}|[:@])+(?:/(?:{mark}|[:@])*)*)?"
    rootless = rf"(?:{mark}|[:@])+(?:/(?:{mark}|[:@])*)*"
    tail = rf"(?:\?(?:{mark}|[:@/?{private}])*)?(?:#(?:{mark}|[:@/?])*)?"
    pattern = rf"{scheme}(?:{authority}|{rooted}|{rootless})?"
    if relative:
        unschemed = rf"(?:{mark}|@)+(?:/(?:{mark}|[:@])*)*"
        pattern = rf"(?:{pattern}|(?:{authority}|{rooted}|{unschemed})?)"
    if not matches(rf"\A{pattern}{tail}\Z", text):
        return False
    if "[" not in text:
        return True
    literal = text[text.index("[") + 1 : text.index("]")]
    return literal[:1] in ("v", "V") or is_ipv6(literal)


def is_uri(text: str) -> bool:
    """Say whether *text* is a URI with a scheme."""
    return is_address(text, "", "", relative=False)


def is_uri_reference(text: str) -> bool:
    """Say whether *text* is a URI, or a relative reference."""
    return is_address(text, "", "", relative=True)


def is_iri(text: str) -> bool:
    """Say whether *text* is an IRI (RFC 3987) with a scheme."""
    return is_address(text, UCS, PRIVATE, relative=False)


def is_iri_reference(text: str) -> bool:
    """Say whether *text* is an IRI, or a relative reference."""
    return is_address(text, UCS, PRIVATE, relative=True)


def is_uri_template(text: str) -> bool:
    """Say whether *text* is a template of URIs (RFC 6570, with its erratum 6937 on apostrophes)."""
    name = r"(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})(?:\.?(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2}))*"
    variable = rf"{name}(?:\*|:[1-9][0-9]{{0,3}})?"
    expression = rf"\{{[+#./;?&=,!@|]?{variable}(?:,{variable})*\}}"
    text_between = rf"[!#$&-;=?-\[\]_a-z~{UCS}{PRIVATE}]|%[0-9A-Fa-f]{{2}}"
    return matches(rf"\A(?:{text_between}|{expression})*\Z", text)


def is_json_pointer(text: str) -> bool:
    """Say whether *text* is a JSON Pointer (RFC 6901)."""
    return matches(r"\A(?:/(?:[^~/]|~[01])*)*\Z", text)


def is_relative_json_pointer(text: str) -> bool:
    """Say whether *text* is a relative JSON Pointer."""
    return matches(r"\A(?:0|[1-9][0-9]*)(?:#|(?:/(?:[^~/]|~[01])*)*)\Z", text)


def is_uuid(text: str) -> bool:
    """Say whether *text* is a UUID (RFC 4122)."""
    return matches(r"\A[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\Z", text)


def is_email(text: str) -> bool:
    """Say whether *text* is a mailbox (RFC 5321)."""
    return is_mailbox(text, "")


def is_idn_email(text: str) -> bool:
    """Say whether *text* is a mailbox that may have characters beyond ASCII (RFC 6531)."""
    if not is_mailbox(text, r"\x80-\ud7ff\ue000-\U0010ffff"):
        return False
    return text.endswith("]") or is_idn_hostname(text[text.rindex("@") + 1 :])


def is_mailbox(text: str, beyond: str) -> bool:
    """Say whether *text* is a mailbox, in which the characters *beyond* ASCII may stand."""
    atom = rf"[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~\-{beyond}]+"
    quoted = rf'"(?:[ !#-\[\]-~{beyond}]|\\[ -~])*"'
    label = rf"[A-Za-z0-9{beyond}](?:[A-Za-z0-9\-{beyond}]*[A-Za-z0-9{beyond}])?"
    local = rf"(?:{atom}(?:\.{atom})*|{quoted})"
    domain = rf"(?:{label}(?:\.{label})*|\[[^\[\]\\ ]+\])"
    if not matches(rf"\A{local}@{domain}\Z", text):
        return False
    if not text.endswith("]"):
        return True
    literal = text[text.rindex("[") + 1 : -1]
    if literal[:5].lower() == "ipv6:":
        return is_ipv6(literal[5:])
    return is_ipv4(literal)
