/** Whether a value is valid, without a word about what is wrong with it. */

import { isObject, own } from "../json.js";
import { find } from "../lookup.js";
import { holds } from "../plain.js";
import type { Violation } from "../violation.js";
import type { Test } from "./artifact.js";
import { plainValue } from "./plain-value.js";
import { isWithin, parent } from "./pointer.js";

/** Whether nothing that `check` finds in a value is an error. */
export function isValid(test: Test, value: unknown): boolean {
  return holds((given) => {
    if (lacksRequired(test, given)) return false;
    const document = plainValue(given);
    return document !== undefined && passes(test.form?.(document) ?? test, document, "", new Set());
  }, value);
}

/** Whether a value lacks a field that it must have, and that no rule can excuse. */
function lacksRequired({ required = [], explained, form }: Test, value: unknown): boolean {
  if (explained !== undefined || form !== undefined || !isObject(value)) return false;
  return required.some((name) => own(value, name) === undefined);
}

/**
 * Whether no error lives in a part of a document, *at* a pointer.
 *
 * An error gives way to no other fact but that a rule has *explained*, without an error, what stands there: wherever
 * else one gives way, there is another.
 */
function passes(test: Test, value: unknown, at: string, explained: Set<string>): boolean {
  const isSound = test.isSound(value);
  if (!isSound && test.explained === undefined) return false;
  const broken = isSound && test.mayRefuse?.(value) === false ? [] : test.errors.run(value);
  for (const { code, severity, pointer } of broken) {
    if (severity !== "error" && test.explained?.codes.has(code) === true) {
      explained.add(at + pointer);
    }
  }
  if (!isSound && hasFault(test, value, at, explained)) return false;
  const isBroken = broken.some(({ severity, pointer }) => severity === "error" && !isBelow(at + pointer, explained));
  return !isBroken && (test.embeds ?? []).every(([pointer, inside]) => {
    const inner = find(value, pointer);
    const place = at + pointer;
    return inner === null || isWithin(place, explained) || passes(inside(), inner, place, explained);
  });
}

/** Whether the structure has an error that is not explained. */
function hasFault(test: Test, value: unknown, at: string, explained: ReadonlySet<string>): boolean {
  if (explained.size === 0) return true;
  const found: Violation[] = [];
  test.explained?.collect(value, "", found);
  return found.some(({ severity, pointer }) => severity === "error" && !isWithin(at + pointer, explained));
}

function isBelow(pointer: string, places: ReadonlySet<string>): boolean {
  return pointer !== "" && isWithin(parent(pointer), places);
}
