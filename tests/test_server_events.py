"""The reader of server-sent events: what the standard says, whatever the bytes are cut into."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parlance.server_events.server_event import PlainEvent, ServerEvent
from parlance.server_events.server_event_reader import ServerEventReader


def read(*pieces: bytes, largest: int = 1 << 20) -> list[ServerEvent]:
    reader = ServerEventReader(largest)
    events = [*itertools.chain.from_iterable(map(reader.feed, pieces)), *reader.close()]
    return [event.whole if isinstance(event, PlainEvent) else event for event in events]


def payloads(*pieces: bytes) -> list[bytes]:
    return [event.payload for event in read(*pieces)]


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (b"", []),
        (b"\n\n\n", []),
        (b"data: a\n\n", [b"a"]),
        (b"data:a\n\n", [b"a"]),
        (b"data:  a\n\n", [b" a"]),
        (b"data\n\n", [b""]),
        (b"data: a\ndata: b\n\n", [b"a\nb"]),
        (b"data: a\n\ndata: b\n\n", [b"a", b"b"]),
        (b"data: a\r\rdata: b\r\r", [b"a", b"b"]),
        (b"data: a\r\n\r\ndata: b\r\n\r\n", [b"a", b"b"]),
        (b"data: a\n\r\ndata: b\r\n\r", [b"a", b"b"]),
        (b"\xef\xbb\xbfdata: a\n\n", [b"a"]),
        (b": ping\n\ndata: a\n\n", [b"", b"a"]),
        (b": ping\ndata: a\n\n", [b"a"]),
        (b"data: a: b\n\n", [b"a: b"]),
        (b"data: a\x0bb\x0c\x1c\x85\n\n", [b"a\x0bb\x0c\x1c\x85"]),
        (b"data: a", [b"a"]),
        (b"id: 7\nretry: 10\ndata: a\n\n", [b"a"]),
    ],
)
def test_events_are_read_as_the_standard_says(stream: bytes, expected: list[bytes]) -> None:
    assert payloads(stream) == expected


def test_an_event_knows_its_name_and_its_lines() -> None:
    first, second = read(b": hello\n\n\nevent: error\ndata: a\nfoo: b\n{}\ndata: c")
    assert (first.first_line, first.last_line, first.is_ended, first.size) == (1, 2, True, 9)
    assert (second.first_line, second.last_line, second.name, second.is_ended) == (4, 8, "error", False)
    assert [(line.number, line.text) for line in second.unknown] == [(6, b"foo: b"), (7, b"{}")]
    assert [(one.line.number, one.start) for one in second.data] == [(5, 6), (8, 6)]


def test_what_looks_like_a_byte_order_mark_and_is_none_is_kept() -> None:
    assert [event.unknown[0].text for event in read(b"\xef", b"\xbb")] == [b"\xef\xbb"]
    assert payloads(b"\xef", b"\xbb", b"\xbf", b"data: a\n\n") == [b"a"]


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_an_event_that_is_too_large_is_dropped_and_the_next_one_is_read(size: int) -> None:
    stream = b"data: a\n\ndata: " + b"x" * 300 + b"\ndata: y\n\ndata: b\n\n"
    pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
    events = read(*pieces, largest=100)
    assert [(event.payload, event.is_too_large) for event in events] == [(b"a", False), (b"", True), (b"b", False)]
    assert events[1].size == 300 + len(b"data: \ndata: y\n\n")
    assert [event.first_line for event in events] == [1, 3, 6]


LINES = st.sampled_from(
    [b"data: a", b"data", b"data: \xc3\xa9", b": c", b"event: e", b"id", b"odd", b"", b"\xef\xbb\xbf"]
)


@given(st.lists(st.tuples(LINES, st.sampled_from([b"\n", b"\r", b"\r\n"])), max_size=12), st.data())
def test_any_cutting_of_the_bytes_gives_the_same_events(lines: list[tuple[bytes, bytes]], data: st.DataObject) -> None:
    stream = b"".join(itertools.chain.from_iterable(lines))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    pieces = [stream[start:end] for start, end in itertools.pairwise([0, *cuts, len(stream)])]
    whole, cut = read(stream), read(*pieces)
    assert cut == whole
    assert [one.size for one in cut] == [one.size for one in whole]


@given(st.lists(LINES, max_size=12), st.sampled_from([b"\r", b"\r\n"]))
def test_events_are_the_same_whichever_way_lines_end(lines: list[bytes], end: bytes) -> None:
    plain = read(b"".join(line + b"\n" for line in lines))
    other = read(b"".join(line + end for line in lines))
    assert [event._replace(size=0) for event in other] == [event._replace(size=0) for event in plain]


def test_small_pieces_of_a_large_event_take_no_longer_than_a_large_one() -> None:
    reader = ServerEventReader(1 << 24)
    piece = b"x" * 64
    reader.feed(b"data: ")
    for _ in range(100_000):  # with a copy of all that came before for each, this is 320 GB
        reader.feed(piece)
    (event,) = reader.feed(b"\n\n")
    assert len(event.payload) == 6_400_000
