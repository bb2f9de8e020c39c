/** JSON text, read slowly: the first fault of it, in words. */

import { firstOf, wellFormed } from "../characters.js";
import { quoted } from "../suggestion.js";
import { Broken, Mistakes, type Opened, type TextFault } from "./json-mistakes.js";

/** How many levels of nesting are accepted. */
const DEPTH = 512;

/** How many digits an integer may have at most. */
const MOST_DIGITS = 4_300;

const SPACE = /[ \t\n\r]*/uy;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?(?![\w.])/uy;
const LITERAL = /(?:true|false|null|-?Infinity|NaN)(?![\p{L}\p{N}_$])/uy;
const SPECIAL = /["\\\u0000-\u001f]/gu;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/uy;
/** Both halves of a pair, or one of them alone, or any other escape. */
const HALVES = /\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\./gu;

/** A container that is being read. */
interface Frame extends Opened {
  /** Where each key of an object was first given. */
  readonly keys: Map<string, number>;
}

/** The first fault of a text; null where it is JSON. No depth and no length makes it fail. */
export function firstFault(text: string): TextFault | null {
  try {
    new JsonParser(text).readDocument();
    return null;
  } catch (error) {
    if (error instanceof Broken) return error.fault;
    throw error;
  }
}

class JsonParser {
  readonly #text: string;
  readonly #mistakes: Mistakes;
  readonly #stack: Frame[] = [];
  #at = 0;
  #last = 0;

  constructor(text: string) {
    this.#text = text;
    this.#mistakes = new Mistakes(text);
  }

  readDocument(): void {
    this.#skip();
    for (;;) {
      if (this.#opens()) continue;
      while (this.#stack.length > 0 && !this.#continues()) {
        this.#stack.pop();
      }
      if (this.#stack.length === 0) break;
    }
    if (this.#skip() !== "") {
      throw this.#mistakes.notFollowed(this.#at, this.#last, []);
    }
  }

  /** The next character that is not white space; empty at the end. */
  #skip(): string {
    this.#match(SPACE);
    return this.#text.charAt(this.#at);
  }

  /** What an expression finds here, which is read then. */
  #match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#text);
    this.#at += found?.[0].length ?? 0;
    return found;
  }

  /** Read a value; whether it is a container of which only the beginning was read. */
  #opens(): boolean {
    const character = this.#text.charAt(this.#at);
    if (character === "{" || character === "[") return this.#open(character);
    if (character === '"') {
      this.#readString();
      return false;
    }
    const start = this.#at;
    const number = this.#match(NUMBER);
    const word = number === null ? this.#match(LITERAL) : null;
    if (number !== null) {
      this.#checkNumber(number);
    } else if (word === null) {
      throw this.#mistakes.noValue(start, this.#stack);
    } else if (!["true", "false", "null"].includes(word[0])) {
      throw new Broken({ message: `${word[0]} is not a JSON number`, help: "write a finite number, or null" });
    }
    this.#last = this.#at;
    return false;
  }

  #open(bracket: "[" | "{"): boolean {
    if (this.#stack.length === DEPTH) {
      const message = `nested more than ${String(DEPTH)} levels deep`;
      throw new Broken({ message, help: "flatten it; what follows is not checked" });
    }
    this.#stack.push({ bracket, start: this.#at, keys: new Map() });
    this.#at += 1;
    if (this.#skip() === (bracket === "{" ? "}" : "]")) {
      this.#at += 1;
      this.#last = this.#at;
      this.#stack.pop();
      return false;
    }
    if (bracket === "{") {
      this.#readKey();
    }
    return true;
  }

  #readKey(): void {
    const start = this.#at;
    if (this.#text.charAt(start) !== '"') throw this.#mistakes.noKey(start, this.#stack);
    const key = this.#readString();
    const keys = this.#stack.at(-1)?.keys;
    const before = keys?.get(key);
    if (before !== undefined) {
      const message = `the key ${quoted(firstOf(key, 40))} was already given at ${this.#mistakes.place(before)}`;
      throw new Broken({ message, help: "remove one; the last one counts" });
    }
    keys?.set(key, start);
    if (this.#skip() !== ":") throw this.#mistakes.keyNotFollowed(this.#at, this.#stack);
    this.#at += 1;
    this.#skip();
  }

  #readString(): string {
    const start = this.#at;
    this.#at = this.#endOfString(start);
    this.#last = this.#at;
    const source = this.#text.slice(start, this.#at);
    const text = JSON.parse(source) as string;
    if (wellFormed(text) === text) return text;
    const half = Array.from(source.matchAll(HALVES), ([, lone]) => lone).find((lone) => lone !== undefined) ?? "";
    const message = `${half} is one half of a surrogate pair`;
    throw new Broken({ message, help: "write the character itself, or both halves" });
  }

  /** Where the string ends that starts at a quote. */
  #endOfString(start: number): number {
    SPECIAL.lastIndex = start + 1;
    for (let found = SPECIAL.exec(this.#text); found !== null; found = SPECIAL.exec(this.#text)) {
      if (found[0] === '"') return found.index + 1;
      ESCAPE.lastIndex = found.index;
      if (found[0] !== "\\" || !ESCAPE.test(this.#text)) throw this.#mistakes.badString(start, found.index);
      SPECIAL.lastIndex = ESCAPE.lastIndex;
    }
    throw this.#mistakes.badString(start, this.#text.length);
  }

  #checkNumber([number, fraction, exponent]: RegExpExecArray): void {
    const isWhole = fraction === undefined && exponent === undefined;
    if (isWhole ? number.replace("-", "").length <= MOST_DIGITS : Number.isFinite(Number(number))) return;
    const text = number.length <= 30 ? number : `a number of ${String(number.length)} characters`;
    throw new Broken({ message: `${text} is too large for a 64-bit number`, help: "write a smaller one, or a string" });
  }

  /** Whether the innermost container has a next element; reads up to its value, or past the closing bracket. */
  #continues(): boolean {
    const closer = this.#stack.at(-1)?.bracket === "{" ? "}" : "]";
    const character = this.#skip();
    if (character === closer) {
      this.#at += 1;
      this.#last = this.#at;
      return false;
    }
    if (character !== ",") throw this.#mistakes.notFollowed(this.#at, this.#last, this.#stack);
    this.#at += 1;
    if (this.#skip() === closer) {
      throw new Broken({ message: `trailing comma before ${closer}`, help: "remove the comma" });
    }
    if (closer === "}") {
      this.#readKey();
    }
    return true;
  }
}
