/** The pieces of a pattern: characters, escapes and sets. */

/** Digits of an octal number. */
export const OCTAL = new Set("01234567");

/** Digits, of which `re` takes no others. */
export const DIGITS = new Set("0123456789");

/** Letters that stand for many characters after a backslash. */
export const CLASSES = new Set("dDsSwW");

const HEX = new Set("0123456789abcdefABCDEF");
const LETTERS = /^[A-Za-z]$/u;
const CONTROLS = new Map([
  ["a", 0x07],
  ["b", 0x08],
  ["f", 0x0c],
  ["n", 0x0a],
  ["r", 0x0d],
  ["t", 0x09],
  ["v", 0x0b],
  ["\\", 0x5c],
]);
const HEX_LENGTHS = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

/** How names of characters are spelt; which of them there are, JavaScript does not know. */
const NAME = /^[A-Za-z0-9 -]+$/u;

/** Says what is wrong with a pattern. */
export class RegexError extends Error {
  override readonly name = "RegexError";
}

/** Reads a pattern a piece at a time: a character, or a backslash with the one behind it. */
export class Scanner {
  protected readonly pieces: readonly string[];
  protected at = 0;

  constructor(pattern: string) {
    this.pieces = pattern.match(/\\[^]|[^]/gu) ?? [];
  }

  protected peek(): string {
    return this.pieces[this.at] ?? "";
  }

  protected take(): string {
    const piece = this.peek();
    this.at += 1;
    return piece;
  }

  protected accept(piece: string): boolean {
    const isThere = this.peek() === piece;
    this.at += isThere ? 1 : 0;
    return isThere;
  }

  protected while(allowed: ReadonlySet<string>, most = Infinity): string {
    const start = this.at;
    while (this.at - start < most && allowed.has(this.peek())) {
      this.at += 1;
    }
    return this.since(start);
  }

  protected since(start: number): string {
    return this.pieces.slice(start, this.at).join("");
  }

  protected until(last: string, what: string): string {
    const start = this.at;
    while (this.peek() !== "" && this.peek() !== last) {
      this.at += 1;
    }
    const text = this.since(start);
    if (!this.accept(last)) throw new RegexError(`${what} is not ended by '${last}'`);
    if (text === "") throw new RegexError(`${what} is empty`);
    return text;
  }

  protected octal(digits: string): number {
    const value = Number.parseInt(digits, 8);
    if (value > 0o377) throw new RegexError(`'\\${digits}' is beyond '\\377'`);
    return value;
  }

  /** The character that an escape stands for. */
  protected character(piece: string): number {
    const letter = piece.slice(1);
    const length = HEX_LENGTHS.get(letter);
    if (length !== undefined) return this.#hexadecimal(piece, length);
    if (letter === "N") return this.#named();
    if (OCTAL.has(letter)) return this.octal(letter + this.while(OCTAL, 2));
    const control = CONTROLS.get(letter);
    if (control === undefined && (DIGITS.has(letter) || LETTERS.test(letter))) {
      throw new RegexError(`unknown escape '${piece}'`);
    }
    return control ?? codeOf(letter);
  }

  #hexadecimal(piece: string, length: number): number {
    const digits = this.while(HEX, length);
    if (digits.length < length) throw new RegexError(`'${piece}${digits}' lacks hexadecimal digits`);
    const code = Number.parseInt(digits, 16);
    if (code > 0x10ffff) throw new RegexError(`'${piece}${digits}' is no character`);
    return code;
  }

  /** Any character will do for one of a name: how ranges that it begins or ends are ordered, nobody knows. */
  #named(): number {
    if (!this.accept("{")) throw new RegexError("'\\N' needs a name in braces");
    const name = this.until("}", "the name of a character");
    if (!NAME.test(name)) throw new RegexError(`there is no character '${name}'`);
    return NaN;
  }

  /** A set, whose bracket is read. */
  protected readSet(): void {
    this.accept("^");
    for (let isEmpty = true; ; isEmpty = false) {
      const piece = this.#nextOfSet();
      if (piece === "]" && !isEmpty) return;
      const low = this.#member(piece);
      if (!this.accept("-")) continue;
      const last = this.#nextOfSet();
      if (last === "]") return;
      const high = this.#member(last);
      if (low === null || high === null || high < low) {
        throw new RegexError(`'${piece}-${last}' is not a range`);
      }
    }
  }

  #nextOfSet(): string {
    const piece = this.take();
    if (piece === "") throw new RegexError("'[' is not closed");
    return piece;
  }

  /** The character that a piece of a set stands for; null for a class of them. */
  #member(piece: string): number | null {
    if (!piece.startsWith("\\")) return codeOf(piece);
    return CLASSES.has(piece.slice(1)) ? null : this.character(piece);
  }
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
