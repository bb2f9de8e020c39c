/** What every dialect's validators share: the faults that they report and the words for them. */

import { codePoints, compareText, firstOf, lengthOf } from "./characters.js";
import { isArray, isObject, keysOf, own, sizeOf, type Fields } from "./json.js";
import { isMultiple, isUnique, numberText } from "./values.js";

/** How grave a fault is. */
export type Severity = "error" | "info" | "warning";

/** A value that a constant or a member of an enum may be. */
export type Scalar = boolean | number | string;

/** One fault in a value, and where it is. */
export interface Violation {
  /** Stable and never reused, such as `PAR101`. */
  readonly code: string;
  readonly severity: Severity;
  /** JSON Pointer (RFC 6901) to the fault; to where it should be, for an absent field. */
  readonly pointer: string;
  /** What is wrong, in one sentence without a full stop. */
  readonly message: string;
  /** What to do about it, where that is known. */
  readonly help: string | null;
  /** The names or values that would have been accepted, where they can be listed. */
  readonly known: readonly Scalar[];
  /** Whether the key at the pointer is the fault, rather than the value. */
  readonly onKey: boolean;
  /** What text is expected, such as `application/json`, where the value is of another type. */
  readonly mediaType: string | null;
}

/** Takes faults: an array, or what only wants to know of some. */
export interface Found extends Iterable<Violation> {
  push(violation: Violation): unknown;
}

/** Adds the faults of a value that stands at a pointer. */
export type Collect = (value: unknown, at: string, found: Found) => void;

/** What a violation has beside code, pointer and message. */
export type Details = Partial<Omit<Violation, "code" | "message" | "pointer">>;

/** A violation; an error without help, unless *details* say otherwise. */
export function violation(code: string, pointer: string, message: string, details: Details = {}): Violation {
  const { severity = "error", help = null, known = [], onKey = false, mediaType = null } = details;
  return { code, severity, pointer, message, help, known, onKey, mediaType };
}

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

/** Report an absent field. */
export function missingField(at: string, found: Found, name: string): void {
  found.push(violation("PAR101", `${at}/${escape(name)}`, `required field '${name}' is absent`));
}

/** Warn of an absent field whose absence is tolerated; beside a required one that is absent, it is no mistake of its own. */
export function missingExpected(at: string, found: Found, name: string): void {
  for (const each of found) {
    if (each.code === "PAR101" && each.pointer.slice(0, each.pointer.lastIndexOf("/")) === at) return;
  }
  const text = `documented field '${name}' is absent`;
  found.push(violation("PAR120", `${at}/${escape(name)}`, text, { severity: "warning" }));
}

/** Report a value that matches none of several forms. */
export function noVariant(at: string, found: Found, names: string): void {
  found.push(violation("PAR118", at, `must be ${names}, and matches none of them`));
}

/**
 * Report a value in which each of several checks finds an error.
 *
 * *fields* are those of the records that the checks are about. Where an object plainly means to be one of them, the
 * faults are those that keep it from being that one.
 */
export function checkVariants(
  value: unknown,
  at: string,
  found: Found,
  checks: readonly Collect[],
  names: string,
  ...fields: readonly (readonly string[])[]
): void {
  const attempts: Violation[][] = [];
  let fitting: readonly Violation[] | undefined;
  for (const check of checks) {
    const attempt: Violation[] = [];
    check(value, at, attempt);
    attempts.push(attempt);
    if (!hasError(attempt)) {
      fitting = attempt;
      break;
    }
  }
  fitting ??= isObject(value) ? nearest(value, at, attempts, fields) : undefined;
  if (fitting === undefined) {
    noVariant(at, found, names);
    return;
  }
  for (const each of fitting) {
    found.push(each);
  }
}

/** The faults of the one form that knows most fields of an object, lacks fewest and finds fewest wrong, if it is one. */
function nearest(
  value: Fields,
  at: string,
  attempts: readonly Violation[][],
  fields: readonly (readonly string[])[],
): readonly Violation[] | undefined {
  const names = keysOf(value);
  let best: readonly [number, number, number] = [names.length, 0, 0];
  let chosen: readonly Violation[] | undefined;
  for (const [index, known] of fields.entries()) {
    const attempt = attempts[index] ?? [];
    const strange = names.filter((name) => !known.includes(name)).length;
    const rank = [strange, ...misfits(at, attempt)] as const;
    const order = strange < names.length ? compareRanks(rank, best) : 1;
    if (order === 0) {
      chosen = undefined;
    } else if (order < 0) {
      best = rank;
      chosen = attempt;
    }
  }
  return chosen;
}

function compareRanks(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((each, position) => each !== other[position]);
  return index < 0 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}

/** How many fields are absent from an object, and how many of those that it has are wrong. */
function misfits(at: string, found: readonly Violation[]): readonly [number, number] {
  const errors = found.filter((each) => each.severity === "error" && each.code !== "PAR102");
  const pointers = errors
    .filter((each) => each.code === "PAR101" && each.pointer.slice(0, each.pointer.lastIndexOf("/")) === at)
    .map((each) => each.pointer);
  const absent = new Set(pointers);
  const others = errors.filter((each) => !absent.has(each.pointer));
  const wrong = new Set(others.map((each) => each.pointer.slice(at.length + 1).split("/", 1)[0]));
  return [absent.size, wrong.size];
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

function checkBounds(value: number, at: string, found: Found, bounds: NumberBounds): void {
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

/** Report what keeps a value from being an integer within bounds; warn of one that is spelt. */
export function checkSpeltInteger(value: unknown, at: string, found: Found, bounds: NumberBounds = {}): void {
  if (typeof value !== "string" || !INTEGER.test(value)) {
    checkInteger(value, at, found, bounds);
    return;
  }
  warnOfSpelling(value, at, found, "an integer");
  if (value.length < LONG) {
    checkBounds(Number(value), at, doubting(found, BOUNDS), bounds);
  }
}

/** Report what keeps a value from being a number within bounds; warn of one that is spelt. */
export function checkSpeltNumber(value: unknown, at: string, found: Found, bounds: NumberBounds = {}): void {
  if (typeof value !== "string" || !NUMBER.test(value)) {
    checkNumber(value, at, found, bounds);
    return;
  }
  warnOfSpelling(value, at, found, "a number");
  if (value.length < LONG && Number.isFinite(Number(value))) {
    checkBounds(Number(value), at, doubting(found, BOUNDS), bounds);
  }
}

const BOUNDS = ["PAR106", "PAR107", "PAR108"];
const INTEGER = /^[+-]?[0-9]+$/;
const NUMBER = /^[+-]?(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const TRUTHS: ReadonlySet<unknown> = new Set(["true", "True", "TRUE", "false", "False", "FALSE"]);
/** From this many characters on, the bounds of a spelt number are not looked at: a number may not have all its digits. */
const LONG = 16;

function warnOfSpelling(value: string, at: string, found: Found, what: string): void {
  const text = `${shown(value)} is text, and is read as ${what}`;
  found.push(violation("PAR129", at, text, { severity: "warning", help: "write it without quotes" }));
}

/** Report a value that is neither `true` nor `false`; warn of one that is spelt. */
export function checkSpeltBoolean(value: unknown, at: string, found: Found, expected = "a boolean"): void {
  if (typeof value === "string" && TRUTHS.has(value)) {
    warnOfSpelling(value, at, found, "a boolean");
  } else {
    checkBoolean(value, at, found, expected);
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

/** Report a value that is not exactly *constant*. */
export function checkConstant(value: unknown, at: string, found: Found, constant: Scalar, expected: string): void {
  if (!isScalar(value) || typeof value !== typeof constant) {
    wrongType(value, at, found, expected);
  } else if (value !== constant) {
    found.push(violation("PAR105", at, `must be ${literal(constant)}, not ${shown(value)}`, { known: [constant] }));
  }
}

/** Report why the field *tag* does not choose one of *members*. */
export function checkTag(value: Fields, at: string, found: Found, tag: string, members: readonly string[]): void {
  const choosing = own(value, tag);
  if (choosing === undefined) {
    missingField(at, found, tag);
  } else {
    checkMember(choosing, `${at}/${escape(tag)}`, found, members, "a string");
  }
}

/** How many items or fields there may be. */
export interface CountBounds {
  readonly fewest?: number;
  readonly most?: number;
}

/** Report what is wrong with the number of items, or two equal ones where they must be *unique*. */
export function checkArray(
  items: readonly unknown[],
  at: string,
  found: Found,
  bounds: CountBounds & { readonly unique?: boolean } = {},
): void {
  checkCount(items.length, at, found, bounds, { noun: "item", few: "PAR112", many: "PAR113" });
  if (bounds.unique === true && !isUnique(items)) {
    found.push(violation("PAR114", at, "must not have two equal items"));
  }
}

/** Report what is wrong with the number of fields. */
export function checkMap(value: Fields, at: string, found: Found, bounds: CountBounds = {}): void {
  checkCount(sizeOf(value), at, found, bounds, { noun: "field", few: "PAR115", many: "PAR116" });
}

function checkCount(
  count: number,
  at: string,
  found: Found,
  { fewest = 0, most = Infinity }: CountBounds,
  { noun, few, many }: { readonly noun: string; readonly few: string; readonly many: string },
): void {
  if (count < fewest) {
    found.push(violation(few, at, `must have at least ${counted(fewest, noun)}, has ${String(count)}`));
  }
  if (count > most) {
    found.push(violation(many, at, `must have at most ${counted(most, noun)}, has ${String(count)}`));
  }
}

/** Report the first rule that the key of a map breaks. */
export function invalidKey(at: string, found: Found, key: string, bounds: TextBounds = {}): void {
  const faults: Violation[] = [];
  checkText(key, at, faults, bounds);
  if (faults[0] !== undefined) {
    found.push(violation("PAR117", at, `key ${faults[0].message}`, { onKey: true }));
  }
}

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

/** Passes faults on: those of some codes as warnings, since nothing attests them. */
export function doubting(found: Found, codes: readonly string[]): Found {
  return {
    push(fault: Violation): void {
      const isDoubtful = codes.includes(fault.code);
      found.push(isDoubtful ? { ...fault, severity: "warning", help: fault.help ?? DOUBT } : fault);
    },
    [Symbol.iterator]: () => found[Symbol.iterator](),
  };
}

const DOUBT = "this is so elsewhere; nothing shows yet that this server refuses it, too";

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

/** Ends a check whose only question is whether there is an error. */
export class ErrorFound extends Error {
  override readonly name = "ErrorFound";
}

/** One for all: what is thrown to be caught at once needs no trace of its own, which takes long to make. */
const ERROR_FOUND = new ErrorFound("there is an error");

/** Takes faults, and throws `ErrorFound` at the first of severity `error`. */
export class FirstError implements Found {
  /** Pass over what is no error. */
  push(fault: Violation): void {
    if (fault.severity === "error") throw ERROR_FOUND;
  }

  /** Nothing: no fault is kept. */
  [Symbol.iterator](): Iterator<Violation> {
    return [][Symbol.iterator]();
  }
}

/** Whether one of the faults is of severity `error`. */
export function hasError(found: Iterable<Violation>): boolean {
  for (const each of found) {
    if (each.severity === "error") return true;
  }
  return false;
}

/** Each fault with the severity that a dialect assigns to its code, without those that it switches off. */
export function withSeverities(
  found: Iterable<Violation>,
  severities: ReadonlyMap<string, Severity | "off">,
): Violation[] {
  const kept: Violation[] = [];
  for (const each of found) {
    const severity = severities.get(each.code) ?? each.severity;
    if (severity !== "off") {
      kept.push({ ...each, severity });
    }
  }
  return kept;
}

/** Write a name as one token of a JSON Pointer. */
export function escape(name: string): string {
  return name.includes("~") || name.includes("/") ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name;
}

/** Whether *text* contains a match of a regular expression, which has the flag `u` and no state. */
export function matches(expression: RegExp, text: string): boolean {
  return expression.test(text);
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

/** The JSON type of a value as words of a message. */
export function typeOf(value: unknown): string {
  switch (typeof value) {
    case "boolean": return "a boolean";
    case "string": return "a string";
    case "number": return "a number";
    default:
      return value === null ? "null" : isArray(value) ? "an array" : isObject(value) ? "an object" : "no JSON value";
  }
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function counted(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${String(number)} ${noun}s`;
}

function literal(value: Scalar): string {
  return typeof value === "string" ? `'${value}'` : typeof value === "number" ? numberText(value) : String(value);
}

/** Write a value for a message, cut where it is long. */
function shown(value: Scalar): string {
  const text = literal(value);
  return lengthOf(text) <= 60 ? text : `${firstOf(text, 56)}...'`;
}

/** List members for a message, the first of many. */
function choice(members: readonly Scalar[]): string {
  const first = members.slice(0, 12).map(literal);
  if (members.length > first.length) {
    return `one of ${first.join(", ")} or ${String(members.length - first.length)} more`;
  }
  const last = first.pop() ?? "";
  return first.length > 0 ? `${first.join(", ")} or ${last}` : last;
}
