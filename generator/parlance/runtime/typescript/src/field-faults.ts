/** What a dialect does with fields and values of its own, of others, and of nobody. */

import { codePoints, compareText } from "./characters.js";
import { keysOf, own, type Fields } from "./json.js";
import { shown } from "./value-words.js";
import { numberText } from "./values.js";
import { escape, violation, type Found, type Severity, type Violation } from "./violation.js";

/** Report a field that the dialect knows, and refuses whatever it holds. */
export function refusedField(at: string, found: Found, name: string, dialect: string, evidence: string): void {
  const help = `leave it out; ${evidence}`;
  found.push(violation("PAR124", `${at}/${escape(name)}`, `${dialect} refuses '${name}'`, { help, onKey: true }));
}

/** What is said of a field or a value that is known, beside code and words. */
export interface PolicyDetails {
  readonly severity?: Severity;
  readonly onKey?: boolean;
  /** The name that a field has there. */
  readonly instead?: string;
}

/** Report what the dialect does with a field or a value that it knows. */
export function notePolicy(
  at: string,
  found: Found,
  code: string,
  text: string,
  help: string,
  details: PolicyDetails = {},
): void {
  const { severity = "warning", onKey = false, instead } = details;
  found.push(violation(code, at, text, { severity, help, onKey, known: instead === undefined ? [] : [instead] }));
}

/** Warn of a number beyond bounds, which becomes the nearer of them. */
export function checkClamped(
  value: unknown,
  at: string,
  found: Found,
  help: string,
  { least = -Infinity, most = Infinity }: { readonly least?: number; readonly most?: number },
): void {
  const isRefused = (): boolean => [...found].some((each) => each.pointer === at);
  if (typeof value === "number" && (value < least || value > most) && !isRefused()) {
    const text = `${shown(value)} becomes ${numberText(value < least ? least : most)}`;
    found.push(violation("PAR126", at, text, { severity: "warning", help }));
  }
}

/** What a dialect does with fields that it does not know. */
export type UnknownFields = "ignore" | "keep" | "refuse";

/** What a dialect knows of fields beyond its own. */
export interface Beyond {
  /** Fields that are known, and reported elsewhere; nothing is taken for one of them misspelt. */
  readonly refused?: ReadonlySet<string>;
  /** Of fields from elsewhere, what they are and what to do; they are no misspellings. */
  readonly foreign?: ReadonlyMap<string, readonly [what: string, help: string | null]>;
}

/** Report the keys that are not among *fields*. */
export function checkUnknown(
  value: Fields,
  at: string,
  found: Found,
  fields: ReadonlySet<string>,
  policy: UnknownFields,
  beyond: Beyond = {},
): void {
  const known = [...fields].filter((name) => beyond.refused?.has(name) !== true).sort(compareText);
  for (const name of keysOf(value)) {
    if (!fields.has(name)) {
      const fault = unknownField(value, name, known, policy, beyond);
      if (fault !== null) {
        found.push({ ...fault, pointer: `${at}/${escape(name)}` });
      }
    }
  }
}

function unknownField(
  value: Fields,
  name: string,
  known: readonly string[],
  policy: UnknownFields,
  beyond: Beyond,
): Violation | null {
  const foreign = beyond.foreign?.get(name);
  const severity = "warning";
  const isDropped = policy === "ignore" && own(value, name) !== null; // an ignored null does what an absent field does
  if (foreign !== undefined) {
    const [what, help] = foreign;
    if (policy === "refuse") return violation("PAR102", "", `unknown field '${name}', ${what}`, { help });
    const text = `field '${name}', ${what}, is ignored`;
    return isDropped ? violation("PAR122", "", text, { severity, help }) : null;
  }
  if (policy === "refuse") return violation("PAR102", "", `unknown field '${name}'`, { known });
  if (known.some((other) => own(value, other) === undefined && isNear(name, other))) {
    return violation("PAR121", "", `unknown field '${name}' resembles a known one`, { known, severity });
  }
  const text = `unknown field '${name}' is ignored`;
  return isDropped ? violation("PAR122", "", text, { known, severity }) : null;
}

/** Whether one name becomes the other by two edits; fewer where it is short. */
function isNear(name: string, other: string): boolean {
  const left = codePoints(name);
  const right = codePoints(other);
  const shorter = Math.min(left.length, right.length);
  const allowed = (shorter > 1 ? 1 : 0) + (shorter > 4 ? 1 : 0);
  if (Math.abs(left.length - right.length) > allowed) return false;
  return name.toLowerCase() === other.toLowerCase() || edits(left, right) <= allowed;
}

/** How many insertions, deletions and substitutions lead from one word to the other. */
function edits(left: readonly string[], right: readonly string[]): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [index, letter] of left.entries()) {
    const before = row;
    row = [index + 1];
    for (const [place, other] of right.entries()) {
      const changed = at(before, place) + (letter === other ? 0 : 1);
      row.push(Math.min(at(before, place + 1) + 1, at(row, place) + 1, changed));
    }
  }
  return at(row, right.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
