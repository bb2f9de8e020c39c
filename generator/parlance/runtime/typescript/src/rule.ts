/** Rules, and what they say of a case. */

import type { Fields } from "./json.js";
import { filled } from "./message.js";
import { violation, type Severity, type Violation } from "./violation.js";

/** What is known of a rule. */
export interface RuleFacts {
  /** Stable and never reused, such as `PAR301`. */
  readonly code: string;
  /** The fault in lower-case words joined by hyphens. */
  readonly name: string;
  readonly severity: Severity;
  /** What is said of one case, with placeholders in braces. */
  readonly message: string;
  /** What to do about it, likewise. */
  readonly help?: string;
  /** Whether the key at a place is the fault, rather than the value. */
  readonly onKey?: boolean;
  /** Whether the value is a string of JSON, and the fault is where that breaks off. */
  readonly inside?: boolean;
  /** Whether structural faults at the place and below it only follow from this one. */
  readonly explains?: boolean;
}

/** One thing that a schema cannot say. */
export class Rule {
  readonly facts: RuleFacts;

  /** Keep what is given. */
  constructor(facts: RuleFacts) {
    this.facts = facts;
  }

  /** Stable and never reused. */
  get code(): string {
    return this.facts.code;
  }

  /** Whether it finds errors, or explains what else would be one. */
  get isOfErrors(): boolean {
    return this.facts.severity === "error" || this.facts.explains === true;
  }

  /** The violation at *pointer*; *values* fill the placeholders, *known* is what was meant. */
  at(pointer: string, values: Fields, known: readonly string[] = []): Violation {
    const { code, severity, message, help, onKey = false } = this.facts;
    const advice = help === undefined ? null : filled(help, values);
    return violation(code, pointer, filled(message, values), { known, severity, help: advice, onKey });
  }
}
