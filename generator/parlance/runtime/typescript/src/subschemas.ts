/** The schemas in a schema. */

import { isArray, isObject, keysOf, own, type Fields } from "./json.js";
import { escape } from "./violation.js";
import { Visits } from "./visits.js";

/** A schema in another. */
export interface Subschema {
  readonly schema: Fields;
  /** The pointer to it. */
  readonly path: string;
  /** How many objects it describes a part of, each in the next. */
  readonly depth: number;
}

interface Ahead {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
  readonly within: Ahead | null;
}

const SCHEMAS = new Set([
  "additionalProperties",
  "contains",
  "contentSchema",
  "else",
  "if",
  "items",
  "not",
  "propertyNames",
  "then",
  "unevaluatedItems",
  "unevaluatedProperties",
]);
const LISTS_OF_SCHEMAS = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
const MAPS_OF_SCHEMAS = new Set([
  "$defs",
  "definitions",
  "dependencies",
  "dependentSchemas",
  "patternProperties",
  "properties",
]);
const HOLDERS: ReadonlyMap<string, "list" | "map" | "schema"> = new Map([
  ...Array.from(SCHEMAS, (key) => [key, "schema"] as const),
  ...Array.from(LISTS_OF_SCHEMAS, (key) => [key, "list"] as const),
  ...Array.from(MAPS_OF_SCHEMAS, (key) => [key, "map"] as const),
]);
const DEFINITIONS = new Set(["$defs", "definitions"]);

/** A schema and every one in it; none that lies within itself. */
export function subschemas(whole: unknown): readonly Subschema[] {
  const found: Subschema[] = [];
  const visits = new Visits();
  const ahead: Ahead[] = [{ value: whole, path: "", depth: 0, within: null }];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    const { value: schema, path } = next;
    if (!isObject(schema) || !visits.admits(schema) || (visits.isRepeated(schema) && isWithinItself(next))) {
      continue;
    }
    const describesObject = own(schema, "properties") !== undefined || own(schema, "type") === "object";
    const depth = next.depth + (describesObject ? 1 : 0);
    found.push({ schema, path, depth });
    const below: Ahead[] = [];
    const here = { ...next, depth };
    for (const key of keysOf(schema)) {
      addSchemasAt(key, schema[key], here, below);
    }
    for (const each of below.reverse()) {
      ahead.push(each);
    }
  }
  return found;
}

/** Add what a keyword of a schema has of schemas. */
function addSchemasAt(key: string, value: unknown, within: Ahead, below: Ahead[]): void {
  if (typeof value !== "object" || value === null) return;
  const { depth } = within;
  if (MAPS_OF_SCHEMAS.has(key)) {
    const start = DEFINITIONS.has(key) ? 0 : depth;
    for (const name of isObject(value) ? keysOf(value) : []) {
      const path = `${within.path}/${key}/${escape(name)}`;
      below.push({ value: (value as Fields)[name], path, depth: start, within });
    }
  } else if (SCHEMAS.has(key)) {
    below.push({ value, path: `${within.path}/${key}`, depth, within });
  } else if (LISTS_OF_SCHEMAS.has(key) && isArray(value)) {
    for (const [index, item] of value.entries()) {
      below.push({ value: item, path: `${within.path}/${key}/${String(index)}`, depth, within });
    }
  }
}

/** A schema of plain data, and every one in it, without where they are. */
export function schemasIn(whole: unknown): readonly PlainSchema[] {
  const found: PlainSchema[] = [];
  addSchemas(whole, 0, found);
  return found;
}

type PlainSchema = Pick<Subschema, "depth" | "schema">;

function addSchemas(value: unknown, around: number, found: PlainSchema[]): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  const schema = value as Fields;
  const describesObject = schema["properties"] !== undefined || schema["type"] === "object";
  const depth = describesObject ? around + 1 : around;
  found.push({ schema, depth });
  for (const key in schema) {
    const below = schema[key];
    if (typeof below !== "object" || below === null) continue;
    switch (HOLDERS.get(key)) {
      case undefined:
        break;
      case "schema":
        addSchemas(below, depth, found);
        break;
      case "list":
        if (Array.isArray(below)) addEach(below, depth, found);
        break;
      case "map":
        if (!Array.isArray(below)) addEach(Object.values(below), DEFINITIONS.has(key) ? 0 : depth, found);
        break;
    }
  }
}

function addEach(values: readonly unknown[], around: number, found: PlainSchema[]): void {
  for (const value of values) {
    addSchemas(value, around, found);
  }
}

function isWithinItself({ value, within }: Ahead): boolean {
  for (let above = within; above !== null; above = above.within) {
    if (above.value === value) return true;
  }
  return false;
}
