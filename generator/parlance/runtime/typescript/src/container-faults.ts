/** What is wrong with the fields of an object, the items of an array, or all forms of a value. */

import { isObject, keysOf, own, sizeOf, type Fields } from "./json.js";
import { checkMember, checkText, type TextBounds } from "./scalar-faults.js";
import { counted } from "./value-words.js";
import { isUnique } from "./values.js";
import { escape, hasError, violation, type Collect, type Found, type Violation } from "./violation.js";

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
