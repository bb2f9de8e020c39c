/** Whether a value is valid, without a word about what is wrong with it. */

import { isObject, own } from "../json.js";
import { find } from "../lookup.js";
import { holds } from "../plain.js";
import type { Collect, Violation } from "../violation.js";
import type { Test } from "./artifact.js";
import { plainValue } from "./plain-value.js";
import { isWithin, parent } from "./pointer.js";
import { explaining, unsupported, withoutEffect } from "./without-effect.js";

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
 * An error gives way to no other fact but that a rule has *explained*, without an error, what stands there, or that the
 * server does not look at it: wherever else one gives way, there is another.
 */
function passes(test: Test, value: unknown, at: string, explained: Set<string>): boolean {
  const isSound = test.isSound(value);
  if (!isSound && test.explained === undefined) return false;
  const broken = isSound && test.mayRefuse?.(value) === false ? [] : test.errors.run(value);
  const isAsked = broken.length > 0 || test.embeds !== undefined;
  const ignored = withoutEffect(isAsked ? faults(test.ignored, value) : []);
  const notes = broken.filter(({ severity }) => severity !== "error");
  for (const { pointer } of explaining(notes, test.explained?.codes ?? new Set(), ignored)) {
    explained.add(at + pointer);
  }
  if (!isSound && hasFault(test, value, at, explained)) return false;
  const errors = broken.filter(({ severity, pointer }) => severity === "error" && !isBelow(at + pointer, explained));
  const gone = [...ignored].filter((pointer) => !isWithin(at + pointer, explained));
  if (hasSupported(errors, value, gone, test)) return false;
  return (test.embeds ?? []).every(([pointer, inside]) => {
    const inner = find(value, pointer);
    const place = at + pointer;
    const isGone = isWithin(place, explained) || isWithin(pointer, new Set(gone));
    return inner === null || isGone || passes(inside(), inner, place, explained);
  });
}

/** Whether any of the *errors* is neither in what is *gone* nor follows from it. */
function hasSupported(errors: readonly Violation[], value: unknown, gone: readonly string[], test: Test): boolean {
  const places = new Set(gone);
  const left = errors.filter(({ pointer }) => !isWithin(pointer, places));
  return left.length > 0 && unsupported(left, value, gone, test.errors).size < left.length;
}

/** Whether the structure has an error that is not explained. */
function hasFault(test: Test, value: unknown, at: string, explained: ReadonlySet<string>): boolean {
  if (explained.size === 0) return true;
  const found = faults(test.explained?.collect, value);
  return found.some(({ severity, pointer }) => severity === "error" && !isWithin(at + pointer, explained));
}

function faults(collect: Collect | undefined, value: unknown): readonly Violation[] {
  const found: Violation[] = [];
  collect?.(value, "", found);
  return found;
}

function isBelow(pointer: string, places: ReadonlySet<string>): boolean {
  return pointer !== "" && isWithin(parent(pointer), places);
}
