/** The fields of an object against those of an artifact: how much they are alike. */

import { keysOf, type Fields } from "../json.js";
import type { Kind } from "./artifact.js";

/**
 * How much an object is like an artifact: more than 0 for a resemblance, which may be by chance, since `model` or
 * `user` alone stand in many files.
 */
export function likeness(fields: Fields, { required, fields: known, constants }: Kind): number {
  let score = 0;
  for (const name of keysOf(fields)) {
    const values: readonly unknown[] | undefined = constants.get(name);
    // A constant or a required field counts for more than any other known field.
    score += values === undefined ? 0 : values.includes(fields[name]) ? 4 : -4;
    score += (required.includes(name) ? 3 : 0) + (known.has(name) ? 2 : 0) - 1;
  }
  return score;
}
