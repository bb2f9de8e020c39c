"""A pattern, read group by group."""

from __future__ import annotations

from .group import WIDEST, Group
from .pieces import CLASSES, DIGITS, OCTAL, PatternError, PatternScanner

__all__ = ["PatternReader"]

_PLACES = frozenset("AbBZ")
_KINDS = frozenset("aLu")
_FLAGS = frozenset("imsxaLu")
_REPEATS = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_MOST = 4_294_967_295
"""From here on a number of repetitions is too large for `re`."""


class PatternReader(PatternScanner):
    """Reads one pattern, and knows its groups."""

    def __init__(self, pattern: str) -> None:
        super().__init__(pattern)
        self.look_around: str | None = None
        self._flags: set[str] = set()
        self._names: dict[str, int] = {}
        self._widths: list[tuple[int, int] | None] = [None]
        """Of each group by its number; None while it is open."""
        self._before: int | None = None
        """In a look-behind, how many groups there were when it began."""
        self._numbers: set[int] = set()
        """The groups that conditions name by number, which may come later."""
        self._open = [Group("", verbose=False)]

    def read(self) -> str | None:
        """Read it all. Raises `PatternError`; gives what is wrong where only the end shows it."""
        if self._pieces and self._pieces[-1] == "\\":
            return "a backslash ends it"
        while self._at < len(self._pieces):
            piece = self._pieces[self._at]
            self._at += 1
            if not self._is_skipped(piece):
                self._step(piece)
        if len(self._open) > 1:
            return f"'{self._open[-1].begin}' is not closed"
        late = [number for number in self._numbers if number >= len(self._widths)]
        return f"there is no group {min(late)}" if late else None

    def _is_skipped(self, piece: str) -> bool:
        """Whether it is space or a comment, where the flag `x` is set."""
        if not self._open[-1].verbose:
            return False
        if piece == "#":
            while self._at < len(self._pieces) and self._take() != "\n":
                pass
            return True
        return piece in " \t\n\r\v\f"

    def _step(self, piece: str) -> None:
        group = self._open[-1]
        if piece[0] == "\\":
            self._escape(piece)
        elif piece == "[":
            self._read_set()
            group.add("item", 1, 1)
        elif piece == "{":
            self._braces()
        elif piece in _REPEATS:
            self._repeat(piece, *_REPEATS[piece])
        elif piece == "(":
            self._begin()
        elif piece == ")":
            self._end()
        elif piece == "|":
            self._branch()
        elif piece in "^$":
            group.add("place", 0, 0)
        else:
            group.add("item", 1, 1)

    def _escape(self, piece: str) -> None:
        """An escape outside of a set."""
        letter, group = piece[1], self._open[-1]
        if letter in _PLACES:
            group.add("place", 0, 0)
        elif letter in DIGITS and letter != "0":
            group.add("item", *self._number(letter))
        else:
            if letter not in CLASSES:
                self._character(piece)
            group.add("item", 1, 1)

    def _number(self, digits: str) -> tuple[int, int]:
        """The width of what a backslash and a digit mean: an octal character or a group."""
        if self._peek() in DIGITS:
            digits += self._take()
            if digits[0] in OCTAL and digits[1] in OCTAL and self._peek() in OCTAL:
                digits += self._take()
                self._octal(digits)
                return (1, 1)
        if int(digits) >= len(self._widths):
            raise PatternError(f"there is no group {int(digits)} before '\\{digits}'")
        return self._reference(int(digits))

    def _reference(self, number: int) -> tuple[int, int]:
        width = self._widths[number]
        if width is None:
            raise PatternError(f"group {number} is mentioned within itself")
        self._check_behind(number)
        return width

    def _check_behind(self, number: int) -> None:
        if self._before is None:
            return
        if number >= len(self._widths) or self._widths[number] is None:
            raise PatternError(f"group {number} is mentioned within itself")
        if number >= self._before:
            raise PatternError(f"a look-behind mentions group {number}, which is in it")

    def _braces(self) -> None:
        """A repetition in braces, or a brace that is one character."""
        start = self._at
        least = self._while(DIGITS)
        most = self._while(DIGITS) if self._accept(",") else least
        if self._at == start or not self._accept("}"):
            self._at = start
            self._open[-1].add("item", 1, 1)
            return
        written = "{" + "".join(self._pieces[start : self._at])
        low, high = (_count(least) or 0, _count(most))
        if max(low, high or 0) >= _MOST:
            raise PatternError("a number of repetitions is too large")
        if high is not None and high < low:
            raise PatternError(f"'{written}' has its bounds in the wrong order")
        self._repeat(written, low, high)

    def _repeat(self, written: str, least: int, most: int | None) -> None:
        group = self._open[-1]
        if group.item is None or group.item[0] == "place":
            raise PatternError(f"'{written}' has nothing to repeat")
        kind, low, high = group.item
        if kind == "repeat":
            raise PatternError(f"'{written}' repeats a repetition")
        group.low -= low
        group.high -= high
        group.add("repeat", low * least, (WIDEST if most is None and high else high * (most or 0)))
        if not self._accept("?"):
            self._accept("+")

    def _branch(self) -> None:
        group = self._open[-1]
        group.end_branch()
        if len(self._open) == 1:
            group.verbose = "x" in self._flags
        if group.is_conditional and len(group.branches) > 1:
            raise PatternError("a condition has more than two branches")

    def _end(self) -> None:
        group = self._open.pop()
        if not self._open:
            raise PatternError("')' closes nothing")
        group.end_branch()
        low, high = group.width()
        if group.is_behind:
            self._before = group.was
            if low != high:
                raise PatternError("a look-behind has no fixed width")
        if group.number is not None:
            self._widths[group.number] = (low, high)
        if group.begin in {"(?=", "(?!", "(?<=", "(?<!"}:
            low = high = 0
        self._open[-1].add("item", low, high)

    def _begin(self) -> None:
        """A group, whose bracket is read."""
        verbose = self._open[-1].verbose
        if not self._accept("?"):
            self._open_group("(", None, verbose=verbose)
            return
        letter = self._take()
        if letter == "P":
            self._python(verbose=verbose)
        elif letter == "#":
            while True:
                piece = self._take()
                if not piece:
                    raise PatternError("'(?#' is not closed")
                if piece == ")":
                    break
        elif letter in {"=", "!", "<"}:
            self._look(letter, verbose=verbose)
        elif letter == "(":
            self._condition(verbose=verbose)
        elif letter in {":", ">"}:
            self._open.append(Group(f"(?{letter}", verbose=verbose))
        elif letter and (letter in _FLAGS or letter == "-"):
            self._set_flags(letter, verbose=verbose)
        else:
            raise PatternError(f"unknown group '(?{letter}'")

    def _open_group(self, begin: str, name: str | None, *, verbose: bool) -> None:
        number = len(self._widths)
        self._widths.append(None)
        if name is not None and name in self._names:
            raise PatternError(f"two groups have the name '{name}'")
        if name is not None:
            self._names[name] = number
        self._open.append(Group(begin, verbose=verbose, number=number))

    def _python(self, *, verbose: bool) -> None:
        """A named group, or a reference to one."""
        if self._accept("<"):
            name = self._until(">", "the name of a group")
            self._check_name(name)
            self._open_group(f"(?P<{name}>", name, verbose=verbose)
        elif self._accept("="):
            name = self._until(")", "the name of a group")
            self._check_name(name)
            self._open[-1].add("item", *self._reference(self._named_group(name)))
        else:
            raise PatternError(f"unknown group '(?P{self._peek()}'")

    def _check_name(self, name: str) -> None:
        if not name.isidentifier():
            raise PatternError(f"'{name}' is not the name of a group")

    def _named_group(self, name: str) -> int:
        if name not in self._names:
            raise PatternError(f"there is no group '{name}'")
        return self._names[name]

    def _look(self, letter: str, *, verbose: bool) -> None:
        begin = f"(?{letter}"
        if letter == "<":
            kind = self._take()
            if kind not in {"=", "!"}:
                raise PatternError(f"unknown group '(?<{kind}'")
            begin += kind
        self.look_around = self.look_around or begin
        group = Group(begin, verbose=verbose)
        group.was = self._before
        if group.is_behind and self._before is None:
            self._before = len(self._widths)
        self._open.append(group)

    def _condition(self, *, verbose: bool) -> None:
        name = self._until(")", "the group of a condition")
        if name.isidentifier():
            number = self._named_group(name)
        else:
            try:
                number = int(name)
            except ValueError:
                number = 0
            if number <= 0 or number >= _MOST // 4:
                raise PatternError(f"'{name}' is not the name of a group")
            self._numbers.add(number)
        self._check_behind(number)
        self._open.append(Group(f"(?({name})", verbose=verbose, is_conditional=True))

    def _set_flags(self, letter: str, *, verbose: bool) -> None:
        """Flags, for the whole pattern or for the group that they begin."""
        on: set[str] = set()
        off: set[str] = set()
        end = letter
        if letter != "-":
            end = self._flags_into(on, letter, ")-:")
        if "L" in on or len(on & _KINDS) > 1:
            raise PatternError("the flags 'a', 'L' and 'u' do not go together, nor 'L' with text")
        if end == ")":
            if len(self._open) > 1 or self._open[0].branches or self._open[0].item is not None:
                raise PatternError("flags for the whole pattern do not stand at its start")
            self._flags |= on
            self._open[0].verbose = "x" in self._flags
            return
        if end == "-":
            self._flags_into(off, self._take(), ":")
        if off & _KINDS or on & off:
            flags = "".join(sorted(off & (_KINDS | on)))
            raise PatternError(f"the flags '{flags}' cannot be turned off here")
        self._open.append(Group(f"(?{letter}", verbose=(verbose or "x" in on) and "x" not in off))

    def _flags_into(self, flags: set[str], letter: str, ends: str) -> str:
        """Read flags from *letter* on, and give what ends them."""
        while letter and letter in _FLAGS:
            flags.add(letter)
            letter = self._take()
        if not letter or letter not in ends or not flags:
            raise PatternError(f"'{letter}' is not a flag" if letter else "flags are not closed")
        return letter


def _count(digits: str) -> int | None:
    """The number that is written; None for none, and one too large for one of many digits."""
    if not digits:
        return None
    digits = digits.lstrip("0")
    return _MOST if len(digits) > 10 else int(digits or "0")
