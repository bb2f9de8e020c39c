/** Items of an array that belong together, or that come in some order. */

import type { Findings } from "./checks.js";
import { items } from "./lookup.js";
import type { Rule } from "./rule.js";
import { comparable } from "./values.js";

/** A pointer, and the values of what is said there. */
export type Case = readonly [pointer: string, values: Readonly<Record<string, unknown>>];

/** What comes of pairs, by kind of fault. */
export interface Cases {
  readonly repeated: Case[];
  readonly displaced: Case[];
  readonly unopened: Case[];
  readonly unclosed: Case[];
}

/** An item of an array: its index, the ids that it opens, whether it closes one, and which. */
export interface Step {
  readonly pointer: string;
  readonly index: unknown;
  readonly opens: unknown;
  readonly closes: boolean;
  readonly identity: unknown;
}

/**
 * Follow ids that items open and the items directly after them close.
 *
 * One that closes what is not open is taken to be meant for what is left open: that is one fault, not two. Where an id is
 * null, what it should be may be closed.
 */
export function followPairs(steps: Iterable<Step>): Cases {
  const pairs = new Pairs();
  for (const step of steps) {
    if (step.closes) {
      pairs.close(step);
    } else {
      pairs.open(step);
    }
  }
  return pairs.end();
}

/** What is open while the items of an array are followed; ids by what can be compared. */
class Pairs {
  readonly #cases: Cases = { repeated: [], displaced: [], unopened: [], unclosed: [] };
  readonly #closed = new Set<unknown>();
  readonly #late = new Map<unknown, Case>();
  #pending = new Map<unknown, unknown>();
  #strays = 0;
  #unnamed = 0;
  #origin: { readonly pointer: string; readonly index: unknown } = { pointer: "", index: null };

  close({ pointer, index, identity }: Step): void {
    const key = comparable(identity);
    if (this.#pending.delete(key)) {
      this.#closed.add(key);
      return;
    }
    const late = this.#late.get(key);
    const state = this.#closed.has(key) ? "repeated" : late === undefined ? "unopened" : "displaced";
    if (state === "unopened" && this.#unnamed > 0) {
      this.#unnamed -= 1;
      return;
    }
    let opened = this.#origin.index;
    if (state === "displaced") {
      opened = late?.[1]["opened"];
      this.#late.delete(key);
    } else if (state === "unopened") {
      this.#strays += 1;
    }
    if (identity !== null) {
      this.#cases[state].push([pointer, { id: identity, index, opened }]);
    }
  }

  open({ pointer, index, opens }: Step): void {
    for (const [key, id] of this.#left()) {
      this.#late.set(key, [pointer, { id, index, opened: this.#origin.index }]);
    }
    this.#origin = { pointer, index };
    this.#strays = 0;
    this.#closed.clear();
    const ids = items(opens);
    const named = ids.filter((id) => id !== null);
    this.#pending = new Map(named.map((id) => [comparable(id), id]));
    this.#unnamed = ids.length - named.length;
    for (const again of this.#pending.keys()) {
      this.#giveUp(again);
    }
  }

  end(): Cases {
    for (const key of [...this.#late.keys()]) {
      this.#giveUp(key);
    }
    const { pointer, index } = this.#origin;
    for (const [, id] of this.#left()) {
      this.#cases.unclosed.push([pointer, { id, index, opened: index }]);
    }
    return this.#cases;
  }

  /** What is open, but for as many as were closed under another id. */
  #left(): [unknown, unknown][] {
    return [...this.#pending].slice(this.#strays);
  }

  #giveUp(key: unknown): void {
    const late = this.#late.get(key);
    if (late !== undefined) {
      this.#late.delete(key);
      this.#cases.unclosed.push(late);
    }
  }
}

/** Which symbols may stand where. */
export interface Order {
  /** Those that may come first; any, where it is not said. */
  readonly first?: readonly string[];
  /** Those that may come last. */
  readonly last?: readonly string[];
  /** By a symbol, those that may follow it. */
  readonly following?: ReadonlyMap<string, readonly string[]>;
}

/** Hold the symbols of an array's items against which may follow which. */
export function checkSequence(
  rule: Rule,
  places: Iterable<readonly [pointer: string, symbol: unknown]>,
  order: Order,
  found: Findings,
): void {
  let before: readonly [pointer: string, symbol: unknown] | undefined;
  for (const place of places) {
    const [pointer, symbol] = place;
    const allowed = before === undefined ? order.first : followers(order, before[1]);
    if (allowed !== undefined && !isAmong(symbol, allowed)) {
      found.report(rule, pointer, { symbol, before: before?.[1] ?? null });
    }
    before = place;
  }
  if (before !== undefined && order.last !== undefined && !isAmong(before[1], order.last)) {
    found.report(rule, before[0], { symbol: before[1], before: null });
  }
}

function followers(order: Order, symbol: unknown): readonly string[] | undefined {
  return typeof symbol === "string" ? order.following?.get(symbol) : undefined;
}

function isAmong(symbol: unknown, allowed: readonly unknown[]): boolean {
  return allowed.includes(symbol);
}
