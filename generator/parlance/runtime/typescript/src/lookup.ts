/** Ways to look into a document: what is missing, or of a wrong type, is null; nothing fails. */

import { codePoints } from "./characters.js";
import { isArray, isObject, keysOf, own } from "./json.js";
import { escape } from "./violation.js";

/** A pointer, and what stands there. */
export type Place = readonly [pointer: string, value: unknown];

/** The value of a key; null for anything but an object that has it. */
export function get(value: unknown, key: string): unknown {
  return isObject(value) ? (own(value, key) ?? null) : null;
}

/** Whether an object has a key, null or not. */
export function hasKey(value: unknown, key: string): boolean {
  return isObject(value) && own(value, key) !== undefined;
}

/** The value at a key of an object or at a place of an array; null where there is none. */
export function atKey(value: unknown, key: unknown): unknown {
  if (typeof key === "string") return get(value, key);
  return isArray(value) && typeof key === "number" && Number.isInteger(key) ? (value[key] ?? null) : null;
}

/** What a macro goes over: the items of an array, or the keys of an object. */
export function items(value: unknown): readonly unknown[] {
  return isArray(value) ? value : isObject(value) ? keysOf(value) : [];
}

/** Each item with its place, or each value with its key as a token of a pointer. */
export function entries(value: unknown): Iterable<readonly [number | string, unknown]> {
  if (isArray(value)) return value.entries();
  return isObject(value) ? keysOf(value).map((key) => [escape(key), value[key]] as const) : [];
}

/** Each place that *steps* lead to and that is there, with its pointer. */
export function select(value: unknown, steps: readonly string[]): readonly Place[] {
  let places: readonly Place[] = [["", value]];
  for (const step of steps) {
    places = places.flatMap(([at, each]) => below(at, each, step));
  }
  return places;
}

/** Whether *steps* lead to a value of which a test is true. */
export function hasAt(value: unknown, steps: readonly string[], test: (value: unknown) => boolean, from = 0): boolean {
  const step = steps[from];
  if (step === undefined) return test(value);
  if (step !== "*") {
    const below = isObject(value) ? own(value, step) : undefined;
    return below !== undefined && hasAt(below, steps, test, from + 1);
  }
  if (isArray(value)) return value.some((item) => hasAt(item, steps, test, from + 1));
  return isObject(value) && keysOf(value).some((key) => hasAt(value[key], steps, test, from + 1));
}

function below(at: string, value: unknown, step: string): readonly Place[] {
  if (step === "*") {
    return Array.from(entries(value), ([token, item]) => [`${at}/${String(token)}`, item] as const);
  }
  return isObject(value) && hasKey(value, step) ? [[`${at}/${escape(step)}`, value[step]]] : [];
}

/** The value at a pointer; null where there is none. */
export function find(value: unknown, pointer: string): unknown {
  return pointer.split("/").slice(1).reduce(followed, value);
}

/** Whether a local reference such as `#/$defs/a` leads somewhere in a schema. */
export function resolves(reference: unknown, schema: unknown): boolean {
  if (typeof reference !== "string" || !(reference === "#" || reference.startsWith("#/"))) return false;
  return reference === "#" || find(schema, reference.slice(1)) !== null;
}

/** The value at one token of a pointer. */
function followed(value: unknown, token: string): unknown {
  if (isArray(value)) {
    const index = wholeNumber(token);
    return index === null ? null : (value[index] ?? null);
  }
  return get(value, token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The number that a text of decimal digits, of any script, stands for; null for any other text. */
export function wholeNumber(text: string): number | null {
  if (!/^\p{Nd}+$/u.test(text)) return null;
  return Number(codePoints(text).map(digitOf).join(""));
}

/** What a digit counts: those of a script follow each other from zero on, and some scripts follow each other. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(first - 1))) {
    first -= 1;
  }
  return String((code - first) % 10);
}
