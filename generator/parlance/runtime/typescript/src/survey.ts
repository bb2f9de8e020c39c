/** Which checks can find something in a document: those whose places are there. */

import { isArray, isObject, keysOf, type Fields } from "./json.js";
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
  readonly places: readonly Place[];
  /** By the place of a schema, keys of it or of any schema in it. */
  readonly keys: ReadonlyMap<Place, ReadonlySet<string>>;
}

/** A place that some check asks for, and what it asks for below it. */
class Place {
  readonly below = new Map<string, Place>();
  readonly due: number[] = [];
  every: Place | undefined;
  /** How many needs name it. */
  asked = 0;
  /** Whether the values there are looked at again: they are schemas. */
  isKept = false;

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
    place.every ??= new Place();
    return place.every;
  }
  const key = unescaped(step);
  const below = place.below.get(key) ?? new Place();
  place.below.set(key, below);
  return below;
}

/** The tree of all places asked for; each check waits at those of its rarest need. */
export function prepared(needs: readonly (readonly Need[])[]): Prepared {
  const root = new Place();
  const required = needs.map((own) => own.map((need) => readNeed(need, root)));
  const always: number[] = [];
  const others = required.map((own, number) => {
    const [rarest, ...rest] = own.sort((one, other) => commonness(one) - commonness(other));
    if (rarest === undefined) {
      always.push(number);
      return [];
    }
    for (const place of new Set([...rarest.places, ...rarest.keys.keys()])) {
      place.due.push(number);
    }
    return rarest.keys.size > 0 ? own : rest;
  });
  return { root, always, needs: others };
}

function readNeed(need: Need, root: Place): Requirement {
  const places: Place[] = [];
  const keys = new Map<Place, Set<string>>();
  for (const path of typeof need === "string" ? [need] : need) {
    const deep = path.indexOf("/**/");
    const place = root.at(deep < 0 ? path : path.slice(0, deep));
    if (deep < 0) {
      places.push(place);
      place.asked += 1;
      continue;
    }
    place.isKept = true;
    const known = keys.get(place) ?? new Set();
    keys.set(place, known.add(unescaped(path.slice(deep + "/**/".length))));
  }
  return { places, keys };
}

/** How often a need is met, roughly: keys deep in schemas take the longest to look for. */
function commonness(need: Requirement): number {
  const times = need.places.reduce((sum, { asked }) => sum + asked, 0);
  return need.keys.size > 0 ? 1e9 + times : times;
}

function unescaped(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** What a document has of the places that checks ask for. */
export class Survey {
  readonly #prepared: Prepared;
  readonly #subschemas: (schema: unknown) => readonly Subschema[];
  readonly #due: Set<number>;
  readonly #places = new Set<Place>();
  readonly #schemas = new Map<Place, unknown[]>();
  readonly #keys = new Map<Place, ReadonlySet<string>>();

  constructor(needed: Prepared, schemas: (schema: unknown) => readonly Subschema[]) {
    this.#prepared = needed;
    this.#subschemas = schemas;
    this.#due = new Set(needed.always);
  }

  /** The numbers of the checks that can find something in a document, in their order. */
  due(document: unknown): readonly number[] {
    this.#look(this.#prepared.root, document);
    const { needs } = this.#prepared;
    const ready: number[] = [];
    for (const number of this.#due) {
      if (needs[number]?.every((need) => this.#has(need)) === true) ready.push(number);
    }
    return ready.sort((one, other) => one - other);
  }

  /** Note a place that is there, and all that are asked for below it: no deeper than any need. */
  #look(place: Place, value: unknown): void {
    if (!this.#places.has(place)) {
      this.#places.add(place);
      for (const number of place.due) {
        this.#due.add(number);
      }
    }
    if (place.isKept) {
      this.#keep(place, value);
    }
    if (typeof value !== "object" || value === null || !place.isAsked) return;
    if (isArray(value)) {
      this.#lookAtItems(place.every, value);
    } else if (isObject(value)) {
      this.#lookAtFields(place, value);
    }
  }

  #lookAtItems(every: Place | undefined, items: readonly unknown[]): void {
    if (every === undefined) return;
    for (const item of items) {
      this.#look(every, item);
    }
  }

  #lookAtFields({ below, every }: Place, fields: Fields): void {
    for (const key of Object.keys(fields)) {
      const value = fields[key];
      if (value === undefined) continue;
      const place = below.get(key);
      if (place !== undefined) {
        this.#look(place, value);
      }
      if (every !== undefined) {
        this.#look(every, value);
      }
    }
  }

  #keep(place: Place, value: unknown): void {
    const kept = this.#schemas.get(place);
    if (kept === undefined) {
      this.#schemas.set(place, [value]);
    } else {
      kept.push(value);
    }
  }

  /** Whether any of the places of a need is there. */
  #has(need: Requirement): boolean {
    if (need.places.some((place) => this.#places.has(place))) return true;
    for (const [place, keys] of need.keys) {
      const present = this.#keysOf(place);
      for (const key of keys) {
        if (present.has(key)) return true;
      }
    }
    return false;
  }

  /** All keys of the schemas at a place and of those in them. */
  #keysOf(place: Place): ReadonlySet<string> {
    const known = this.#keys.get(place);
    if (known !== undefined) return known;
    const keys = new Set<string>();
    for (const value of this.#schemas.get(place) ?? []) {
      for (const { schema } of this.#subschemas(value)) {
        for (const key of keysOf(schema)) {
          keys.add(key);
        }
      }
    }
    this.#keys.set(place, keys);
    return keys;
  }
}
