/** A document and the documents inside it to diagnostics. */

import { isObject } from "../json.js";
import { find } from "../lookup.js";
import type { Plain } from "../plain.js";
import type { Violation } from "../violation.js";
import { collected, type Artifact, type Rules } from "./artifact.js";
import { diagnostic, isError, type Diagnostic } from "./diagnostic.js";
import { lastToken, parent } from "./pointer.js";
import { MISSING, factsOf, key, lives, type Candidate, type Facts, type Origin } from "./precedence.js";
import { typeAdvice } from "./retyping.js";
import { explaining, isWithoutEffect, unsupported, withoutEffect } from "./without-effect.js";

/** Codes of what JSON cannot say, after which a stand-in is checked. */
const STAND_IN: ReadonlySet<string> = new Set(["PAR001", "PAR005", "PAR007"]);

/** A document, or one inside it. */
interface Part {
  readonly value: unknown;
  readonly artifact: Artifact;
  readonly at: string;
}

/** A document against the structure and the rules of a dialect. */
export class Inspection {
  readonly #facts: Facts;
  readonly #document: unknown;
  readonly #lint: boolean;
  readonly #found: Diagnostic[] = [];

  /** Of what no schema can say only errors are reported, unless *lint*. */
  constructor(document: Plain, lint: boolean) {
    this.#document = document.value;
    this.#lint = lint;
    const standIns = document.faults.filter(({ code }) => STAND_IN.has(code)).map(({ pointer }) => pointer);
    this.#facts = factsOf(new Set(standIns), lint ? [] : ["notice", "absence"]);
  }

  /** What is wrong with the document as this artifact. */
  diagnostics(artifact: Artifact): readonly Diagnostic[] {
    this.#inspect({ value: this.#document, artifact, at: "" });
    return this.#found;
  }

  #inspect(part: Part): void {
    const { value, artifact, at } = part;
    const faults = collected(artifact, value);
    const violations = this.#rulesOf(artifact).run(value);
    this.#noteExplained(part, faults, violations);
    this.#inspectStructure(part, faults);
    this.#inspectRules(part, violations);
    for (const [pointer, inside] of artifact.embeds ?? []) {
      const inner = find(value, pointer);
      if (inner !== null && lives({ origin: "embedded", pointer: at + pointer }, this.#facts)) {
        this.#inspect({ value: inner, artifact: inside(), at: at + pointer });
      }
    }
  }

  #rulesOf(artifact: Artifact): Rules {
    return this.#lint ? artifact.rules : artifact.errors;
  }

  #noteExplained({ artifact, at }: Part, faults: readonly Violation[], violations: readonly Violation[]): void {
    for (const { pointer } of explaining(violations, artifact.explaining, withoutEffect(faults))) {
      this.#facts.explained.add(at + pointer);
    }
  }

  /** What the validator reports that lives; its errors, and what is ignored, become facts. */
  #inspectStructure({ value, artifact, at }: Part, faults: readonly Violation[]): void {
    const advice = typeAdvice(value, faults, (trial) => collected(artifact, trial));
    for (const fault of faults) {
      const candidate: Candidate = { origin: "structure", pointer: at + fault.pointer, violation: fault };
      if (!lives(candidate, this.#facts)) continue;
      if (isError({ violation: fault }) || isWithoutEffect(fault)) {
        this.#facts.refused.add(candidate.pointer);
      }
      if (isError({ violation: fault }) && MISSING.has(fault.code)) {
        this.#facts.incomplete.add(parent(candidate.pointer));
      }
      const result = diagnostic(candidate, fault, value);
      this.#found.push({ ...result, help: result.help ?? advice.get(fault.pointer) ?? null });
    }
  }

  /** What the rules report that lives. */
  #inspectRules(part: Part, violations: readonly Violation[]): void {
    if (violations.length === 0) return;
    const errors = violations.filter((violation) => isError({ violation }));
    this.#facts.contradicted = new Set(errors.map(({ pointer }) => part.at + pointer));
    this.#facts.unsupported = this.#unsupported(part, violations);
    for (const violation of violations) {
      const candidate = { origin: originOf(part, violation), pointer: part.at + violation.pointer, violation };
      if (lives(candidate, this.#facts)) {
        this.#found.push(diagnostic(candidate, violation, part.value));
      }
    }
  }

  /** Keys of what the rules no longer report where null stands in place of all that is refused. */
  #unsupported({ value, artifact, at }: Part, violations: readonly Violation[]): ReadonlySet<string> {
    const { refused } = this.#facts;
    const gone = [...refused].filter((pointer) => pointer.startsWith(at)).map((pointer) => pointer.slice(at.length));
    const found = unsupported(violations, value, gone, this.#rulesOf(artifact));
    return new Set([...found].map(({ code, pointer }) => key(code, at + pointer)));
  }
}

/** The origin of what a rule reports. */
function originOf({ value }: Part, violation: Violation): Origin {
  if (isError({ violation })) return "rule";
  const { pointer } = violation;
  const container = pointer === "" ? null : find(value, parent(pointer));
  return isObject(container) && !Object.hasOwn(container, lastToken(pointer)) ? "absence" : "notice";
}
