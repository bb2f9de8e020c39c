/**
 * Whether JSON values are equal, whether a number is a multiple of another, and how numbers are written.
 *
 * A number is the decimal number that its shortest text says, so that 19.99 is a multiple of 0.01.
 */

import { isArray, isObject, keysOf } from "./json.js";
import { Visits } from "./visits.js";

/** How often one object may stand in a value whose text is compared. */
const MOST_SHARED = 1_000;

/**
 * Turn a value into one that can be a key of a Map: equal values give the same.
 *
 * What is not JSON, or holds it, is equal to itself only; so is what lies within itself, or holds one object too often.
 */
export function comparable(value: unknown): unknown {
  if (typeof value === "string") return `"${value}`;
  if (typeof value !== "object" || value === null) return value;
  const parts: string[] = [];
  const visits = new Visits(MOST_SHARED);
  const ahead: unknown[] = [value];
  while (ahead.length > 0) {
    // Not by recursion: it may be nested deeply.
    const each = ahead.pop();
    if (typeof each === "object" && each !== null && !visits.admits(each)) return value;
    const part = partOf(each, ahead);
    if (part === undefined) return value;
    parts.push(part);
  }
  return parts.join("");
}

/** What distinguishes a value from others, but for what is in it, which is still *ahead*; undefined for what is not JSON. */
function partOf(value: unknown, ahead: unknown[]): string | undefined {
  if (value === null || typeof value === "boolean") return `${String(value)},`;
  if (typeof value === "number") {
    return `${String(value)},`; // -0 is written as 0
  }
  if (typeof value === "string") return textPart(value);
  if (isArray(value)) {
    for (const item of value) {
      ahead.push(item);
    }
    return `[${value.length.toString()},`;
  }
  if (!isObject(value)) return undefined;
  const names = keysOf(value).sort();
  for (const name of names) {
    ahead.push(value[name]);
  }
  return `{${names.length.toString()},${names.map(textPart).join("")}`;
}

function textPart(text: string): string {
  return `"${text.length.toString()},${text}`;
}

/** Say whether no two items are equal. */
export function isUnique(items: readonly unknown[]): boolean {
  return new Set(Array.from(items, comparable)).size === items.length;
}

/** Say whether *value*, as a decimal number, is an integral multiple of *step*. */
export function isMultiple(value: number, step: number): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(step)) return value % step === 0;
  if (!Number.isFinite(value)) return false;
  const dividend = decimal(value);
  const divisor = decimal(step);
  const least = Math.min(dividend.power, divisor.power);
  return scaled(dividend, least) % scaled(divisor, least) === 0n;
}

interface Decimal {
  readonly digits: bigint;
  readonly power: number;
}

/** Split a finite number into an integer and the power of ten that it is to be multiplied by. */
function decimal(value: number): Decimal {
  const [mantissa = "", exponent = "0"] = String(value).split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  return { digits: BigInt(whole + fraction), power: Number(exponent) - fraction.length };
}

/** The largest powers of ten that come up are those of two floats, so that no exponent takes long. */
function scaled(number: Decimal, power: number): bigint {
  return number.digits * 10n ** BigInt(number.power - power);
}

/**
 * Write a number as messages do: 0.0001 as it is, anything nearer to zero as `1e-05`, and whole numbers without a point.
 */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0 || Math.abs(value) >= 1e-4) return String(value);
  return value.toExponential().replace(/e-(\d)$/u, "e-0$1");
}
