/** What operators and functions of an expression make of JSON values; null stands for no value. */

import { compareText, lengthOf } from "./characters.js";
import { isArray, isObject, keysOf, own, sizeOf, typeName, type Fields } from "./json.js";
import { items } from "./lookup.js";

/** How many pairs of values are compared before it is remembered which. */
const MOST_FORGOTTEN = 1_000;

/** From which length on an array is made ready to be looked into. */
const SHORT = 16;

/** An operator that asks for an order. */
export type Comparison = "<" | "<=" | ">" | ">=";

/** Whether two values are the same JSON. */
export function equal(left: unknown, right: unknown): boolean {
  const ahead: [unknown, unknown][] = [[left, right]];
  let compared: Map<unknown, Set<unknown>> | undefined;
  for (let steps = 0; ahead.length > 0; steps += 1) {
    // Not by recursion: they may be nested deeply.
    const [one, other] = ahead.pop() ?? [];
    if (!isAlike(one, other)) return false;
    if (steps >= MOST_FORGOTTEN) {
      // They may lie within themselves, or in many places at once: no pair is gone into twice.
      compared ??= new Map();
      const others = compared.get(one) ?? new Set();
      if (others.has(other)) continue;
      compared.set(one, others.add(other));
    }
    pushPairs(one, other, ahead);
  }
  return true;
}

/** Whether two values are of one type and size, and the same unless something is in them. */
function isAlike(one: unknown, other: unknown): boolean {
  if (isArray(one)) return isArray(other) && one.length === other.length;
  if (isObject(one)) return isObject(other) && sizeOf(one) === sizeOf(other);
  return one === other;
}

function pushPairs(one: unknown, other: unknown, ahead: [unknown, unknown][]): void {
  if (isArray(one) && isArray(other)) {
    for (const [index, item] of one.entries()) {
      ahead.push([item, other[index]]);
    }
  } else if (isObject(one) && isObject(other)) {
    for (const key of keysOf(one)) {
      ahead.push([one[key], own(other, key)]);
    }
  }
}

/** Whether a number, a string or a boolean stands to its like as *operator* says. */
export function compare(operator: Comparison, left: unknown, right: unknown): boolean {
  const order = orderOf(left, right);
  switch (operator) {
    case "<": return order < 0;
    case "<=": return order <= 0;
    case ">": return order > 0;
    case ">=": return order >= 0;
  }
}

/** Less than 0, 0 or more than 0, as the one comes before the other; NaN where there is no order. */
function orderOf(left: unknown, right: unknown): number {
  if (typeof left === "string" && typeof right === "string") return compareText(left, right);
  if (typeof left === "boolean" && typeof right === "boolean") return Number(left) - Number(right);
  if (typeof left === "number" && typeof right === "number") return left > right ? 1 : left < right ? -1 : 0;
  return NaN;
}

/** The items of a long array, in which strings are found quickly. */
export class SearchedItems {
  readonly items: readonly unknown[];
  readonly texts: ReadonlySet<unknown>;

  /** Keep what is given. */
  constructor(all: readonly unknown[]) {
    this.items = all;
    this.texts = new Set(all.filter((item) => typeof item === "string"));
  }
}

/** What is looked into again and again: a long array made ready, anything else as it is. */
export function members(value: unknown): unknown {
  return isArray(value) && value.length > SHORT ? new SearchedItems(value) : value;
}

/** Whether an array has an equal item, or an object the key. */
export function isIn(value: unknown, container: unknown): boolean {
  if (container instanceof SearchedItems) {
    return typeof value === "string" ? container.texts.has(value) : isItem(value, container.items);
  }
  if (isArray(container)) return isItem(value, container);
  return typeof value === "string" && isObject(container) && own(container, value) !== undefined;
}

/** Whether a value is one of some strings. */
export function isOneOf(value: unknown, texts: readonly unknown[]): boolean {
  return texts.includes(value);
}

function isItem(value: unknown, all: readonly unknown[]): boolean {
  return typeof value === "string" ? all.includes(value) : all.some((item) => equal(value, item));
}

/** Whether an item of an array, or a key of an object, is not in another. */
export function lacksAny(container: unknown, required: unknown): boolean {
  const isContainer = isArray(container) || isObject(container);
  return items(required).some((each) => !isContainer || !isIn(each, container));
}

/** A sum of numbers, or two strings or arrays in one; null for anything else. */
export function plus(left: unknown, right: unknown): unknown {
  if (typeof left === "string" && typeof right === "string") return left + right;
  if (isArray(left) && isArray(right)) return [...left, ...right];
  return typeof left === "number" && typeof right === "number" ? left + right : null;
}

/** A difference of numbers; null for anything else. */
export function minus(left: unknown, right: unknown): number | null {
  return typeof left === "number" && typeof right === "number" ? left - right : null;
}

/** A product of numbers; null for anything else. */
export function times(left: unknown, right: unknown): number | null {
  return typeof left === "number" && typeof right === "number" ? left * right : null;
}

/** The sum of the numbers in an array. */
export function total(values: unknown): number {
  let sum = 0;
  for (const each of items(values)) {
    sum += typeof each === "number" ? each : 0;
  }
  return sum;
}

/** How many code points, items or entries; null for anything else. */
export function size(value: unknown): number | null {
  if (typeof value === "string") return lengthOf(value);
  return isArray(value) ? value.length : isObject(value) ? sizeOf(value) : null;
}

/** Whether a string, an array or an object has more than so many code points, items or entries. */
export function hasMoreThan(value: unknown, most: number): boolean {
  // A code point is one or two units of UTF-16.
  if (typeof value === "string") return value.length > 2 * most || (value.length > most && lengthOf(value) > most);
  return (size(value) ?? -1) > most;
}

/** An object but for some of its keys; null for anything else. */
export function without(value: unknown, keys: unknown): Fields | null {
  if (!isObject(value)) return null;
  const kept = keysOf(value).filter((key) => !isIn(key, keys));
  return Object.fromEntries(kept.map((key) => [key, value[key]]));
}

const SCHEMA_TYPES = {
  bool: "boolean",
  list: "array",
  map: "object",
  null: "null",
  number: "number",
  string: "string",
  unknown: "unknown",
} as const;

/** Whether a value is of a type of JSON Schema, or of one in an array of them. */
export function hasType(value: unknown, types: unknown): boolean {
  const names = isArray(types) ? types : [types];
  if (typeof value === "number" && names.includes("integer") && Number.isInteger(value)) return true;
  const name = SCHEMA_TYPES[typeName(value)];
  return name !== "unknown" && names.includes(name);
}

export { typeName };
