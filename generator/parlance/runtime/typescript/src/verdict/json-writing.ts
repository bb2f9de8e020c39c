/** Values as JSON text in one line: in the usual way, with a space after commas and colons, or without. */

import { isArray, isObject, keysOf } from "../json.js";
import { numberText } from "../values.js";
import { Visits } from "../visits.js";

/** How often one object may stand in a value that is written. */
const MOST_SHARED = 1_000;

/** A value as JSON; null where one object stands in it so often that the text may have no end. */
export function spacedJson(value: unknown): string | null {
  return new Writer(", ", ": ").text(value);
}

/** A value as JSON without any space, on the same terms. */
export function denseJson(value: unknown): string | null {
  return new Writer(",", ":").text(value);
}

class Writer {
  readonly #comma: string;
  readonly #colon: string;
  readonly #visits = new Visits(MOST_SHARED);
  #isEndless = false;

  constructor(comma: string, colon: string) {
    this.#comma = comma;
    this.#colon = colon;
  }

  text(value: unknown): string | null {
    const text = this.#written(value);
    return this.#isEndless ? null : text;
  }

  #written(value: unknown): string {
    if (typeof value === "string") return JSON.stringify(value);
    if (typeof value === "number") return numberText(value);
    if (typeof value !== "object" || value === null) return String(value);
    this.#isEndless ||= !this.#visits.admits(value);
    if (this.#isEndless) return "";
    if (isArray(value)) return `[${value.map((item) => this.#written(item)).join(this.#comma)}]`;
    return isObject(value) ? `{${keysOf(value).map((key) => this.#field(key, value[key])).join(this.#comma)}}` : "null";
  }

  #field(key: string, value: unknown): string {
    return JSON.stringify(key) + this.#colon + this.#written(value);
  }
}
