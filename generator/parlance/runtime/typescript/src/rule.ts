/** Rules, and what they say of a case. */

import type { Fields } from "./json.js";
import { filled } from "./message.js";
import { violation, type Details, type Severity, type Violation } from "./violation.js";

/** What is known of a rule. */
export interface Rule {
  /** Stable and never reused, such as `PAR301`. */
  readonly code: string;
  readonly severity: Severity;
  /** Whether the key at a place is the fault, rather than the value. */
  readonly onKey?: boolean;
  /** Whether structural faults at the place and below it only follow from this one. */
  readonly explains?: boolean;
}

/** What a rule says of one case, with placeholders in braces. */
export interface Texts {
  readonly message: string;
  /** What to do about it. */
  readonly help?: string;
}

/** The violation of a rule at a pointer; *values* fill placeholders, and *details* are what else is known of the case. */
export type Wording = (rule: Rule, pointer: string, values: Fields, details?: Details) => Violation;

/** Whether a rule finds errors, or explains what else would be one. */
export function isOfErrors(rule: Rule): boolean {
  return rule.severity === "error" || rule.explains === true;
}

/** A violation without a word about it, for whoever only asks whether there is one. */
export function unworded({ code, severity }: Rule, pointer: string): Violation {
  return violation(code, pointer, "", { severity });
}

/** Violations in the words that each rule has. */
export function worded(texts: ReadonlyMap<Rule, Texts>): Wording {
  return (rule, pointer, values, details = {}) => {
    const { code, severity, onKey = false } = rule;
    const { message = "", help } = texts.get(rule) ?? {};
    const advice = help === undefined ? null : filled(help, values);
    return violation(code, pointer, filled(message, values), { severity, help: advice, onKey, ...details });
  };
}
