"""Formats of --from-schema, by their RFCs: what the official suite has, and what lies beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from parlance.schema_compiler.runtime.dates import is_date_time, is_duration, is_time
from parlance.schema_compiler.runtime.hosts import is_hostname, is_idn_hostname, is_ipv4, is_ipv6
from parlance.schema_compiler.runtime.identifiers import (
    is_email,
    is_idn_email,
    is_iri,
    is_json_pointer,
    is_relative_json_pointer,
    is_uri,
    is_uri_reference,
    is_uri_template,
    is_uuid,
)
from parlance.schema_compiler.runtime.regex_format import is_regex

ALEF, ALIF = "\u05d0", "\u0627"
UUID = "2eb8aa08-aa98-11ea-b4aa-73b441d16380"
CASES: dict[Callable[[str], bool], tuple[list[str], list[str]]] = {
    is_hostname: (
        ["example.com", "a-b.c", "a.xn--4dbrk0ce", "xn--NXASMQ6B", "XN--4DBRK0CE.com"],
        ["0a.xn--4dbrk0ce", "-a", "a_", "a.", ".a", "xn--", "xn--7a", "xn--0ca24w", "xn--example-", "xn---9uc"],
    ),
    is_idn_hostname: (
        [
            f"a.{ALEF}",
            f"{ALEF}-{ALEF}",
            f"{ALEF}1.b2",
            "bücher.de",
            "faß.de",
            "\u06f00",
            f"{ALEF}\u05b0",
            "a\u3002b",
            "xn--NXASMQ6B",
            "0a.b",
            "\u0915\u094d\u200c\u0937",
        ],
        [
            f"0a.{ALEF}",
            f"{ALEF}.0a",
            f"1.{ALEF}",
            f"a.0.{ALEF}",
            f"0{ALIF}",
            f"a{ALEF}",
            f"{ALEF}a",
            f"{ALEF}0\u0660",
            f"\u0660{ALEF}",
            f"{ALEF}-",
            "0a.xn--4dbrk0ce",
            "a..b",
            "a\u200bb",
            "\uff11\uff12",
            "a\u0301.com",
            "ü" * 60,
            "\u0915\u094d\u200c\u0937a\u200cb",
            ".".join(["a" * 63] * 4),
        ],
    ),
    is_ipv4: (
        ["127.0.0.1", "255.255.255.255"],
        ["01.1.1.1", "256.1.1.1", "1.1.1", "1.1.1.1\n", "0x7f.1", "\uff11.1.1.1"],
    ),
    is_ipv6: (
        ["::", "::1", "1:2:3:4:5:6:7::", "::ffff:1.2.3.4", "1::8"],
        ["fe80::1%eth0", ":::", "1:2:3:4:5:6:7:8::", "::1.2.3", "12345::", "1::2::3", "::ffff:1.2.3.04"],
    ),
    is_uri: (
        ["urn:a:b", "http://[::1]/", "http://a?b#c", "a:", "http://[v1.x]/", "http://a:/", "http://a/'"],
        ["//a", "a b:", "http://a/ü", "http://a/%zz", "http://[::g]/", "http://a/<b>", ":a", "http://a/#a#b"],
    ),
    is_uri_reference: (["", "a", "//a", "?", "#", "./a:b"], ["a b", "1:b", "\\", "a|b"]),
    is_iri: (
        ["http://ü.de/é", "http://a/?\ue000"],
        ["http://a/\ue000", "http://a/ ", "http://a/\ufffe", "http://a/\x85", "http://a/\ud800"],
    ),
    is_uri_template: (
        ["a'b", "'", "{+a}{#b}'{c}", "{a:1}{b*}", "/{%41}", "{a.b}", "a%41"],
        [
            "{a",
            "}",
            "{}",
            'a"b',
            "a<b",
            "a\\b",
            "a^b",
            "a`b",
            "{a'b}",
            "{+}",
            "{a:0}",
            "{a:01}",
            "{a,}",
            "{a..b}",
            "a%",
        ],
    ),
    is_json_pointer: (["", "/", "/a~0~1", "//", "/ ", "/\n"], ["a", "/~", "/~2", "#/a"]),
    is_relative_json_pointer: (["0", "1/a", "0#", "12/"], ["", "/a", "01/a", "-1", "0##", "1a", "\u0660"]),
    is_uuid: (
        [UUID, UUID.upper()],
        [f"urn:uuid:{UUID}", UUID.replace("-", ""), f"{{{UUID}}}", UUID.replace("8", "\u09ea")],
    ),
    is_duration: (
        ["P1D", "PT1S", "P1W", "P1Y2M3DT4H5M6S"],
        ["P", "PT", "P1", "P1W1D", "P1DT", "PT1D", "-P1D", "P1.5D", "PT1H1S", "P\u0661D"],
    ),
    is_time: (
        ["23:59:60Z", "15:59:60-08:00", "00:00:00.1+00:00", "00:29:60+00:30", "23:59:60.5Z"],
        ["23:58:60Z", "22:59:60Z", "24:00:00Z", "1:00:00Z", "00:00:00", "00:00:00.Z", "00:00:00+24:00", "23:59:61Z"],
    ),
    is_date_time: (
        ["2024-02-29T00:00:00Z", "1998-12-31t23:59:60z"],
        ["2023-02-29T00:00:00Z", "2024-01-01 00:00:00Z", "2024-01-01T00:00Z"],
    ),
    is_email: (
        ["a@b", '"a b"@c.de', "a@[127.0.0.1]", "a@[IPv6:::1]", "a.b+c@d-e.f"],
        ["a@b@c", ".a@b", "a.@b", "a..b@c", "a@-b", "a@b_", '"a"b@c', "a@[1.2]", "@a", "a@", "a b@c", "ä@b"],
    ),
    is_idn_email: (
        ["ä@bücher.de", "cafe\u0301@a.com", '"δοκιμή"@a.com', "a@[127.0.0.1]", f"a@{ALEF}"],
        ["a@cafe\u0301.com", "ä@a..b", f"a@0.{ALEF}", "\ud800@a.com", "a@-b.c", "a@b_c.d", "a..b@c", "2962", "ä@[x]"],
    ),
    is_regex: (
        [
            "a{1,2}",
            "a{9,10}",
            "a{02,2}",
            "a{2,}",
            r"(?<n>a)\k<n>",
            r"\k<n>(?<n>a)",
            r"(a)(?:b)(c)\2",
            "[a-z-x]",
            "[+--]",
            r"[\w-a]",
            "[]",
            "[^]",
            r"\p{L}",
            "(?<=a)b",
            r"\u{1F600}",
            "$^",
        ],
        [
            "a{2,1}",
            "a{10,9}",
            "[z-a]",
            r"[a-z-\q]",
            r"\k<n>",
            r"(?<n>a)\k<m>",
            r"\1",
            r"(?:a)\1",
            r"(?=a)\1",
            r"(a)\2",
            "*a",
            "a**",
            "(",
            "[",
            r"\a",
            "{",
            "a{,2}",
            r"\99999999999",
        ],
    ),
}


@pytest.mark.parametrize("check", CASES, ids=lambda check: check.__name__)
def test_a_format_is_what_its_document_says(check: Callable[[str], bool]) -> None:
    accepted, refused = CASES[check]
    assert [text for text in accepted if not check(text)] == []
    assert [text for text in refused if check(text)] == []
