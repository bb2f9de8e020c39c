/** Values as words of a message. */

import { firstOf, lengthOf } from "./characters.js";
import { isArray, isObject, own, type Fields } from "./json.js";
import { string } from "./text.js";

/** Write values for a message, one after the other; `none` where there are none. */
export function listed(values: readonly unknown[]): string {
  return values.map(shown).join(", ") || "none";
}

/** Write a value for a message, cut where it is long. */
export function shown(value: unknown): string {
  const text = spelled(value);
  return lengthOf(text) <= 60 ? text : `${firstOf(text, 57)}...`;
}

function spelled(value: unknown): string {
  if (isArray(value)) return "a list";
  return isObject(value) ? "an object" : (string(value) ?? "null");
}

/** *template* with each `{name}` replaced; never looks into what a value says. */
export function filled(template: string, values: Fields): string {
  const [first = "", ...parts] = template.split("{");
  return first + parts.map((part) => filledPart(part, values)).join("");
}

/** What stands from one brace to the next. */
function filledPart(part: string, values: Fields): string {
  const end = part.indexOf("}");
  const name = part.slice(0, Math.max(end, 0));
  const isPlaceholder = end >= 0 && Object.hasOwn(values, name);
  return isPlaceholder ? shown(own(values, name)) + part.slice(end + 1) : `{${part}`;
}
