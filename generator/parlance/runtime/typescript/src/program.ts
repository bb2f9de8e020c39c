/** What the straight-line code of validators asks of values whose kind it knows. */

import { lengthOf } from "./characters.js";
import { keysOf, sizeOf, type Fields } from "./json.js";
import {
  ErrorFound,
  FirstError,
  withSeverities,
  type Collect,
  type Severity,
  type Violation,
} from "./violation.js";

/** How many characters a string has, how many items an array, how many fields an object. */
export function count(value: Fields | readonly unknown[] | string): number {
  if (typeof value === "string") return lengthOf(value);
  return isItems(value) ? value.length : sizeOf(value);
}

/** Whether a value has so many characters, items or fields, or more; it is not counted where that is plain to see. */
export function hasAtLeast(value: Fields | readonly unknown[] | string, least: number): boolean {
  if (typeof value !== "string") return count(value) >= least;
  // A character is one or two units of UTF-16.
  return value.length >= 2 * least || (value.length >= least && lengthOf(value) >= least);
}

/** Whether a value has so many characters, items or fields, or fewer. */
export function hasAtMost(value: Fields | readonly unknown[] | string, most: number): boolean {
  if (typeof value !== "string") return count(value) <= most;
  return value.length <= most || (value.length <= 2 * most && lengthOf(value) <= most);
}

function isItems(value: Fields | readonly unknown[]): value is readonly unknown[] {
  return Array.isArray(value);
}

/** The fields of an object, each with its value. */
export function fieldsOf(value: Fields): [string, unknown][] {
  return keysOf(value).map((key) => [key, value[key]]);
}

/** Whether an object has no other fields than some. */
export function hasOnly(value: Fields, fields: ReadonlySet<string>): boolean {
  return keysOf(value).every((key) => fields.has(key));
}

/** Whether nothing that a check collects in a whole document is an error. */
export function hasNoError(collect: Collect, value: unknown): boolean {
  try {
    collect(value, "", new FirstError());
    return true;
  } catch (error) {
    if (error instanceof ErrorFound) return false;
    throw error;
  }
}

/** A check whose findings have the severities that a dialect gives to their codes. */
export function withAssigned(collect: Collect, severities: ReadonlyMap<string, Severity | "off">): Collect {
  return (value, at, found) => {
    const all: Violation[] = [];
    collect(value, at, all);
    for (const each of withSeverities(all, severities)) {
      found.push(each);
    }
  };
}
