/** Which types a place in a document takes: the validator judges the document with a value of each type there. */

import type { Violation } from "../violation.js";
import { editedValue } from "./edited-value.js";

const WRONG_TYPE: ReadonlySet<string> = new Set(["PAR103", "PAR104"]);

/** What says everything that is wrong with the structure of a document. */
export type Validator = (document: unknown) => readonly Violation[];

/** Whether a violation is of a value of the wrong type. */
export function isWrongType({ code }: Violation): boolean {
  return WRONG_TYPE.has(code);
}

/** A value of each type, by how that is called in help. */
const PROBES: readonly (readonly [name: string, value: unknown])[] = [
  ['a string "…"', ""],
  ["a number", 0.5],
  ["a whole number", 0],
  ["true or false", true],
  ["an object {…}", {}],
  ["an array of objects [{…}]", [{}]],
  ['an array of strings ["…"]', [""]],
  ["an array of numbers [0]", [0]],
  ["an array […]", [[]]],
];

/** Which types each of *places* takes, by what they are called in help; *check* says what is wrong in a document. */
export function takenTypes(
  document: unknown,
  places: readonly string[],
  check: Validator,
): ReadonlyMap<string, readonly string[]> {
  const taken = new Map<string, string[]>(places.map((at) => [at, []]));
  for (const [name, value] of places.length > 0 ? PROBES : []) {
    const found = check(editedValue(document, new Map(places.map((at) => [at, value]))));
    const refused = new Set(found.filter(isWrongType).map(({ pointer }) => pointer));
    for (const [at, names] of taken) {
      if (!refused.has(at) && !refused.has(`${at}/0`)) {
        names.push(name);
      }
    }
  }
  return new Map(Array.from(taken, ([at, names]) => [at, distinct(names)]));
}

/** The names without those that another includes. */
function distinct(names: readonly string[]): readonly string[] {
  const arrays = names.filter((name) => name.startsWith("an array"));
  const hasNumber = names.includes("a number");
  const others = names.filter((name) => !arrays.includes(name) && !(hasNumber && name === "a whole number"));
  return [...others, ...(arrays.length > 1 ? ["an array […]"] : arrays)];
}
