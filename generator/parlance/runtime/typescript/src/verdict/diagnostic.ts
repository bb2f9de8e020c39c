/** A violation to a diagnostic: with where it is shown, and what to do about it. */

import { isObject } from "../json.js";
import { find } from "../lookup.js";
import { question, suggestions } from "../suggestion.js";
import { escape, type Violation } from "../violation.js";
import { lastToken, parent } from "./pointer.js";
import type { Candidate } from "./precedence.js";

/** Codes of a fault in a field's name: the name is the fault, not the value. */
const NAME: ReadonlySet<string> = new Set(["PAR102", "PAR121", "PAR122"]);

/** The code of a field that has another name: that is the one known. */
const OTHER_NAME = "PAR128";

/** What becomes a finding. */
export interface Diagnostic {
  readonly candidate: Candidate;
  readonly violation: Violation;
  /** The pointer of the place where it is shown. */
  readonly at: string;
  readonly help: string | null;
  /** Whether the key at `at` is shown, and not the value. */
  readonly onKey: boolean;
  /** The pointer of an unknown field if it were spelt as the most similar known one. */
  readonly correct: string | null;
}

/** Whether a diagnostic is of an error. */
export function isError({ violation }: Pick<Diagnostic, "violation">): boolean {
  return violation.severity === "error";
}

/** The diagnostic of a *violation* in *value*, which may stand inside another document. */
export function diagnostic(candidate: Candidate, violation: Violation, value: unknown): Diagnostic {
  const at = candidate.pointer;
  if (NAME.has(violation.code)) return ofName(candidate, violation, value);
  const { known, onKey, help } = violation;
  const wrong = known.length > 0 && violation.code !== OTHER_NAME ? find(value, violation.pointer) : null;
  const near = typeof wrong === "string" ? suggestions(wrong, known) : [];
  return { candidate, violation, at, help: question(near) ?? help, onKey, correct: null };
}

function ofName(candidate: Candidate, violation: Violation, value: unknown): Diagnostic {
  const at = candidate.pointer;
  const container = find(value, parent(violation.pointer));
  const used = { has: (name: string) => isObject(container) && Object.hasOwn(container, name) };
  const near = suggestions(lastToken(violation.pointer), violation.known, used);
  const correct = near[0] === undefined ? null : `${parent(at)}/${escape(near[0])}`;
  const otherwise = violation.severity === "error" ? "remove it" : null;
  const help = violation.help ?? question(near) ?? otherwise;
  return { candidate, violation, at, help, onKey: true, correct };
}
