/** What keeps a value from being a string, a number, a boolean or one of some values. */

import { codePoints, lengthOf } from "./characters.js";
import { matches } from "./pattern-search.js";
import { choice, counted, isScalar, literal, shown, typeOf } from "./value-words.js";
import { isMultiple, numberText } from "./values.js";
import { violation, type Found, type Scalar } from "./violation.js";

/** Report a value of the wrong JSON type; *expected* is a phrase such as `a string or null`. */
export function wrongType(
  value: unknown,
  at: string,
  found: Found,
  expected: string,
  mediaType: string | null = null,
): void {
  const code = value === null ? "PAR104" : "PAR103";
  found.push(violation(code, at, `must be ${expected}, not ${typeOf(value)}`, { mediaType }));
}

/** The bounds of a string; lengths in code points. */
export interface TextBounds {
  readonly shortest?: number;
  readonly longest?: number;
  /** ECMA-262, as the spec has it, and what a fault shows. */
  readonly pattern?: string;
  /** The same to search with. */
  readonly search?: RegExp;
  readonly expected?: string;
  readonly mediaType?: string;
}

/** Report what keeps a value from being a string within bounds. */
export function checkText(value: unknown, at: string, found: Found, bounds: TextBounds = {}): void {
  const { shortest = 0, longest = Infinity, expected = "a string", mediaType = null } = bounds;
  if (typeof value !== "string") {
    wrongType(value, at, found, expected, mediaType);
    return;
  }
  const length = lengthOf(value);
  if (length < shortest) {
    const text = `must have at least ${String(shortest)} characters, has ${String(length)}`;
    found.push(violation("PAR109", at, shortest === 1 ? "must not be empty" : text));
  }
  if (length > longest) {
    found.push(violation("PAR110", at, `must have at most ${counted(longest, "character")}, has ${String(length)}`));
  }
  if (bounds.search !== undefined && length >= shortest && !matches(bounds.search, value)) {
    found.push(violation("PAR111", at, `must match ${String(bounds.pattern)}`));
  }
}

/** An end of a range; an integer that no number keeps all digits of is a bigint. */
export type Bound = bigint | number;

/** The bounds of a number. */
export interface NumberBounds {
  readonly least?: Bound;
  readonly most?: Bound;
  readonly above?: Bound;
  readonly below?: Bound;
  readonly step?: number;
  readonly expected?: string;
}

/** Report what keeps a value from being an integer within bounds. */
export function checkInteger(value: unknown, at: string, found: Found, bounds: NumberBounds = {}): void {
  const { expected = "an integer" } = bounds;
  if (typeof value !== "number") {
    wrongType(value, at, found, expected);
  } else if (!Number.isInteger(value)) {
    found.push(violation("PAR103", at, `must be ${expected}, not a fraction`));
  } else {
    checkBounds(value, at, found, bounds);
  }
}

/** Report what keeps a value from being a finite number within bounds. */
export function checkNumber(value: unknown, at: string, found: Found, bounds: NumberBounds = {}): void {
  const { expected = "a number" } = bounds;
  if (typeof value !== "number") {
    wrongType(value, at, found, expected);
  } else if (!Number.isFinite(value)) {
    found.push(violation("PAR103", at, `must be ${expected}, not NaN or infinite`));
  } else {
    checkBounds(value, at, found, bounds);
  }
}

export function checkBounds(value: number, at: string, found: Found, bounds: NumberBounds): void {
  const { least, above, most, below, step } = bounds;
  const report = (code: string, phrase: string, bound: Bound): void => {
    const text = typeof bound === "bigint" ? String(bound) : numberText(bound);
    found.push(violation(code, at, `must be ${phrase} ${text}, is ${shown(value)}`));
  };
  if (least !== undefined && value < Number(least)) {
    report("PAR106", "at least", least);
  }
  if (above !== undefined && value <= Number(above)) {
    report("PAR106", "more than", above);
  }
  if (most !== undefined && value > Number(most)) {
    report("PAR107", "at most", most);
  }
  if (below !== undefined && value >= Number(below)) {
    report("PAR107", "less than", below);
  }
  if (step !== undefined && !isMultiple(value, step)) {
    report("PAR108", "a multiple of", step);
  }
}

/** Report a value that is neither `true` nor `false`. */
export function checkBoolean(value: unknown, at: string, found: Found, expected = "a boolean"): void {
  if (typeof value !== "boolean") {
    wrongType(value, at, found, expected);
  }
}

/** Report a value that is not one of *members*, all strings or all integers. */
export function checkMember(
  value: unknown,
  at: string,
  found: Found,
  members: readonly (number | string)[],
  expected: string,
): void {
  if (!(typeof value === "string" || typeof value === "number") || typeof value !== typeof members[0]) {
    wrongType(value, at, found, expected);
  } else if (!members.includes(value)) {
    found.push(violation("PAR105", at, `must be ${choice(members)}, not ${shown(value)}`, { known: members }));
  }
}

/** Warn of a text of one's own that is spelt almost like one of *known*. */
export function checkResemblance(value: string, at: string, found: Found, known: readonly string[]): void {
  const length = lengthOf(value);
  if (known.some((other) => Math.abs(length - lengthOf(other)) <= 1 && isMisspelt(value, other))) {
    const text = `${shown(value)} is spelt almost like a known value`;
    found.push(violation("PAR123", at, text, { known, severity: "warning" }));
  }
}

/** Whether one edit, or case, is all that two names differ by, and both are of one version. */
function isMisspelt(value: string, other: string): boolean {
  const left = codePoints(value.toLowerCase());
  const right = codePoints(other.toLowerCase());
  if (version(left) !== version(right)) return false;
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) {
    start += 1;
  }
  let end = 0;
  const room = Math.min(left.length, right.length) - start;
  while (end < room && left[left.length - 1 - end] === right[right.length - 1 - end]) {
    end += 1;
  }
  const one = left.slice(start, left.length - end);
  const two = right.slice(start, right.length - end);
  const isSwapped = one.length === 2 && two.length === 2 && one[0] === two[1] && one[1] === two[0];
  return Math.max(one.length, two.length) <= 1 || isSwapped;
}

/** What distinguishes one version of a thing from the next, in names. */
function version(letters: readonly string[]): string {
  return letters.filter((letter) => /[0-9.]/u.test(letter)).join("");
}

/** Report a value that is not exactly *constant*. */
export function checkConstant(value: unknown, at: string, found: Found, constant: Scalar, expected: string): void {
  if (!isScalar(value) || typeof value !== typeof constant) {
    wrongType(value, at, found, expected);
  } else if (value !== constant) {
    found.push(violation("PAR105", at, `must be ${literal(constant)}, not ${shown(value)}`, { known: [constant] }));
  }
}
