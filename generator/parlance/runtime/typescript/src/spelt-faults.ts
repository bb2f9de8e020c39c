/** The same of values that may be spelt as text, where a server converts them. */

import { checkBoolean, checkBounds, checkInteger, checkNumber, type NumberBounds } from "./scalar-faults.js";
import { shown } from "./value-words.js";
import { doubting, violation, type Found } from "./violation.js";

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
