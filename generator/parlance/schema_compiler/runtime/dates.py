"""Formats of dates, times and durations, as RFC 3339 has them."""

from __future__ import annotations

from .json_values import matches


def is_date(text: str) -> bool:
    """Say whether *text* is a day of the calendar, such as 2024-02-29."""
    if not matches(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", text):
        return False
    year, month, day = int(text[:4]), int(text[5:7]), int(text[8:])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    lengths = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return 1 <= month <= 12 and 1 <= day <= lengths[month - 1]


def is_time(text: str) -> bool:
    """Say whether *text* is a time of the day with an offset, such as 08:30:06Z."""
    pattern = r"\A[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})\Z"
    if not matches(pattern, text):
        return False
    hour, minute, second = int(text[:2]), int(text[3:5]), int(text[6:8])
    sign, ahead, past = 1, 0, 0
    if text[-1] not in "Zz":
        sign, ahead, past = (-1 if text[-6] == "-" else 1), int(text[-5:-3]), int(text[-2:])
    if hour > 23 or minute > 59 or second > 60 or ahead > 23 or past > 59:
        return False
    # A leap second is the last one of a day in UTC.
    in_utc = (hour * 60 + minute - sign * (ahead * 60 + past)) % 1440
    return second < 60 or in_utc == 1439


def is_date_time(text: str) -> bool:
    """Say whether *text* is a date and a time with a T between, such as 2024-02-29T08:30:06Z."""
    return text[10:11] in ("T", "t") and is_date(text[:10]) and is_time(text[11:])


def is_duration(text: str) -> bool:
    """Say whether *text* is a length of time, such as P3DT12H."""
    time = r"T([0-9]+H([0-9]+M([0-9]+S)?)?|[0-9]+M([0-9]+S)?|[0-9]+S)"
    day = r"([0-9]+Y([0-9]+M([0-9]+D)?)?|[0-9]+M([0-9]+D)?|[0-9]+D)"
    return matches(rf"\AP({day}({time})?|{time}|[0-9]+W)\Z", text)
