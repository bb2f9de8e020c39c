/** Whether a value is plain JSON data as it is, found out without a copy of it. */

import { wellFormed } from "../characters.js";
import { isArray, type Fields } from "../json.js";
import { plain } from "../plain.js";

/** How many levels of nesting are accepted. */
const DEEPEST = 512;

/** How many containers are gone into; a value that has more may be one that stands in itself. */
const MOST = 100_000;

/** A string where it can say that it has no half of a surrogate pair alone, as newer engines let it. */
type Text = string & { isWellFormed?(): boolean };

/** What is still to be gone through. */
interface Walk {
  left: number;
  /** Whether an object was met that is not simply one of this realm. */
  isForeign: boolean;
}

const BARE = {};

/** Whether somebody has given all objects a key. */
function isAnythingInherited(): boolean {
  for (const key in BARE) return key in BARE;
  return false;
}

/**
 * A value that has no fault as JSON data, itself or else a copy of it; undefined for one that has.
 *
 * Its fields can be read directly: of what it may inherit from, nothing has been given a key.
 */
export function plainValue(value: unknown): unknown {
  const walk: Walk = { left: MOST, isForeign: isAnythingInherited() };
  if (!walk.isForeign && isPlain(value, 0, walk)) return value;
  if (walk.left > 0 && !walk.isForeign) return undefined;
  const { value: copy, faults, isComplete } = plain(value);
  return isComplete && faults.length === 0 ? copy : undefined;
}

function isPlain(value: unknown, depth: number, walk: Walk): boolean {
  switch (typeof value) {
    case "boolean": return true;
    case "number": return Number.isFinite(value);
    case "string": return isWellFormed(value);
    case "object": return value === null || isPlainContainer(value, depth, walk);
    default: return false;
  }
}

function isPlainContainer(value: object, depth: number, walk: Walk): boolean {
  walk.left -= 1;
  if (walk.left <= 0 || depth >= DEEPEST) return false;
  if (Array.isArray(value)) return isArray(value) && areItemsPlain(value, depth + 1, walk);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return areFieldsPlain(value as Fields, depth + 1, walk);
  walk.isForeign = true;
  return false;
}

function areItemsPlain(items: readonly unknown[], depth: number, walk: Walk): boolean {
  // Not by `every`, which goes past items that are missing.
  for (const item of items) {
    if (!isPlain(item, depth, walk)) return false;
  }
  return true;
}

/** Not by `keysOf`: this is what every valid document has to wait for. */
function areFieldsPlain(fields: Fields, depth: number, walk: Walk): boolean {
  // Nothing is inherited: that was asked before.
  for (const key in fields) {
    const item = fields[key];
    if (item !== undefined && !(isPlain(item, depth, walk) && isWellFormed(key))) return false;
  }
  return true;
}

function isWellFormed(text: Text): boolean {
  return text.isWellFormed?.() ?? wellFormed(text) === text;
}
