/** What models do with the fields of a request, and where a request asks for something else. */

import type { Findings } from "./checks.js";
import { isObject, type Fields } from "./json.js";
import { hasAt, select } from "./lookup.js";
import { listed } from "./message.js";
import { compare, equal } from "./operators.js";
import type { Rule } from "./rule.js";
import { matches } from "./pattern-search.js";

/** How long a name may be that is remembered, and how many are: they come from documents. */
const LONGEST_KNOWN = 64;
const MOST_KNOWN = 1024;

/** What a model does with one field. */
export interface Policy {
  /** The steps to the field from the root, `*` for every item. */
  readonly steps: readonly [field: string, ...below: string[]];
  /** What is said of a case. */
  readonly rule: Rule;
  /** Whether any value but null is a fault. */
  readonly refused?: boolean;
  /** Whether null is the fault, and nothing else. */
  readonly null?: boolean;
  /** The values that are none. */
  readonly values?: readonly unknown[];
  /** The least number that is none. */
  readonly minimum?: number;
  /** The largest number that is none. */
  readonly maximum?: number;
  /** Of the request, and of whether the model reasons: where it is true, anything goes. */
  readonly unless?: (root: unknown, reasons: boolean) => boolean;
}

/** What is known of the models whose names a regular expression matches. */
export interface Model {
  /** Of the whole name. */
  readonly names: RegExp;
  /** What people call them. */
  readonly title: string;
  /** What they do with fields. */
  readonly policies: readonly Policy[];
  /** Of the request: whether such a model reasons. */
  readonly reasoning?: (root: unknown) => boolean;
  /** Whether it adds to what the next row says that matches. */
  readonly continues?: boolean;
}

/** Rows of models: the first that matches a name counts, and those before it that continue. */
export class Models {
  readonly #rows: readonly Model[];
  readonly #known = new Map<string, Model | undefined>();

  /** Keep what is given. */
  constructor(rows: readonly Model[]) {
    this.#rows = rows;
  }

  /** What is known of a model; names that come often are looked up once. */
  row(name: string): Model | undefined {
    const row = this.#known.get(name);
    if (row !== undefined || this.#known.has(name)) return row;
    const found = this.#find(name);
    if (name.length <= LONGEST_KNOWN && this.#known.size < MOST_KNOWN) {
      this.#known.set(name, found);
    }
    return found;
  }

  #find(name: string): Model | undefined {
    let found: Model | undefined;
    for (const each of this.#rows) {
      if (matches(each.names, name)) {
        found = found === undefined ? each : { ...each, policies: [...found.policies, ...each.policies] };
        if (each.continues !== true) break;
      }
    }
    return found;
  }
}

/** Hold a request against what is known of the model that it names. */
export function checkModels(models: Models, name: unknown, root: unknown, found: Findings): void {
  const model = typeof name === "string" && isObject(root) ? models.row(name) : undefined;
  if (model === undefined || !isObject(root)) return;
  for (const policy of model.policies) {
    checkPolicy(policy, model, name, root, found);
  }
}

/** Whether a request asks for something that is an error with the model that it names. */
export function refusedByModel(models: Models, name: unknown, root: Fields): boolean {
  const model = typeof name === "string" ? models.row(name) : undefined;
  if (model === undefined) return false;
  return model.policies.some((each) => each.rule.severity === "error" && faultsOf(each, model, root).length > 0);
}

/** Each place of a request that a policy is broken at, with its value. */
function faultsOf(policy: Policy, model: Model, root: Fields): readonly (readonly [string, unknown])[] {
  // Nearly nothing is at fault, and only what is needs a pointer.
  if (!hasAt(root, policy.steps, (value) => isFault(policy, value))) return [];
  const faults = select(root, policy.steps).filter(([, value]) => isFault(policy, value));
  const isExcepted = faults.length > 0 && policy.unless?.(root, model.reasoning?.(root) ?? false) === true;
  return isExcepted ? [] : faults;
}

function checkPolicy(policy: Policy, model: Model, name: unknown, root: Fields, found: Findings): void {
  const { rule, refused = false, null: noNull = false } = policy;
  for (const [pointer, value] of faultsOf(policy, model, root)) {
    const values = {
      field: policy.steps.at(-1),
      value,
      model: name,
      title: model.title,
      values: listed(policy.values ?? []),
      minimum: policy.minimum ?? null,
      maximum: policy.maximum ?? null,
    };
    found.report(rule, pointer, values, { onKey: refused || noNull });
  }
}

function isFault(policy: Policy, value: unknown): boolean {
  if (value === null) return policy.null === true;
  return policy.refused === true || isBeyond(policy, value);
}

function isBeyond(policy: Policy, value: unknown): boolean {
  if (policy.values !== undefined && !policy.values.some((each) => equal(value, each))) return true;
  if (policy.minimum !== undefined && compare("<", value, policy.minimum)) return true;
  return policy.maximum !== undefined && compare(">", value, policy.maximum);
}
