/** Values as JSON text: in the usual way, with a space after commas and colons, or without. */

import { isArray, isObject, keysOf } from "../json.js";
import { numberText } from "../values.js";

/** What stands between items, and between key and value. */
interface Style {
  readonly comma: string;
  readonly colon: string;
}

const SPACED: Style = { comma: ", ", colon: ": " };
const DENSE: Style = { comma: ",", colon: ":" };

/** A value as JSON in one line. */
export function spacedJson(value: unknown): string {
  return written(value, SPACED);
}

/** A value as JSON without any space. */
export function denseJson(value: unknown): string {
  return written(value, DENSE);
}

function written(value: unknown, style: Style): string {
  if (typeof value === "number") return numberText(value);
  if (isArray(value)) return `[${value.map((item) => written(item, style)).join(style.comma)}]`;
  if (!isObject(value)) return typeof value === "string" ? JSON.stringify(value) : String(value);
  const fields = keysOf(value).map((key) => JSON.stringify(key) + style.colon + written(value[key], style));
  return `{${fields.join(style.comma)}}`;
}
