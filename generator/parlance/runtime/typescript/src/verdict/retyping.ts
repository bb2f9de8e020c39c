/**
 * Values of the wrong type to what was probably meant: help for each.
 *
 * What a place takes is asked of the validator itself: it judges the document with other values there.
 */

import { codePoints, firstOf, lengthOf } from "../characters.js";
import { isArray, isObject } from "../json.js";
import { find } from "../lookup.js";
import type { Violation } from "../violation.js";
import { alternatives } from "./article.js";
import { editedValue } from "./edited-value.js";
import { firstFault } from "./json-parser.js";
import { denseJson, spacedJson } from "./json-writing.js";
import { parent, withAncestors } from "./pointer.js";
import { isWrongType, takenTypes, type Validator } from "./taken-types.js";

const JSON_TYPE = "application/json";

/** How many characters of a value stand in a line of help, so that it stays one line. */
const SHOWN = 40;

/**
 * A boolean or a number as nothing else would be written: without spaces, an exponent, or more than the fifteen digits
 * that every decimal number keeps in 64 bits.
 */
const EXACT = /^(?:true|false|-?(?=(?:\.?[0-9]){1,15}$)[0-9]+(?:\.[0-9]+)?)$/u;

/** What may have been meant by a value. */
interface Meant {
  readonly help: string;
  /** What would stand there; undefined for nothing at all. */
  readonly value: unknown;
}

interface Advice {
  readonly help: string;
  /** Whether what was meant is valid in its place. */
  readonly isSettled: boolean;
}

/** Help for each of the *violations* that is a wrong type, by pointer; *check* validates such documents. */
export function typeAdvice(
  document: unknown,
  violations: readonly Violation[],
  check: Validator,
): ReadonlyMap<string, string | null> {
  const wrong = new Map(violations.filter(isWrongType).map((one) => [one.pointer, one]));
  wrong.delete("");
  if (wrong.size === 0) return new Map();
  const meant = new Map([...wrong].map(([at, one]) => [at, meanings(document, one)]));
  const advice = tried(document, meant, check);
  const help = new Map<string, string | null>(Array.from(advice, ([at, one]) => [at, one.help]));
  const others = [...wrong.keys()].filter((at) => !advice.has(at));
  for (const [at, names] of takenTypes(document, others, check)) {
    help.set(at, inWords(names, wrong.get(at)?.mediaType === JSON_TYPE, find(document, at)));
  }
  return help;
}

/**
 * For each place the first of what may be meant that is valid there, or else what has faults only within.
 *
 * What is meant in all places is tried in one document at a time.
 */
function tried(
  document: unknown,
  meant: ReadonlyMap<string, readonly Meant[]>,
  check: Validator,
): ReadonlyMap<string, Advice> {
  const advice = new Map<string, Advice>();
  const turns = Math.max(...Array.from(meant.values(), (some) => some.length));
  for (let turn = 0; turn < turns; turn += 1) {
    const trial = new Map<string, Meant>();
    for (const [at, some] of meant) {
      const one = some[turn];
      if (one !== undefined && advice.get(at)?.isSettled !== true) {
        trial.set(at, one);
      }
    }
    if (trial.size > 0) {
      const edits = new Map(Array.from(trial, ([at, { value }]) => [at, value]));
      noteResults(trial, check(editedValue(document, edits)), advice);
    }
  }
  return advice;
}

/** Note what was valid of what was tried, by what was *found* then. */
function noteResults(
  trial: ReadonlyMap<string, Meant>,
  found: readonly Violation[],
  advice: Map<string, Advice>,
): void {
  const errors = found.filter(({ severity }) => severity === "error");
  const refused = new Set(errors.flatMap(({ pointer }) => [...withAncestors(pointer)]));
  const missed = new Set(found.map(({ pointer }) => pointer));
  const mistyped = new Set(found.filter(isWrongType).map(({ pointer }) => pointer));
  for (const [at, { help, value }] of trial) {
    if (!(value === undefined ? missed : refused).has(at)) {
      advice.set(at, { help, isSettled: true });
    } else if (!missed.has(at) && !mistyped.has(`${at}/0`) && (isObject(value) || isArray(value)) && !advice.has(at)) {
      advice.set(at, { help, isSettled: false });
    }
  }
}

/** What may have been meant by a value, likeliest first. */
function meanings(document: unknown, { pointer, mediaType }: Violation): readonly Meant[] {
  const value = find(document, pointer);
  if (value === null) {
    return isObject(find(document, parent(pointer))) ? [{ help: "leave it out", value: undefined }] : [];
  }
  const isScalar = typeof value === "boolean" || typeof value === "number";
  const converted = isScalar ? quotedScalar(value) : asAnotherType(value, mediaType === JSON_TYPE);
  const outOfArray = isArray(value) && value.length === 1;
  return [
    ...converted,
    ...(outOfArray ? [{ help: `take it out of the array: ${shown(value[0])}`, value: value[0] }] : []),
    { help: `put it in an array: [${shown(value)}]`, value: [value] },
  ];
}

/** A number or a boolean as text, where there is only one way to write it. */
function quotedScalar(value: boolean | number): readonly Meant[] {
  const text = String(spacedJson(value));
  return EXACT.test(text) ? [{ help: `put it in quotes: ${shown(text)}`, value: text }] : [];
}

function asAnotherType(value: unknown, expectsJson: boolean): readonly Meant[] {
  if (typeof value !== "string") {
    const text = expectsJson ? denseJson(value) : null;
    if (text === null) return [];
    const example = JSON.stringify(text);
    const end = lengthOf(example) <= SHOWN ? `: ${example}` : "";
    return [{ help: `write it as JSON in a string${end}`, value: text }];
  }
  const read = valueOf(value);
  if (isObject(read) || isArray(read)) {
    return [{ help: `write it as ${isObject(read) ? "an object" : "an array"}, without quotes`, value: read }];
  }
  const isExact = (typeof read === "boolean" || typeof read === "number") && EXACT.test(value);
  return isExact ? [{ help: `write it without quotes: ${value}`, value: read }] : [];
}

/** The value that *text* is the JSON of; null where it is not JSON. */
function valueOf(text: string): unknown {
  if (!/^[{[tf0-9-]/u.test(text) || firstFault(text) !== null) return null;
  return JSON.parse(text) as unknown;
}

/** *value* as JSON; only its outline where that is long. */
function shown(value: unknown): string {
  const text = spacedJson(value);
  if (text !== null && lengthOf(text) <= SHOWN) return text;
  if (isObject(value)) return "{…}";
  return isArray(value) || text === null ? "[…]" : `${firstOf(text, SHOWN - 2)}…${codePoints(text).at(-1) ?? ""}`;
}

/** What to write instead of *value* where it is not known what was meant. */
function inWords(kinds: readonly string[], expectsJson: boolean, value: unknown): string | null {
  if (expectsJson) return 'write JSON in a string, such as "{}"';
  if (kinds.length === 0) return null;
  const isQuoted = typeof value === "string" && !kinds.some((kind) => kind.includes("[") || kind.includes("{"));
  return `write ${alternatives(kinds)}${isQuoted ? ", without quotes" : ""}`;
}
