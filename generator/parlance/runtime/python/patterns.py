"""Whether Python's `re` compiles a regular expression, and what keeps it from that.

The pattern is read and not compiled: compiling one can take long, warns of some, and differs
between versions of Python. What is read here is the syntax of Python 3.11.
"""

from __future__ import annotations

__all__ = ["look_around", "regex_fault"]

_OCTAL = frozenset("01234567")
_DIGITS = frozenset("0123456789")
_HEX = frozenset("0123456789abcdefABCDEF")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_CLASSES = frozenset("dDsSwW")
_PLACES = frozenset("AbBZ")
_CONTROLS = dict(zip("abfnrtv\\", "\a\b\f\n\r\t\v\\", strict=True))
_HEX_LENGTHS = {"x": 2, "u": 4, "U": 8}
_KINDS = frozenset("aLu")
_FLAGS = frozenset("imsxaLu")
_REPEATS = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_MOST = 4_294_967_295
"""From here on a number of repetitions is too large for `re`."""

_WIDEST = 1 << 64
"""The width that `re` takes for endless."""

_known: dict[str, tuple[str | None, str | None]] = {}


def regex_fault(pattern: object) -> str | None:
    """What keeps Python's `re` from compiling a pattern; None where nothing does."""
    return _result(pattern)[0] if isinstance(pattern, str) else None


def look_around(pattern: object) -> str | None:
    """How the first look-ahead or look-behind of a pattern begins; None where there is none."""
    return _result(pattern)[1] if isinstance(pattern, str) else None


def _result(pattern: str) -> tuple[str | None, str | None]:
    result = _known.get(pattern)
    if result is None:
        reader = _Reader(pattern)
        try:
            fault = reader.read()
        except _RegexError as error:
            fault = str(error)
        result = (fault, reader.look_around)
        if len(pattern) <= 512 and len(_known) < 1024:  # they come from documents
            _known[pattern] = result
    return result


class _RegexError(Exception):
    """Says what is wrong with a pattern."""


class _Group:
    """A group that is being read, or the whole pattern."""

    __slots__ = (
        "begin",
        "branches",
        "high",
        "is_behind",
        "is_conditional",
        "item",
        "low",
        "number",
        "verbose",
        "was",
    )

    def __init__(
        self,
        begin: str,
        *,
        verbose: bool,
        number: int | None = None,
        is_conditional: bool = False,
    ) -> None:
        self.begin = begin
        self.number = number
        self.verbose = verbose
        self.is_conditional = is_conditional
        self.is_behind = begin in {"(?<=", "(?<!"}
        self.was: int | None = None
        """The groups that a reference might mean before this look-behind began."""
        self.branches: list[tuple[int, int]] = []
        self.low = self.high = 0
        """The width of the branch that is being read, at least and at most."""
        self.item: tuple[str, int, int] | None = None
        """What a repetition would repeat: an `item`, a `place` or a `repeat`, and its width."""

    def add(self, kind: str, low: int, high: int) -> None:
        """Take in one more thing, of a width."""
        self.item = (kind, low, high)
        self.low += low
        self.high += high

    def end_branch(self) -> None:
        """Begin with the next alternative, or come to the end."""
        self.branches.append((min(self.low, _WIDEST), min(self.high, _WIDEST)))
        self.low = self.high = 0
        self.item = None

    def width(self) -> tuple[int, int]:
        """The width of it all, at least and at most."""
        lows, highs = zip(*self.branches, strict=True)
        is_skipped = self.is_conditional and len(self.branches) == 1
        return (0 if is_skipped else min(lows), max(highs))


class _Reader:
    """Reads one pattern, a piece at a time: a character, or a backslash with the one behind it."""

    def __init__(self, pattern: str) -> None:
        self.look_around: str | None = None
        self._pieces: list[str] = []
        start = 0
        while start < len(pattern):
            end = start + 1 + (pattern[start] == "\\")
            self._pieces.append(pattern[start:end])
            start = end
        self._at = 0
        self._flags: set[str] = set()
        self._names: dict[str, int] = {}
        self._widths: list[tuple[int, int] | None] = [None]
        """Of each group by its number; None while it is open."""
        self._before: int | None = None
        """In a look-behind, how many groups there were when it began."""
        self._numbers: set[int] = set()
        """The groups that conditions name by number, which may come later."""
        self._open = [_Group("", verbose=False)]

    def read(self) -> str | None:
        """Read it all. Raises `_RegexError`; gives what is wrong where only the end shows it."""
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
            self._set()
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

    def _peek(self) -> str:
        return self._pieces[self._at] if self._at < len(self._pieces) else ""

    def _take(self) -> str:
        piece = self._peek()
        self._at += 1
        return piece

    def _accept(self, piece: str) -> bool:
        is_there = self._peek() == piece
        self._at += is_there
        return is_there

    def _while(self, allowed: frozenset[str], most: int | None = None) -> str:
        end = len(self._pieces) if most is None else min(self._at + most, len(self._pieces))
        start = self._at
        while self._at < end and self._pieces[self._at] in allowed:
            self._at += 1
        return "".join(self._pieces[start : self._at])

    def _until(self, last: str, what: str) -> str:
        start = self._at
        while self._peek() not in {"", last}:
            self._at += 1
        text = "".join(self._pieces[start : self._at])
        if not self._accept(last):
            raise _RegexError(f"{what} is not ended by '{last}'")
        if not text:
            raise _RegexError(f"{what} is empty")
        return text

    def _escape(self, piece: str) -> None:
        """An escape outside of a set."""
        letter, group = piece[1], self._open[-1]
        if letter in _PLACES:
            group.add("place", 0, 0)
        elif letter in _DIGITS and letter != "0":
            group.add("item", *self._number(letter))
        else:
            if letter not in _CLASSES:
                self._character(piece)
            group.add("item", 1, 1)

    def _number(self, digits: str) -> tuple[int, int]:
        """The width of what a backslash and a digit mean: an octal character or a group."""
        if self._peek() in _DIGITS:
            digits += self._take()
            if digits[0] in _OCTAL and digits[1] in _OCTAL and self._peek() in _OCTAL:
                digits += self._take()
                self._octal(digits)
                return (1, 1)
        if int(digits) >= len(self._widths):
            raise _RegexError(f"there is no group {int(digits)} before '\\{digits}'")
        return self._reference(int(digits))

    def _reference(self, number: int) -> tuple[int, int]:
        width = self._widths[number]
        if width is None:
            raise _RegexError(f"group {number} is mentioned within itself")
        self._check_behind(number)
        return width

    def _check_behind(self, number: int) -> None:
        if self._before is None:
            return
        if number >= len(self._widths) or self._widths[number] is None:
            raise _RegexError(f"group {number} is mentioned within itself")
        if number >= self._before:
            raise _RegexError(f"a look-behind mentions group {number}, which is in it")

    def _octal(self, digits: str) -> int:
        value = int(digits, 8)
        if value > 0o377:
            raise _RegexError(f"'\\{digits}' is beyond '\\377'")
        return value

    def _character(self, piece: str) -> int:
        """The character that an escape stands for."""
        letter = piece[1]
        if letter in _HEX_LENGTHS:
            digits = self._while(_HEX, _HEX_LENGTHS[letter])
            if len(digits) < _HEX_LENGTHS[letter]:
                raise _RegexError(f"'{piece}{digits}' lacks hexadecimal digits")
            if int(digits, 16) > 0x10FFFF:
                raise _RegexError(f"'{piece}{digits}' is no character")
            return int(digits, 16)
        if letter == "N":
            return self._named()
        if letter in _OCTAL:
            return self._octal(letter + self._while(_OCTAL, 2))
        if letter in _CONTROLS:
            return ord(_CONTROLS[letter])
        if letter in _DIGITS or letter in _LETTERS:
            raise _RegexError(f"unknown escape '{piece}'")
        return ord(letter)

    def _named(self) -> int:
        import unicodedata  # most patterns never need it

        if not self._accept("{"):
            raise _RegexError("'\\N' needs a name in braces")
        name = self._until("}", "the name of a character")
        try:
            return ord(unicodedata.lookup(name))
        except (KeyError, TypeError):
            raise _RegexError(f"there is no character '{name}'") from None

    def _set(self) -> None:
        """A set, whose bracket is read."""
        self._accept("^")
        is_empty = True
        while True:
            piece = self._next_of_set()
            if piece == "]" and not is_empty:
                break
            is_empty = False
            low = self._member(piece)
            if not self._accept("-"):
                continue
            last = self._next_of_set()
            if last == "]":
                break
            high = self._member(last)
            if low is None or high is None or high < low:
                raise _RegexError(f"'{piece}-{last}' is not a range")
        self._open[-1].add("item", 1, 1)

    def _next_of_set(self) -> str:
        piece = self._take()
        if not piece:
            raise _RegexError("'[' is not closed")
        return piece

    def _member(self, piece: str) -> int | None:
        """The character that a piece of a set stands for; None for a class of them."""
        if piece[0] != "\\":
            return ord(piece)
        if piece[1] in _CLASSES:
            return None
        return self._character(piece)

    def _braces(self) -> None:
        """A repetition in braces, or a brace that is one character."""
        start = self._at
        least = self._while(_DIGITS)
        most = self._while(_DIGITS) if self._accept(",") else least
        if self._at == start or not self._accept("}"):
            self._at = start
            self._open[-1].add("item", 1, 1)
            return
        written = "{" + "".join(self._pieces[start : self._at])
        low, high = (_count(least) or 0, _count(most))
        if max(low, high or 0) >= _MOST:
            raise _RegexError("a number of repetitions is too large")
        if high is not None and high < low:
            raise _RegexError(f"'{written}' has its bounds in the wrong order")
        self._repeat(written, low, high)

    def _repeat(self, written: str, least: int, most: int | None) -> None:
        group = self._open[-1]
        if group.item is None or group.item[0] == "place":
            raise _RegexError(f"'{written}' has nothing to repeat")
        kind, low, high = group.item
        if kind == "repeat":
            raise _RegexError(f"'{written}' repeats a repetition")
        group.low -= low
        group.high -= high
        group.add("repeat", low * least, (_WIDEST if most is None and high else high * (most or 0)))
        if not self._accept("?"):
            self._accept("+")

    def _branch(self) -> None:
        group = self._open[-1]
        group.end_branch()
        if len(self._open) == 1:
            group.verbose = "x" in self._flags
        if group.is_conditional and len(group.branches) > 1:
            raise _RegexError("a condition has more than two branches")

    def _end(self) -> None:
        group = self._open.pop()
        if not self._open:
            raise _RegexError("')' closes nothing")
        group.end_branch()
        low, high = group.width()
        if group.is_behind:
            self._before = group.was
            if low != high:
                raise _RegexError("a look-behind has no fixed width")
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
                    raise _RegexError("'(?#' is not closed")
                if piece == ")":
                    break
        elif letter in {"=", "!", "<"}:
            self._look(letter, verbose=verbose)
        elif letter == "(":
            self._condition(verbose=verbose)
        elif letter in {":", ">"}:
            self._open.append(_Group(f"(?{letter}", verbose=verbose))
        elif letter and (letter in _FLAGS or letter == "-"):
            self._set_flags(letter, verbose=verbose)
        else:
            raise _RegexError(f"unknown group '(?{letter}'")

    def _open_group(self, begin: str, name: str | None, *, verbose: bool) -> None:
        number = len(self._widths)
        self._widths.append(None)
        if name is not None and name in self._names:
            raise _RegexError(f"two groups have the name '{name}'")
        if name is not None:
            self._names[name] = number
        self._open.append(_Group(begin, verbose=verbose, number=number))

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
            raise _RegexError(f"unknown group '(?P{self._peek()}'")

    def _check_name(self, name: str) -> None:
        if not name.isidentifier():
            raise _RegexError(f"'{name}' is not the name of a group")

    def _named_group(self, name: str) -> int:
        if name not in self._names:
            raise _RegexError(f"there is no group '{name}'")
        return self._names[name]

    def _look(self, letter: str, *, verbose: bool) -> None:
        begin = f"(?{letter}"
        if letter == "<":
            kind = self._take()
            if kind not in {"=", "!"}:
                raise _RegexError(f"unknown group '(?<{kind}'")
            begin += kind
        self.look_around = self.look_around or begin
        group = _Group(begin, verbose=verbose)
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
                raise _RegexError(f"'{name}' is not the name of a group")
            self._numbers.add(number)
        self._check_behind(number)
        self._open.append(_Group(f"(?({name})", verbose=verbose, is_conditional=True))

    def _set_flags(self, letter: str, *, verbose: bool) -> None:
        """Flags, for the whole pattern or for the group that they begin."""
        on: set[str] = set()
        off: set[str] = set()
        end = letter
        if letter != "-":
            end = self._flags_into(on, letter, ")-:")
        if "L" in on or len(on & _KINDS) > 1:
            raise _RegexError("the flags 'a', 'L' and 'u' do not go together, nor 'L' with text")
        if end == ")":
            if len(self._open) > 1 or self._open[0].branches or self._open[0].item is not None:
                raise _RegexError("flags for the whole pattern do not stand at its start")
            self._flags |= on
            self._open[0].verbose = "x" in self._flags
            return
        if end == "-":
            self._flags_into(off, self._take(), ":")
        if off & _KINDS or on & off:
            flags = "".join(sorted(off & (_KINDS | on)))
            raise _RegexError(f"the flags '{flags}' cannot be turned off here")
        self._open.append(_Group(f"(?{letter}", verbose=(verbose or "x" in on) and "x" not in off))

    def _flags_into(self, flags: set[str], letter: str, ends: str) -> str:
        """Read flags from *letter* on, and give what ends them."""
        while letter and letter in _FLAGS:
            flags.add(letter)
            letter = self._take()
        if not letter or letter not in ends or not flags:
            raise _RegexError(f"'{letter}' is not a flag" if letter else "flags are not closed")
        return letter


def _count(digits: str) -> int | None:
    """The number that is written; None for none, and one too large for one of many digits."""
    if not digits:
        return None
    digits = digits.lstrip("0")
    return _MOST if len(digits) > 10 else int(digits or "0")
