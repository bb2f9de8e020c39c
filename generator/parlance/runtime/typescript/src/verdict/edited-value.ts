/** A value with other values in some places, or without what stands there. */

import { isArray, isObject, keysOf } from "../json.js";
import { escape } from "../violation.js";
import { withAncestors } from "./pointer.js";

/** What comes to a place; undefined removes the key. */
export type Edits = ReadonlyMap<string, unknown>;

/** A copy of *value* after all *edits*; what is in a place that is edited is edited no more. */
export function editedValue(value: unknown, edits: Edits): unknown {
  const above = new Set([...edits.keys()].flatMap((pointer) => [...withAncestors(pointer)]));
  return edited(value, edits, above, "");
}

function edited(value: unknown, edits: Edits, above: ReadonlySet<string>, at: string): unknown {
  if (edits.has(at)) return edits.get(at);
  if (!above.has(at)) return value;
  if (isArray(value)) return value.map((item, index) => edited(item, edits, above, `${at}/${String(index)}`));
  if (!isObject(value)) return value;
  const fields = Object.create(null) as Record<string, unknown>;
  for (const key of keysOf(value)) {
    const item = edited(value[key], edits, above, `${at}/${escape(key)}`);
    if (item !== undefined) {
      fields[key] = item;
    }
  }
  return fields;
}
