/**
 * What counts as JSON among the values of JavaScript, which may come from anywhere.
 *
 * - An object is one of a literal, of `JSON.parse`, of another realm, or without a prototype. Only enumerable properties
 *   that it has itself count, never what it inherits; one that is undefined is absent.
 * - An array is what `Array.isArray` takes for one. What it lacks is a value of no type; a long one that lacks anything is
 *   no array, so that nobody walks through four billion holes.
 * - NaN and the infinities are numbers that no check takes for a number.
 * - Whatever else JSON cannot say (functions, symbols, bigints, Dates, Maps, instances of classes, undefined in an array)
 *   is a value of no type: neither object nor array, and equal to itself only.
 * - Getters and Proxies are read like anything else. What they throw is thrown; `plain` and `holds` of `plain.ts` catch it.
 * - What lies within itself is walked through once; `plain` refuses it.
 */

/** What `JSON.parse` gives. */
export type Json = boolean | number | string | null | readonly Json[] | { readonly [key: string]: Json };

/** An object of which only the keys that it has itself are looked at. */
export type Fields = Readonly<Record<string, unknown>>;

/** A type of JSON, or `unknown` for what is not JSON; a whole number is a number like any other. */
export type TypeName = "bool" | "list" | "map" | "null" | "number" | "string" | "unknown";

/** Up to which length the items of an array are not looked for one by one before they are gone through. */
const LONGEST_TRUSTED = 65_536;

/** Whether a value is a plain object: one of a literal, of `JSON.parse`, or without a prototype. */
export function isObject(value: unknown): value is Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === Object.prototype || prototype === null) return true;
  // Objects of another realm, such as a frame or a test runner's sandbox, have another root than ours.
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "hasOwnProperty");
}

/** Whether a value is an array; one that is long only because most of it is missing is none. */
export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && (value.length <= LONGEST_TRUSTED || isDense(value));
}

/** The lengths at which long arrays lacked nothing: whoever asks for each of their items asks again and again. */
const dense = new WeakMap<object, number>();

function isDense(items: readonly unknown[]): boolean {
  if (dense.get(items) === items.length) return true;
  for (let index = 0; index < items.length; index += 1) {
    if (!Object.hasOwn(items, index)) return false;
  }
  dense.set(items, items.length);
  return true;
}

/** The value that an object itself has at a key; undefined where it has none. */
export function own(value: Fields, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The keys at which an object has a value. */
export function keysOf(value: Fields): string[] {
  const keys = Object.keys(value);
  return keys.some((key) => value[key] === undefined) ? keys.filter((key) => value[key] !== undefined) : keys;
}

/** The values at the keys of an object. */
export function valuesOf(value: Fields): unknown[] {
  return keysOf(value).map((key) => value[key]);
}

/** Whether an object of plain data, to which nothing is inherited, has a value at any of some keys. */
export function hasAny(value: Fields, keys: ReadonlySet<string>): boolean {
  for (const key in value) {
    if (keys.has(key) && value[key] !== undefined) return true;
  }
  return false;
}

/** How many keys have a value. */
export function sizeOf(value: Fields): number {
  let size = 0;
  for (const key in value) {
    // Somebody may have given all objects a key.
    if (value[key] !== undefined && Object.hasOwn(value, key)) {
      size += 1;
    }
  }
  return size;
}

/** The type of a value. */
export function typeName(value: unknown): TypeName {
  switch (typeof value) {
    case "boolean": return "bool";
    case "number": return "number";
    case "string": return "string";
    case "object":
      if (value === null) return "null";
      return isArray(value) ? "list" : isObject(value) ? "map" : "unknown";
    default: return "unknown";
  }
}
