/** A pattern, read group by group. */

import { stripped } from "../characters.js";
import { wholeNumber } from "../lookup.js";
import { Group, WIDEST, type Width } from "./group.js";
import { CLASSES, DIGITS, OCTAL, RegexError, Scanner } from "./scanner.js";

const PLACES = new Set("AbBZ");
const KINDS = new Set("aLu");
const FLAGS = new Set("imsxaLu");
const SPACES = new Set(" \t\n\r\v\f");
const REPEATS = new Map<string, readonly [number, number | null]>([
  ["?", [0, 1]],
  ["*", [0, null]],
  ["+", [1, null]],
]);
const LOOKS = new Set(["(?=", "(?!", "(?<=", "(?<!"]);
const IDENTIFIER = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;

/** A whole number as `int` reads one: with a sign, and low lines between digits. */
const NUMBER = /^\+?(\p{Nd}+(?:_\p{Nd}+)*)$/u;

/** From here on a number of repetitions is too large for `re`. */
const MOST = 4_294_967_295;

/** Reads one pattern, and knows its groups. */
export class Reader extends Scanner {
  /** How the first look-ahead or look-behind begins. */
  lookAround: string | null = null;
  readonly #flags = new Set<string>();
  readonly #names = new Map<string, number>();
  /** Of each group by its number; null while it is open. */
  readonly #widths: (Width | null)[] = [null];
  /** In a look-behind, how many groups there were when it began. */
  #before: number | null = null;
  /** The groups that conditions name by number, which may come later. */
  readonly #numbers = new Set<number>();
  #group = new Group("", { verbose: false });
  readonly #around: Group[] = [];

  /** Read it all; give what is wrong where only the end shows it. Throws `RegexError`. */
  read(): string | null {
    if (this.pieces.at(-1) === "\\") return "a backslash ends it";
    while (this.at < this.pieces.length) {
      const piece = this.take();
      if (!this.#isSkipped(piece)) {
        this.#step(piece);
      }
    }
    if (this.#around.length > 0) return `'${this.#group.begin}' is not closed`;
    const late = [...this.#numbers].filter((number) => number >= this.#widths.length);
    return late.length > 0 ? `there is no group ${String(Math.min(...late))}` : null;
  }

  /** Whether it is space or a comment, where the flag `x` is set. */
  #isSkipped(piece: string): boolean {
    if (!this.#group.verbose) return false;
    if (piece === "#") {
      while (this.at < this.pieces.length && this.take() !== "\n") {
        // A comment ends with its line.
      }
      return true;
    }
    return SPACES.has(piece);
  }

  #step(piece: string): void {
    const repeat = REPEATS.get(piece);
    if (piece.startsWith("\\")) {
      this.#escape(piece);
    } else if (piece === "[") {
      this.readSet();
      this.#group.add("item", 1n, 1n);
    } else if (piece === "{") {
      this.#braces();
    } else if (repeat !== undefined) {
      this.#repeat(piece, ...repeat);
    } else if (piece === "(") {
      this.#begin();
    } else if (piece === ")") {
      this.#end();
    } else if (piece === "|") {
      this.#branch();
    } else if (piece === "^" || piece === "$") {
      this.#group.add("place", 0n, 0n);
    } else {
      this.#group.add("item", 1n, 1n);
    }
  }

  /** An escape outside of a set. */
  #escape(piece: string): void {
    const letter = piece.slice(1);
    if (PLACES.has(letter)) {
      this.#group.add("place", 0n, 0n);
    } else if (DIGITS.has(letter) && letter !== "0") {
      const { low, high } = this.#number(letter);
      this.#group.add("item", low, high);
    } else {
      if (!CLASSES.has(letter)) {
        this.character(piece);
      }
      this.#group.add("item", 1n, 1n);
    }
  }

  /** The width of what a backslash and a digit mean: an octal character or a group. */
  #number(first: string): Width {
    const second = DIGITS.has(this.peek()) ? this.take() : "";
    const digits = first + second;
    if (OCTAL.has(first) && OCTAL.has(second) && OCTAL.has(this.peek())) {
      this.octal(digits + this.take());
      return { low: 1n, high: 1n };
    }
    if (Number(digits) >= this.#widths.length) {
      throw new RegexError(`there is no group ${digits} before '\\${digits}'`);
    }
    return this.#reference(Number(digits));
  }

  #reference(number: number): Width {
    const width = this.#widths[number] ?? null;
    if (width === null) throw new RegexError(`group ${String(number)} is mentioned within itself`);
    this.#checkBehind(number);
    return width;
  }

  #checkBehind(number: number): void {
    if (this.#before === null) return;
    if ((this.#widths[number] ?? null) === null) {
      throw new RegexError(`group ${String(number)} is mentioned within itself`);
    }
    if (number >= this.#before) {
      throw new RegexError(`a look-behind mentions group ${String(number)}, which is in it`);
    }
  }

  /** A repetition in braces, or a brace that is one character. */
  #braces(): void {
    const start = this.at;
    const least = this.while(DIGITS);
    const most = this.accept(",") ? this.while(DIGITS) : least;
    if (this.at === start || !this.accept("}")) {
      this.at = start;
      this.#group.add("item", 1n, 1n);
      return;
    }
    const written = `{${this.since(start)}`;
    const low = countOf(least) ?? 0;
    const high = countOf(most);
    if (Math.max(low, high ?? 0) >= MOST) throw new RegexError("a number of repetitions is too large");
    if (high !== null && high < low) throw new RegexError(`'${written}' has its bounds in the wrong order`);
    this.#repeat(written, low, high);
  }

  #repeat(written: string, least: number, most: number | null): void {
    const { item } = this.#group;
    if (item === null || item.kind === "place") throw new RegexError(`'${written}' has nothing to repeat`);
    if (item.kind === "repeat") throw new RegexError(`'${written}' repeats a repetition`);
    const { low, high } = item.width;
    const widest = most === null && high > 0n ? WIDEST : high * BigInt(most ?? 0);
    this.#group.remove(item);
    this.#group.add("repeat", low * BigInt(least), widest);
    if (!this.accept("?")) {
      this.accept("+");
    }
  }

  #branch(): void {
    const group = this.#group;
    group.endBranch();
    if (this.#around.length === 0) {
      group.verbose = this.#flags.has("x");
    }
    if (group.isConditional && group.branches.length > 1) {
      throw new RegexError("a condition has more than two branches");
    }
  }

  #end(): void {
    const group = this.#group;
    const around = this.#around.pop();
    if (around === undefined) throw new RegexError("')' closes nothing");
    this.#group = around;
    group.endBranch();
    const width = group.width();
    if (group.isBehind) {
      this.#before = group.was;
      if (width.low !== width.high) throw new RegexError("a look-behind has no fixed width");
    }
    if (group.number !== null) {
      this.#widths[group.number] = width;
    }
    const { low, high } = LOOKS.has(group.begin) ? { low: 0n, high: 0n } : width;
    around.add("item", low, high);
  }

  #push(group: Group): void {
    this.#around.push(this.#group);
    this.#group = group;
  }

  /** A group, whose bracket is read. */
  #begin(): void {
    const { verbose } = this.#group;
    if (!this.accept("?")) {
      this.#openGroup("(", null);
      return;
    }
    const letter = this.take();
    if (letter === "P") {
      this.#python();
    } else if (letter === "#") {
      this.#comment();
    } else if (letter === "=" || letter === "!" || letter === "<") {
      this.#look(letter);
    } else if (letter === "(") {
      this.#condition();
    } else if (letter === ":" || letter === ">") {
      this.#push(new Group(`(?${letter}`, { verbose }));
    } else if (FLAGS.has(letter) || letter === "-") {
      this.#setFlags(letter);
    } else {
      throw new RegexError(`unknown group '(?${letter}'`);
    }
  }

  #comment(): void {
    for (let piece = this.take(); piece !== ")"; piece = this.take()) {
      if (piece === "") throw new RegexError("'(?#' is not closed");
    }
  }

  #openGroup(begin: string, name: string | null): void {
    const number = this.#widths.push(null) - 1;
    if (name !== null) {
      if (this.#names.has(name)) throw new RegexError(`two groups have the name '${name}'`);
      this.#names.set(name, number);
    }
    this.#push(new Group(begin, { verbose: this.#group.verbose, number }));
  }

  /** A named group, or a reference to one. */
  #python(): void {
    if (this.accept("<")) {
      const name = checkedName(this.until(">", "the name of a group"));
      this.#openGroup(`(?P<${name}>`, name);
    } else if (this.accept("=")) {
      const name = checkedName(this.until(")", "the name of a group"));
      const { low, high } = this.#reference(this.#namedGroup(name));
      this.#group.add("item", low, high);
    } else {
      throw new RegexError(`unknown group '(?P${this.peek()}'`);
    }
  }

  #namedGroup(name: string): number {
    const number = this.#names.get(name);
    if (number === undefined) throw new RegexError(`there is no group '${name}'`);
    return number;
  }

  #look(letter: string): void {
    let begin = `(?${letter}`;
    if (letter === "<") {
      const kind = this.take();
      if (kind !== "=" && kind !== "!") throw new RegexError(`unknown group '(?<${kind}'`);
      begin += kind;
    }
    this.lookAround ??= begin;
    const group = new Group(begin, { verbose: this.#group.verbose });
    group.was = this.#before;
    if (group.isBehind) {
      this.#before ??= this.#widths.length;
    }
    this.#push(group);
  }

  #condition(): void {
    const name = this.until(")", "the group of a condition");
    const number = IDENTIFIER.test(name) ? this.#namedGroup(name) : conditionNumber(name);
    if (!IDENTIFIER.test(name)) {
      this.#numbers.add(number);
    }
    this.#checkBehind(number);
    this.#push(new Group(`(?(${name})`, { verbose: this.#group.verbose, isConditional: true }));
  }

  /** Flags, for the whole pattern or for the group that they begin. */
  #setFlags(letter: string): void {
    const on = new Set<string>();
    const off = new Set<string>();
    let end = letter === "-" ? letter : this.#flagsInto(on, letter, ")-:");
    if (on.has("L") || [...on].filter((flag) => KINDS.has(flag)).length > 1) {
      throw new RegexError("the flags 'a', 'L' and 'u' do not go together, nor 'L' with text");
    }
    if (end === ")") {
      this.#setGlobal(on);
      return;
    }
    if (end === "-") {
      end = this.#flagsInto(off, this.take(), ":");
    }
    const fixed = [...off].filter((flag) => KINDS.has(flag) || on.has(flag)).sort();
    if (fixed.length > 0) throw new RegexError(`the flags '${fixed.join("")}' cannot be turned off here`);
    const verbose = (this.#group.verbose || on.has("x")) && !off.has("x");
    this.#push(new Group(`(?${letter}`, { verbose }));
  }

  #setGlobal(on: ReadonlySet<string>): void {
    const group = this.#group;
    if (this.#around.length > 0 || group.branches.length > 0 || group.item !== null) {
      throw new RegexError("flags for the whole pattern do not stand at its start");
    }
    for (const flag of on) {
      this.#flags.add(flag);
    }
    group.verbose = this.#flags.has("x");
  }

  /** Read flags from *letter* on, and give what ends them. */
  #flagsInto(flags: Set<string>, letter: string, ends: string): string {
    let end = letter;
    for (; FLAGS.has(end); end = this.take()) {
      flags.add(end);
    }
    if (end === "" || !ends.includes(end) || flags.size === 0) {
      throw new RegexError(end === "" ? "flags are not closed" : `'${end}' is not a flag`);
    }
    return end;
  }
}

function checkedName(name: string): string {
  if (!IDENTIFIER.test(name)) throw new RegexError(`'${name}' is not the name of a group`);
  return name;
}

function conditionNumber(name: string): number {
  const digits = NUMBER.exec(stripped(name))?.[1]?.replaceAll("_", "") ?? "";
  const number = wholeNumber(digits) ?? 0;
  if (number <= 0 || number >= Math.floor(MOST / 4)) {
    throw new RegexError(`'${name}' is not the name of a group`);
  }
  return number;
}

/** The number that is written; null for none, and one too large for one of many digits. */
function countOf(digits: string): number | null {
  return digits === "" ? null : Math.min(Number(digits), MOST);
}
