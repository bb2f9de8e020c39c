"""Formats of hosts: names, internationalised names, addresses."""

from __future__ import annotations

from .json_values import matches


def is_ipv4(text: str) -> bool:
    """Say whether *text* is an address of IPv4 in decimal."""
    byte = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
    return matches(rf"\A{byte}(?:\.{byte}){{3}}\Z", text)


def is_ipv6(text: str) -> bool:
    """Say whether *text* is an address of IPv6, without a zone (RFC 4291)."""
    head, double, tail = text.partition("::")
    if "::" in tail:
        return False
    groups = (head.split(":") if head else []) + (tail.split(":") if tail else [])
    if not groups:
        return bool(double)
    last = groups[-1]
    count = len(groups)
    if "." in last:
        if not is_ipv4(last) or (double and not tail):
            return False
        groups.pop()
        count += 1
    if not all(matches(r"\A[0-9A-Fa-f]{1,4}\Z", group) for group in groups):
        return False
    return count <= 7 if double else count == 8


def is_hostname(text: str) -> bool:
    """Say whether *text* is the name of a host (RFC 1123), any encoded labels valid (RFC 5891)."""
    if len(text) > 253:
        return False
    labels = text.split(".")
    if not all(is_plain_label(label) for label in labels):
        return False
    return is_one_direction([decoded_label(label) for label in labels])


def is_plain_label(label: str) -> bool:
    """Say whether *label* is a part of a host's name in ASCII."""
    if not matches(r"\A[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\Z", label):
        return False
    if label[2:4] != "--":
        return True
    return label[:2].lower() == "xn" and is_encoded_label(label[4:])


def is_encoded_label(code: str) -> bool:
    """Say whether *code* is the Punycode of a label that needs it."""
    try:
        label = code.encode("ascii").decode("punycode")
        again = label.encode("punycode").decode("ascii")
    except (UnicodeError, ValueError, OverflowError):
        return False
    return not label.isascii() and again.lower() == code.lower() and is_unicode_label(label)


def decoded_label(label: str) -> str:
    """Turn a valid label into the script that it is written in."""
    return label[4:].encode("ascii").decode("punycode") if label[:4].lower() == "xn--" else label


def is_idn_hostname(text: str) -> bool:
    """Say whether *text* is the name of a host, in any script (RFC 5890)."""
    labels = text.replace("\u3002", ".").replace("\uff0e", ".").replace("\uff61", ".").split(".")
    if len(text) > 253 or max(map(len, labels)) > 63:  # encoded it is longer still
        return False
    encoded: list[str] = []
    for label in labels:
        if label.isascii():
            if not is_plain_label(label):
                return False
            encoded.append(label)
        else:
            if not is_unicode_label(label):
                return False
            encoded.append("xn--" + label.encode("punycode").decode("ascii"))
    if max(map(len, encoded)) > 63 or len(".".join(encoded)) > 253:
        return False
    return is_one_direction([decoded_label(label) for label in labels])


def is_unicode_label(label: str) -> bool:
    """Say whether *label* may stand in a name (RFC 5891, 4.2.3)."""
    import unicodedata

    if unicodedata.normalize("NFC", label) != label or label[2:4] == "--":
        return False
    if label[:1] in ("-", "") or label[-1] == "-" or unicodedata.category(label[0])[0] == "M":
        return False
    for index, character in enumerate(label):
        if not is_label_character(character) and not is_allowed_in(label, index):
            return False
    return is_one_direction([label])


def is_label_character(character: str) -> bool:
    """Say whether a character may stand in a label anywhere (RFC 5892)."""
    import unicodedata

    if character in "\u00df\u03c2\u06fd\u06fe\u0f0b\u3007":
        return True
    code = ord(character)
    if character in "\u0640\u07fa\u302e\u302f\u3031\u3032\u3033\u3034\u3035\u303b":
        return False
    if 0x1100 <= code <= 0x11FF or 0xA960 <= code <= 0xA97F or 0xD7B0 <= code <= 0xD7FF:
        return False  # parts of Hangul syllables, which have characters of their own
    if 0x20D0 <= code <= 0x20FF or 0x1D100 <= code <= 0x1D24F:
        return False
    if 0x0660 <= code <= 0x0669 or 0x06F0 <= code <= 0x06F9 or code in (0x00B7, 0x0375):
        return False
    if code in (0x05F3, 0x05F4, 0x30FB):
        return False
    if character.isascii():
        return character.islower() or character.isdigit() or character == "-"
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold())
    if folded != character:
        return False
    return unicodedata.category(character) in ("Ll", "Lu", "Lo", "Lm", "Mn", "Mc", "Nd")


def is_allowed_in(label: str, index: int) -> bool:
    """Say whether a character may stand where it does, though not everywhere (RFC 5892, A)."""
    import unicodedata

    character, before, after = label[index], label[index - 1 : index], label[index + 1 : index + 2]
    if character == "\u00b7":
        return before == "l" and after == "l"
    if character == "\u0375":
        return after != "" and unicodedata.name(after, "").startswith("GREEK")
    if character in "\u05f3\u05f4":
        return before != "" and unicodedata.name(before, "").startswith("HEBREW")
    if character == "\u30fb":
        scripts = ("HIRAGANA", "KATAKANA", "CJK")
        others = [each for each in label if each != "\u30fb"]
        return any(unicodedata.name(each, "").startswith(scripts) for each in others)
    if "\u0660" <= character <= "\u0669":
        return not any("\u06f0" <= each <= "\u06f9" for each in label)
    if "\u06f0" <= character <= "\u06f9":
        return not any("\u0660" <= each <= "\u0669" for each in label)
    if character in "\u200c\u200d" and before:
        virama = unicodedata.combining(before) == 9
        return virama or (character == "\u200c" and is_between_joined(label, index))
    return False


def is_between_joined(label: str, index: int) -> bool:
    """Say whether the letters around a place would be joined; of Arabic letters, whose forms tell."""
    import unicodedata

    before = [each for each in label[:index] if unicodedata.category(each) != "Mn"]
    after = [each for each in label[index + 1 :] if unicodedata.category(each) != "Mn"]
    if not before or not after:
        return False
    forms = (*range(0xFB50, 0xFDFE), *range(0xFE70, 0xFEFD))
    decompositions = {unicodedata.decomposition(chr(form)) for form in forms}
    initial, final = f"<initial> {ord(before[-1]):04X}", f"<final> {ord(after[0]):04X}"
    return initial in decompositions and final in decompositions


def is_one_direction(labels: list[str]) -> bool:
    """Say whether labels keep to the Bidi rule, if one of them runs from right to left (RFC 5893)."""
    import unicodedata

    ways = [[unicodedata.bidirectional(character) for character in label] for label in labels]
    if not any(way in ("R", "AL", "AN") for label in ways for way in label):
        return True
    return all(keeps_bidi_rule(label) for label in ways)


def keeps_bidi_rule(ways: list[str]) -> bool:
    """Say whether characters of these directions may make up a label (RFC 5893, 2)."""
    last = [way for way in ways if way != "NSM"][-1:]
    neutral = ("EN", "ES", "CS", "ET", "ON", "BN", "NSM")
    if ways[:1] == ["L"]:
        return all(way in ("L", *neutral) for way in ways) and last[0] in ("L", "EN")
    if ways[:1] not in (["R"], ["AL"]) or ("EN" in ways and "AN" in ways):
        return False
    allowed = ("R", "AL", "AN", *neutral)
    return all(way in allowed for way in ways) and last[0] in ("R", "AL", "EN", "AN")
