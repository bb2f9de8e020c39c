/** What strings say and hold: JSON, base64, data URLs. */

import { beginsWith, containsText, endsWithText, stripped } from "./characters.js";
import { isObject } from "./json.js";
import { numberText } from "./values.js";
import { matches } from "./pattern-search.js";

const NO_BASE64 = /[^A-Za-z0-9+/]/u;
const DATA = /^data:/iu;

/** A number or a boolean as text, a string as it is; null for anything else. */
export function string(value: unknown): string | null {
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return numberText(value);
  return typeof value === "string" ? value : null;
}

/** Whether a string begins with another. */
export function startsWith(value: unknown, beginning: unknown): boolean {
  return typeof value === "string" && typeof beginning === "string" && beginsWith(value, beginning);
}

/** Whether a string ends with another. */
export function endsWith(value: unknown, end: unknown): boolean {
  return typeof value === "string" && typeof end === "string" && endsWithText(value, end);
}

/** Whether a string contains another. */
export function contains(value: unknown, part: unknown): boolean {
  return typeof value === "string" && typeof part === "string" && containsText(value, part);
}

/** Whether a string contains a match of a regular expression. */
export function matchesPattern(value: unknown, expression: RegExp): boolean {
  return typeof value === "string" && matches(expression, value);
}

/** Whether a string is JSON text. */
export function isJson(value: unknown): boolean {
  return parsed(value) !== undefined;
}

/** Whether a string is the JSON text of an object. */
export function isJsonObject(value: unknown): boolean {
  return isObject(parsed(value));
}

/** What a string is the JSON text of; undefined where it is none. */
function parsed(value: unknown): unknown {
  if (typeof value !== "string") return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** From which length on the engine's own decoder finds out sooner than an expression whether a string is base64. */
const LONG = 256;

/** What the decoder passes over, and base64 has not. */
const WHITE_SPACE = ["\t", "\n", "\f", "\r", " "];

/** The decoder of base64, which not every engine has; it throws an exception at what is none. */
const decoder = (globalThis as { atob?: (text: string) => string }).atob;

/** Whether a string is base64, padded, of the standard alphabet. */
export function isBase64(value: unknown): boolean {
  if (typeof value !== "string" || value.length % 4 !== 0) return false;
  if (value.length >= LONG && decoder !== undefined) return isDecodable(value, decoder);
  const end = value.search(NO_BASE64);
  return end < 0 || value.slice(end) === "=" || value.slice(end) === "==";
}

function isDecodable(text: string, decode: (text: string) => string): boolean {
  if (WHITE_SPACE.some((space) => text.includes(space))) return false;
  try {
    decode(text);
    return true;
  } catch {
    return false;
  }
}

/** How many bytes a base64 string stands for; null if it is none. */
export function byteSize(value: unknown): number | null {
  if (typeof value !== "string" || !isBase64(value)) return null;
  const padding = value.endsWith("==") ? 2 : value.endsWith("=") ? 1 : 0;
  return (value.length / 4) * 3 - padding;
}

/** The media type of a data URL in lower case; null for any other string. */
export function mimeType(value: unknown): string | null {
  if (typeof value !== "string" || !DATA.test(value) || !value.includes(",")) return null;
  const [parameters = ""] = value.slice("data:".length, value.indexOf(",")).split(";", 1);
  return stripped(parameters).toLowerCase();
}

/** What a data URL carries after its comma; null for any other string. */
export function dataOf(value: unknown): string | null {
  if (typeof value !== "string" || !DATA.test(value) || !value.includes(",")) return null;
  return value.slice(value.indexOf(",") + 1);
}
