/** Any value as plain JSON data, with a fault for everything that JSON cannot say. */

import { wellFormed } from "./characters.js";
import { isArray, isObject, keysOf } from "./json.js";
import { numberText } from "./values.js";
import { escape, violation, type Violation } from "./violation.js";
import { Visits } from "./visits.js";

/** How many levels of nesting are accepted. */
const DEEPEST = 512;

/** How much of the pointer to what is nested too deeply is shown. */
const SHOWN_LEVELS = 8;

/** How often an object may stand in a value until its faults are reported no more. */
const MOST_SHARED = 1_000;

/** A copy that reads nothing of what it was made from. */
export interface Plain {
  readonly value: unknown;
  /** What was replaced, and where. */
  readonly faults: readonly Violation[];
  /** Whether it is whole; otherwise it is null. */
  readonly isComplete: boolean;
}

/**
 * A copy of a value, made of nothing but JSON: what is none becomes null, a number that is none 0, half of a surrogate
 * pair U+FFFD. Nothing that a getter or a Proxy throws is more than a fault.
 */
export function plain(value: unknown): Plain {
  const copier = new Copier();
  const root = copier.copy(value, "", 0);
  for (let next = copier.pending.pop(); next !== undefined; next = copier.pending.pop()) {
    if (next.depth >= DEEPEST) {
      const at = next.at.split("/").slice(0, SHOWN_LEVELS + 1).join("/");
      const message = `nested more than ${String(DEEPEST)} levels deep, or inside itself`;
      return { value: null, faults: [violation("PAR008", at, message, { help: "flatten it" })], isComplete: false };
    }
    copier.fill(next);
  }
  return { value: root, faults: copier.faults, isComplete: true };
}

/** Whether a test is true of a value; false where reading the value fails. */
export function holds(test: (value: unknown) => boolean, value: unknown): boolean {
  try {
    return test(value);
  } catch {
    return false;
  }
}

/** What is in an array, or in an object by its keys. */
type Content = readonly unknown[] | readonly (readonly [key: string, item: unknown])[];

/** A container that is still to be filled. */
interface Pending {
  readonly at: string;
  readonly depth: number;
  readonly content: Content;
  readonly target: Record<string, unknown> | unknown[];
}

class Copier {
  readonly faults: Violation[] = [];
  readonly pending: Pending[] = [];
  readonly #visits = new Visits(MOST_SHARED);
  /** The last copy of each object, which stands for all further ones where it stands in too many places. */
  readonly #copies = new Map<object, unknown>();

  /** The plain form of a value; a container is filled later. */
  copy(value: unknown, at: string, depth: number): unknown {
    switch (typeof value) {
      case "boolean":
        return value;
      case "string":
        return this.#text(value, at);
      case "number":
        return this.#number(value, at);
      case "object":
        return value === null ? null : this.#container(value, at, depth);
      default:
        return this.#foreign(`a value of type ${typeof value} is not JSON`, at);
    }
  }

  /** Copy what a container holds. */
  fill({ at, depth, content, target }: Pending): void {
    if (Array.isArray(target)) {
      for (const [index, item] of content.entries()) target.push(this.copy(item, `${at}/${String(index)}`, depth + 1));
      return;
    }
    for (const [key, item] of content as readonly (readonly [string, unknown])[]) {
      const name = this.#text(key, `${at}/${escape(key)}`);
      target[name] = this.copy(item, `${at}/${escape(name)}`, depth + 1);
    }
  }

  #text(text: string, at: string): string {
    const whole = wellFormed(text);
    if (whole !== text) {
      this.#report("PAR007", at, "a string holds one half of a surrogate pair", "decode the bytes as UTF-8");
    }
    return whole;
  }

  #number(number: number, at: string): number {
    if (Number.isFinite(number)) return number;
    this.#report("PAR005", at, `${numberText(number)} is not a JSON number`, "pass a finite number, or null");
    return 0;
  }

  #container(value: object, at: string, depth: number): unknown {
    if (!this.#visits.admits(value)) return this.#copies.get(value);
    try {
      const isList = isArray(value);
      const content = isList ? Array.from(value) : contentOf(value);
      if (content === null) return this.#foreign(`a value of type ${kindOf(value)} is not JSON`, at);
      // Without a prototype, no key of a document has a meaning of its own.
      const target = isList ? [] : (Object.create(null) as Record<string, unknown>);
      this.pending.push({ at, depth, content, target });
      this.#copies.set(value, target);
      return target;
    } catch {
      return this.#foreign("a value cannot be read", at);
    }
  }

  #foreign(message: string, at: string): null {
    this.#report("PAR001", at, message, "pass plain data");
    return null;
  }

  #report(code: string, at: string, message: string, help: string): void {
    this.faults.push(violation(code, wellFormed(at), message, { help }));
  }
}

function contentOf(value: object): Content | null {
  return isObject(value) ? keysOf(value).map((key) => [key, value[key]] as const) : null;
}

/** What class a value is of, by its prototype's own word. */
function kindOf(value: object): string {
  if (Array.isArray(value)) return "sparse array";
  try {
    const prototype: unknown = Object.getPrototypeOf(value);
    const maker: unknown = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
    return typeof maker === "function" ? maker.name : "object";
  } catch {
    return "object";
  }
}
