/** The words of a fault for values, types and numbers of things. */

import { firstOf, lengthOf } from "./characters.js";
import { isArray, isObject } from "./json.js";
import { numberText } from "./values.js";
import type { Scalar } from "./violation.js";

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

export function isScalar(value: unknown): value is Scalar {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

export function counted(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${String(number)} ${noun}s`;
}

export function literal(value: Scalar): string {
  return typeof value === "string" ? `'${value}'` : typeof value === "number" ? numberText(value) : String(value);
}

/** Write a value for a message, cut where it is long. */
export function shown(value: Scalar): string {
  const text = literal(value);
  return lengthOf(text) <= 60 ? text : `${firstOf(text, 56)}...'`;
}

/** List members for a message, the first of many. */
export function choice(members: readonly Scalar[]): string {
  const first = members.slice(0, 12).map(literal);
  if (members.length > first.length) {
    return `one of ${first.join(", ")} or ${String(members.length - first.length)} more`;
  }
  const last = first.pop() ?? "";
  return first.length > 0 ? `${first.join(", ")} or ${last}` : last;
}
