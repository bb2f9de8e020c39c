/** Which checks can find something in a document: those whose places are there. */

import { isArray, isObject, keysOf, own, type Fields } from "./json.js";
import type { Subschema } from "./subschemas.js";

/** A place that must be there, or several of which one must be. */
export type Need = string | readonly string[];

/** What checks need, made ready to be looked for. */
export interface Prepared {
  readonly root: Place;
  /** The numbers of the checks that need nothing. */
  readonly always: readonly number[];
  /** What each check needs beside the place that it waits at. */
  readonly needs: readonly (readonly Requirement[])[];
}

/** Places of which at least one has to be there. */
interface Requirement {
  readonly places: readonly string[];
  /** By the place of a schema, keys of it or of any schema in it. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A place that some check asks for, and what it asks for below it. */
class Place {
  readonly path: string;
  readonly below = new Map<string, Place>();
  readonly due = new Set<number>();
  every: Place | undefined;
  /** Whether the values there are looked at again: they are schemas. */
  isKept = false;

  constructor(path: string) {
    this.path = path;
  }

  /** The place of a path that starts here; it is made where there is none yet. */
  at(path: string): Place {
    return path.split("/").slice(1).reduce(next, this);
  }

  /** Whether it matters what is there, not only that something is. */
  get isAsked(): boolean {
    return this.isKept || this.every !== undefined || this.below.size > 0;
  }
}

function next(place: Place, step: string): Place {
  if (step === "*") {
    place.every ??= new Place(`${place.path}/*`);
    return place.every;
  }
  const key = unescaped(step);
  const below = place.below.get(key) ?? new Place(`${place.path}/${step}`);
  place.below.set(key, below);
  return below;
}

/** The tree of all places asked for; each check waits at those of its rarest need. */
export function prepared(needs: readonly (readonly Need[])[]): Prepared {
  const root = new Place("");
  const required = needs.map((own) => own.map(readNeed));
  const asked = new Map<string, number>();
  for (const path of required.flat().flatMap((need) => need.places)) {
    asked.set(path, (asked.get(path) ?? 0) + 1);
  }
  const always: number[] = [];
  const others = required.map((own, number) => {
    const [rarest, ...rest] = own.sort((one, other) => commonness(one, asked) - commonness(other, asked));
    if (rarest === undefined) {
      always.push(number);
      return [];
    }
    plant(root, number, rarest, rest);
    return rarest.keys.size > 0 ? own : rest;
  });
  return { root, always, needs: others };
}

function readNeed(need: Need): Requirement {
  const places: string[] = [];
  const keys = new Map<string, Set<string>>();
  for (const path of typeof need === "string" ? [need] : need) {
    const deep = path.indexOf("/**/");
    if (deep < 0) {
      places.push(path);
      continue;
    }
    const place = path.slice(0, deep);
    const known = keys.get(place) ?? new Set();
    keys.set(place, known.add(unescaped(path.slice(deep + "/**/".length))));
  }
  return { places, keys };
}

/** How often a need is met, roughly: keys deep in schemas take the longest to look for. */
function commonness(need: Requirement, asked: ReadonlyMap<string, number>): number {
  const times = need.places.reduce((sum, path) => sum + (asked.get(path) ?? 0), 0);
  return need.keys.size > 0 ? 1e9 + times : times;
}

function plant(root: Place, number: number, rarest: Requirement, rest: readonly Requirement[]): void {
  for (const path of [rarest, ...rest].flatMap((need) => [...need.keys.keys()])) {
    root.at(path).isKept = true;
  }
  for (const path of [...rarest.places, ...rarest.keys.keys()]) {
    root.at(path).due.add(number);
  }
  for (const path of rest.flatMap((need) => need.places)) {
    root.at(path);
  }
}

function unescaped(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** What a document has of the places that checks ask for. */
export class Survey {
  readonly #prepared: Prepared;
  readonly #subschemas: (schema: unknown) => readonly Subschema[];
  readonly #due: Set<number>;
  readonly #places = new Set<string>();
  readonly #schemas = new Map<string, readonly unknown[]>();
  readonly #keys = new Map<string, ReadonlySet<string>>();

  constructor(needed: Prepared, schemas: (schema: unknown) => readonly Subschema[]) {
    this.#prepared = needed;
    this.#subschemas = schemas;
    this.#due = new Set(needed.always);
  }

  /** The numbers of the checks that can find something in a document, in their order. */
  due(document: unknown): readonly number[] {
    this.#look(document);
    const ready = [...this.#due].filter((number) => this.#prepared.needs[number]?.every((need) => this.#has(need)));
    return ready.sort((one, other) => one - other);
  }

  /** Note every place that is there and that is asked for. */
  #look(document: unknown): void {
    const ahead: [Place, readonly unknown[]][] = [[this.#prepared.root, [document]]];
    for (let each = ahead.pop(); each !== undefined; each = ahead.pop()) {
      const [place, values] = each;
      this.#note(place);
      if (place.isKept) {
        this.#schemas.set(place.path, values);
      }
      const inner = place.every === undefined ? [] : values.flatMap(valuesIn);
      if (place.every !== undefined && inner.length > 0) {
        ahead.push([place.every, inner]);
      }
      this.#lookBelow(place, values.filter(isObject), ahead);
    }
  }

  #lookBelow(place: Place, holders: readonly Fields[], ahead: [Place, readonly unknown[]][]): void {
    for (const [key, below] of place.below) {
      const values = holders.map((holder) => own(holder, key)).filter((value) => value !== undefined);
      if (values.length === 0) continue;
      if (below.isAsked) {
        ahead.push([below, values]);
      } else {
        this.#note(below);
      }
    }
  }

  #note(place: Place): void {
    this.#places.add(place.path);
    for (const number of place.due) {
      this.#due.add(number);
    }
  }

  /** Whether any of the places of a need is there. */
  #has(need: Requirement): boolean {
    if (need.places.some((path) => this.#places.has(path))) return true;
    return [...need.keys].some(([place, keys]) => {
      const present = this.#keysOf(place);
      return [...keys].some((key) => present.has(key));
    });
  }

  /** All keys of the schemas at a place and of those in them. */
  #keysOf(place: string): ReadonlySet<string> {
    const known = this.#keys.get(place);
    if (known !== undefined) return known;
    const schemas = (this.#schemas.get(place) ?? []).flatMap(this.#subschemas);
    const keys = new Set(schemas.flatMap(({ schema }) => keysOf(schema)));
    this.#keys.set(place, keys);
    return keys;
  }
}

function valuesIn(value: unknown): readonly unknown[] {
  if (isArray(value)) return value;
  return isObject(value) ? keysOf(value).map((key) => value[key]) : [];
}
