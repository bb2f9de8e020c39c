/** What kind of value each keyword of JSON Schema has, checked in all schemas of a document. */

import type { Findings } from "./checks.js";
import { lengthOf } from "./characters.js";
import { isArray, isObject, keysOf, type Fields } from "./json.js";
import { shown } from "./message.js";
import type { Rule } from "./rule.js";
import { matches } from "./pattern-search.js";
import { typeOf } from "./value-words.js";
import { escape } from "./violation.js";

/** What is wrong in a value: where, what that must be, what it is, and the names that it may have meant. */
interface Wrong {
  readonly below: string;
  readonly expected: string;
  readonly actual: string;
  readonly known: readonly string[];
}

type Test = (value: unknown) => readonly Wrong[];

const TYPES: readonly string[] = ["array", "boolean", "integer", "null", "number", "object", "string"];
const EMPTY = "an empty one";
const NONE: readonly Wrong[] = [];

/** So many names are compared with each other sooner than a set of them is made. */
const FEW = 8;

// As everywhere in rules, a line end at the very end of a text counts for nothing.
// The characters that RFC 3986 leaves out are in no URI.
const IDENTIFIER = /^[^#\x00-\x20<>"\\^`{|}]*#?\n?$/u;
const ANCHOR = /^[A-Za-z_][-A-Za-z0-9._]*\n?$/u;

/** What is wrong in a value that should be of a kind. */
const TESTS = {
  anchor: (value) => spelt(value, ANCHOR, "a name that begins with a letter or '_'"),
  array: (value) => (isArray(value) ? NONE : wrong("an array", value)),
  boolean: (value) => (typeof value === "boolean" ? NONE : wrong("a boolean", value)),
  boolean_map: (value) =>
    mapped(value, "an object of booleans", (item, below) =>
      typeof item === "boolean" ? NONE : wrong("a boolean", item, below),
    ),
  count: (value) => numbered(value, "a whole number from 0 on", (number) => number >= 0 && Number.isInteger(number)),
  dependency_map: (value) => mapped(value, "an object of schemas and of arrays of names", dependency),
  identifier: (value) => spelt(value, IDENTIFIER, "a URI without a fragment"),
  name_map: (value) => mapped(value, "an object of arrays of names", names),
  names: (value) => names(value),
  number: (value) => (typeof value === "number" ? NONE : wrong("a number", value)),
  positive_number: (value) => numbered(value, "a number above 0", (number) => number > 0),
  schema: (value) => (isSchema(value) ? NONE : wrong("a schema, which is an object or a boolean", value)),
  schema_map: (value) => mapped(value, "an object of schemas", schema),
  schemas,
  string: (value) => (typeof value === "string" ? NONE : wrong("a string", value)),
  types: typeNames,
} satisfies Record<string, Test>;

/** A kind of values of keywords. */
export type Kind = keyof typeof TESTS;

/** The keywords of a language of schemas, each with the kind of its values; any other keyword may have any value. */
export class Keywords {
  readonly #advice: ReadonlyMap<string, string>;
  readonly #tests: ReadonlyMap<string, Test>;

  /** Keep which keywords have values of each kind, and what to do about a wrong one. */
  constructor(advice: ReadonlyMap<string, string>, kinds: Partial<Record<Kind, readonly string[]>>) {
    this.#advice = advice;
    const tests = new Map<string, Test>();
    for (const kind of Object.keys(TESTS) as Kind[]) {
      for (const name of kinds[kind] ?? []) {
        tests.set(name, TESTS[kind]);
      }
    }
    this.#tests = tests;
  }

  /** Report each wrong value of a keyword in a schema and in those in it. */
  check(rule: Rule, whole: unknown, at: string, found: Findings): void {
    for (const each of found.schemas(whole)) {
      for (const keyword of keysOf(each.schema)) {
        const faults = this.#faults(keyword, each.schema[keyword]);
        if (faults.length > 0) {
          found.noteMalformed(rule, at + each.path, keyword);
          this.#report(rule, `${at}${each.path}/`, keyword, faults, found);
        }
      }
    }
  }

  /** Whether a keyword of a schema, not of those in it, has a wrong value. */
  rejects(one: Fields): boolean {
    for (const keyword of Object.keys(one)) {
      const value = one[keyword];
      if (value !== undefined && this.#faults(keyword, value).length > 0) return true;
    }
    return false;
  }

  #faults(keyword: string, value: unknown): readonly Wrong[] {
    return this.#tests.get(keyword)?.(value) ?? NONE;
  }

  #report(rule: Rule, at: string, keyword: string, faults: readonly Wrong[], found: Findings): void {
    for (const { below, expected, actual, known } of faults) {
      const values = { keyword: keyword + below, expected, actual };
      const advice = known.length === 1 ? `did you mean '${known.join("")}'?` : this.#advice.get(keyword);
      const details = advice === undefined ? { known } : { known, help: advice };
      found.report(rule, `${at}${escape(keyword)}${below}`, values, details);
    }
  }
}

function wrong(expected: string, value: unknown, below = ""): readonly Wrong[] {
  return wrongValue(expected, typeOf(value), below);
}

function wrongValue(expected: string, actual: string, below = "", known: readonly string[] = []): readonly Wrong[] {
  return [{ below, expected, actual, known }];
}

function isSchema(value: unknown): boolean {
  return typeof value === "boolean" || isObject(value);
}

function numbered(value: unknown, expected: string, isRight: (number: number) => boolean): readonly Wrong[] {
  if (typeof value !== "number") return wrong(expected, value);
  return isRight(value) ? NONE : wrongValue(expected, shown(value));
}

function spelt(value: unknown, form: RegExp, expected: string): readonly Wrong[] {
  if (typeof value !== "string") return wrong(expected, value);
  return matches(form, value) ? NONE : wrongValue(expected, `'${shown(value)}'`);
}

function mapped(
  value: unknown,
  expected: string,
  test: (item: unknown, below: string) => readonly Wrong[],
): readonly Wrong[] {
  if (!isObject(value)) return wrong(expected, value);
  // Nearly always all are right, and where they stand need not be said.
  let isRight = true;
  for (const key of Object.keys(value)) {
    isRight &&= value[key] === undefined || test(value[key], "").length === 0;
  }
  return isRight ? NONE : keysOf(value).flatMap((key) => test(value[key], `/${escape(key)}`));
}

function schema(value: unknown, below: string): readonly Wrong[] {
  return isSchema(value) ? NONE : wrong("a schema", value, below);
}

function schemas(value: unknown): readonly Wrong[] {
  if (!isArray(value)) return wrong("an array of schemas", value);
  return value.length > 0
    ? value.flatMap((item, index) => (isSchema(item) ? NONE : schema(item, `/${String(index)}`)))
    : wrongValue("an array of schemas", EMPTY);
}

function dependency(value: unknown, below: string): readonly Wrong[] {
  if (isSchema(value)) return NONE;
  return isArray(value) ? names(value, below) : wrong("a schema or an array of names", value, below);
}

function names(value: unknown, below = ""): readonly Wrong[] {
  if (!isArray(value)) return wrong("an array of names", value, below);
  const other = value.findIndex((item) => typeof item !== "string");
  return other < 0 ? repeated(value, below) : wrong("a name", value[other], `${below}/${String(other)}`);
}

function repeated(all: readonly unknown[], below = ""): readonly Wrong[] {
  if (all.length <= FEW && all.every((name, index) => all.indexOf(name) === index)) return NONE;
  const seen = new Set();
  for (const name of all) {
    if (seen.has(name)) return wrongValue("an array of different names", `one with '${shown(name)}' twice`, below);
    seen.add(name);
  }
  return NONE;
}

function typeNames(value: unknown): readonly Wrong[] {
  if (typeof value === "string") return typeOfSchema(value, "");
  if (!isArray(value)) return wrong("the name of a type or an array of them", value);
  if (value.length === 0) return wrongValue("an array of the names of types", EMPTY);
  for (const [index, item] of value.entries()) {
    const below = `/${String(index)}`;
    const faults = typeof item === "string" ? typeOfSchema(item, below) : wrong("the name of a type", item, below);
    if (faults.length > 0) return faults;
  }
  return repeated(value);
}

function typeOfSchema(name: string, below: string): readonly Wrong[] {
  return TYPES.includes(name) ? NONE : wrongValue("a type of JSON Schema", `'${shown(name)}'`, below, meant(name));
}

/** The type that a word of three letters or more is the beginning of; all types, where it is of none or several. */
function meant(word: string): readonly string[] {
  const begun = TYPES.filter((name) => name.startsWith(word.toLowerCase()));
  return begun.length === 1 && lengthOf(word) > 2 ? begun : TYPES;
}
