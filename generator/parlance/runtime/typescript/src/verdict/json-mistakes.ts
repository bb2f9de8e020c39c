/** What somebody probably meant by text that is not JSON, in words. */

import { SPACE, firstOf, lengthOf } from "../characters.js";

/** What is wrong with a text, and what to do about it. */
export interface TextFault {
  readonly message: string;
  readonly help: string | null;
}

/** What ends the reading of a text. */
export class Broken extends Error {
  readonly fault: TextFault;

  /** Keep what is given. */
  constructor(fault: TextFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** A bracket that is not closed yet. */
export interface Opened {
  readonly bracket: "[" | "{";
  readonly start: number;
}

const WORD = /(?:[\p{L}\p{Nl}\p{No}_])[\p{L}\p{N}_$]*/uy;
const DIGITS = /\p{Nd}+/uy;
const NUMBER = /[+-]?[\p{L}\p{N}_.]*(?:(?<=[eE])[+-][\p{L}\p{N}_]*)?/uy;
const CUT_ESCAPE = /\\(?:u[0-9a-fA-F]{0,3})?$/uy;
const CUT_SCALAR =
  /(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-?(?:[0-9]+(?:\.|(?:\.[0-9]+)?[eE][+-]?))?)[ \t\n\r\f\v]*$/uy;
const UNPRINTABLE = new RegExp(`${SPACE}|[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}\\p{Zs}]`, "u");
const QUOTES = "“”„«»‘’`";
const ESCAPES: ReadonlyMap<string, string> = new Map([["\n", "\\n"], ["\r", "\\r"], ["\t", "\\t"]]);
const CONTROLS: ReadonlyMap<string, string> = new Map([
  ["\n", "a line break"],
  ["\r", "a line break"],
  ["\t", "a tab"],
]);
const CLOSERS = { "[": "]", "{": "}" } as const;
const KINDS = { "[": "array", "{": "object" } as const;
const MEANT: ReadonlyMap<string, string> = new Map([
  ["true", "true"],
  ["false", "false"],
  ["null", "null"],
  ["none", "null"],
  ["nil", "null"],
  ["undefined", "null"],
]);

/** What is wrong with one text, by where the reading of it stopped. */
export class Mistakes {
  readonly #text: string;

  /** Keep the text. */
  constructor(text: string) {
    this.#text = text;
  }

  /** A place in the text as words. */
  place(offset: number): string {
    const before = this.#text.slice(0, offset).split("\n");
    return `line ${String(before.length)}, column ${String(lengthOf(before.at(-1) ?? "") + 1)}`;
  }

  /** Something stands where a value is expected. */
  noValue(at: number, opened: readonly Opened[]): Broken {
    const character = this.#characterAt(at);
    if (this.#match(CUT_SCALAR, at) !== null) return this.#unfinished(opened);
    if ("]},".includes(character)) {
      return broken(`a value is missing before this ${character}`, "write one, such as null");
    }
    if (/^[-+.\p{Nd}]/u.test(character)) return this.#badNumber(at);
    const word = this.#match(WORD, at);
    if (word === null) return this.#stray(at, "a value is expected here");
    const meant = MEANT.get(word.toLowerCase());
    const start = firstOf(word, 30);
    return broken(`${start} is not JSON`, meant === undefined ? `a string needs quotes: "${start}"` : `write ${meant}`);
  }

  /** Something stands where the key of an object is expected. */
  noKey(at: number, opened: readonly Opened[]): Broken {
    if (at >= this.#text.length) return this.#unfinished(opened);
    const word = this.#match(WORD, at) ?? this.#match(DIGITS, at);
    if (word !== null) return broken("a key needs double quotes", `write "${firstOf(word, 30)}"`);
    const character = this.#characterAt(at);
    if (",:".includes(character)) {
      return broken(`a key is missing before this ${character}`, "remove it, or write the key");
    }
    return this.#stray(at, "a key in double quotes is expected here");
  }

  /** What stands at a place may not follow a key. */
  keyNotFollowed(at: number, opened: readonly Opened[]): Broken {
    if (at >= this.#text.length) return this.#unfinished(opened);
    const foreign = this.#foreign(at);
    if (foreign !== null) return new Broken(foreign);
    return broken("a key is followed by a colon and a value", "write : between key and value");
  }

  /** What stands at a place may not follow the value that ended at *last*. */
  notFollowed(at: number, last: number, opened: readonly Opened[]): Broken {
    if (at >= this.#text.length) return this.#unfinished(opened);
    const foreign = this.#foreign(at);
    if (foreign !== null) return new Broken(foreign);
    const character = this.#characterAt(at);
    const innermost = opened.at(-1);
    if (innermost === undefined) return surplus(character);
    if ("]}".includes(character)) {
      return broken(`${character} does not close ${this.#named(innermost)}`, `write ${CLOSERS[innermost.bracket]}`);
    }
    if (this.#text.charAt(last - 1) === '"' && at === last && /^[\p{L}\p{N}_']/u.test(character)) {
      return broken("the string ends before this character", 'a quote inside a string is written \\"');
    }
    if (character === ":") return broken("a colon may only follow a key", "keys stand in an object: {…}");
    return broken("a comma is missing after this value", "write a comma");
  }

  /** What is wrong, at a place, with the string that starts at another. */
  badString(start: number, at: number): Broken {
    const place = this.place(start);
    if (at >= this.#text.length || this.#match(CUT_ESCAPE, at) !== null) {
      return broken(`the text ends inside the string opened at ${place}`, 'close it with ", or the text is cut off');
    }
    const character = this.#characterAt(at);
    if (character !== "\\") {
      const code = (character.codePointAt(0) ?? 0).toString(16).padStart(4, "0");
      const name = CONTROLS.get(character) ?? `U+${code.toUpperCase()}`;
      const escape = ESCAPES.get(character) ?? `\\u${code}`;
      return broken(`${name} stands inside a string`, `write ${escape}, or close the string opened at ${place} with "`);
    }
    const next = this.#characterAt(at + 1);
    const message = next === "u" ? "four hexadecimal digits must follow \\u" : `\\${next} is no escape`;
    return broken(message, "write the backslash twice: \\\\");
  }

  /** The text ends while something is open. */
  #unfinished(opened: readonly Opened[]): Broken {
    const innermost = opened.at(-1);
    if (innermost === undefined) return broken("the text ends where a value is expected", "the text is cut off");
    const closers = Array.from(opened, ({ bracket }) => CLOSERS[bracket]).reverse().join("");
    const advice = closers.length <= 20 ? `close it with ${closers}` : `${String(closers.length)} brackets are open`;
    return broken(`the text ends inside ${this.#named(innermost)}`, `${advice}, or the text is cut off`);
  }

  #badNumber(start: number): Broken {
    const token = this.#match(NUMBER, start) ?? "";
    const digits = token.replace(/^[-+]+/u, "");
    if (token.startsWith("+")) return broken("a number has no plus sign", "remove it");
    if (/^0\p{Nd}/u.test(digits)) return broken("a number has no leading zeros", "remove them, or make it a string");
    if (digits.startsWith(".")) return broken("a digit is missing before the point", "write 0.");
    if (digits.endsWith(".")) return broken("a digit is missing after the point", "write one, or remove the point");
    if (digits === "") return broken("a minus sign needs digits", "write a number");
    return broken(`${firstOf(token, 30)} is not a number`, "write it in decimal digits, or make it a string");
  }

  #stray(at: number, otherwise: string): Broken {
    return new Broken(this.#foreign(at) ?? { message: otherwise, help: null });
  }

  /** What other languages have and JSON lacks. */
  #foreign(at: number): TextFault | null {
    const character = this.#characterAt(at);
    if (character === "#" || ["//", "/*"].some((mark) => this.#text.startsWith(mark, at))) {
      return { message: "a comment is not JSON", help: "remove it" };
    }
    if (character === "'") return { message: "a string needs double quotes", help: "write \" instead of '" };
    if (QUOTES.includes(character)) return { message: `${character} is not a straight double quote`, help: 'write "' };
    if (character === "\0") return { message: "U+0000 is not JSON", help: "if the text is UTF-16, save it as UTF-8" };
    if (!UNPRINTABLE.test(character) || character === " ") return null;
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return { message: `U+${code} is not white space in JSON`, help: "remove it, or write a plain space" };
  }

  #named({ bracket, start }: Opened): string {
    return `the ${KINDS[bracket]} opened at ${this.place(start)}`;
  }

  #characterAt(at: number): string {
    const code = this.#text.codePointAt(at);
    return code === undefined ? "" : String.fromCodePoint(code);
  }

  #match(expression: RegExp, at: number): string | null {
    expression.lastIndex = at;
    return expression.exec(this.#text)?.[0] ?? null;
  }
}

function surplus(character: string): Broken {
  if ("]}".includes(character)) return broken(`this ${character} closes nothing`, "remove it");
  const advice = "keep one document in a file; one on each line is JSON Lines (.jsonl)";
  return broken("the document has ended before this", advice);
}

function broken(message: string, help: string): Broken {
  return new Broken({ message, help });
}
