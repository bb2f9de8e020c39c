/** Which known word was probably meant. */

import { codePoints, lengthOf } from "./characters.js";

const MOST_EDITS = 2;

/** What `quoted` writes in short. */
const ESCAPES = new Map([
  ["\\", "\\\\"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}\\]/gu;

/** The known words within two edits of *word*, nearest first; case counts for nothing. */
export function suggestions(
  word: string,
  known: Iterable<unknown>,
  used: { has(name: string): boolean } = new Set(),
): string[] {
  const lowered = codePoints(word.toLowerCase());
  const length = lengthOf(word);
  // Of a short word two edits leave nothing: "n" is not a misspelt "id".
  const limit = Math.min(MOST_EDITS, Math.floor(length / 2));
  const ranked: { readonly distance: number; readonly candidate: string }[] = [];
  for (const candidate of known) {
    if (typeof candidate !== "string" || used.has(candidate) || candidate === word) continue;
    if (Math.abs(lengthOf(candidate) - length) <= limit) {
      const distance = edits(lowered, codePoints(candidate.toLowerCase()), limit);
      if (distance <= limit) {
        ranked.push({ distance, candidate });
      }
    }
  }
  return ranked.sort((one, other) => one.distance - other.distance).map(({ candidate }) => candidate);
}

/** `did you mean 'role' or 'roles'?`, of the nearest two; null where nothing was found. */
export function question(found: readonly string[]): string | null {
  return found.length > 0 ? `did you mean ${found.slice(0, 2).map(quoted).join(" or ")}?` : null;
}

/** A word in quotes, what cannot be seen written as escapes. */
export function quoted(word: string): string {
  const quote = word.includes("'") && !word.includes('"') ? '"' : "'";
  const text = word.replace(UNPRINTABLE, (character) => (character === " " ? " " : escaped(character)));
  return quote + (quote === "'" ? text.replaceAll("'", "\\'") : text) + quote;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  const long = code < 0x100 ? `\\x${digits.padStart(2, "0")}` : `\\u${digits.padStart(4, "0")}`;
  return ESCAPES.get(character) ?? (code > 0xffff ? `\\U${digits.padStart(8, "0")}` : long);
}

/**
 * Insertions, deletions, substitutions and swaps of neighbours that lead from one word to the other.
 *
 * Beyond *limit* any number above it will do, so that most words are given up after a few letters.
 */
function edits(left: readonly string[], right: readonly string[], limit: number): number {
  let previous: number[] = [];
  let before: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [i, one] of left.entries()) {
    [previous, before, row] = [before, row, [i + 1]];
    for (const [j, other] of right.entries()) {
      const changed = at(before, j) + (one === other ? 0 : 1);
      let cost = Math.min(at(before, j + 1) + 1, at(row, j) + 1, changed);
      if (i > 0 && one === right[j - 1] && left[i - 1] === other) {
        cost = Math.min(cost, at(previous, j - 1) + 1);
      }
      row.push(cost);
    }
    if (Math.min(...row) > limit && Math.min(...before) > limit) return limit + 1;
  }
  return at(row, right.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
