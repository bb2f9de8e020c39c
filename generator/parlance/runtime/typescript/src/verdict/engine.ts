/** A value, a dialect and an artifact to findings: one for each mistake. */

import { find } from "../lookup.js";
import { plain } from "../plain.js";
import type { Violation } from "../violation.js";
import type { Artifact, Dialect } from "./artifact.js";
import type { Diagnostic } from "./diagnostic.js";
import { Inspection } from "./inspection.js";
import { firstFault } from "./json-parser.js";
import { withoutEchoes } from "./misspelling.js";
import { factsOf, lives } from "./precedence.js";
import { ofAnotherKind, resembled } from "./whole-document.js";

/** What is wrong with a value as an artifact; of what no schema can say only errors. */
export function check(dialect: Dialect, artifact: Artifact, value: unknown): Violation[] {
  return judge(dialect, artifact, value, false);
}

/** The same, and what will go wrong later: warnings and notes. */
export function lint(dialect: Dialect, artifact: Artifact, value: unknown): Violation[] {
  return judge(dialect, artifact, value, true);
}

function judge(dialect: Dialect, named: Artifact, value: unknown, isLint: boolean): Violation[] {
  const document = plain(value);
  const findings = [...document.faults];
  if (!document.isComplete) return findings;
  const artifact = named.form?.(document.value) ?? named;
  const diagnostics = new Inspection(document, isLint).diagnostics(artifact);
  if (diagnostics.length === 0) return findings;
  const facts = factsOf();
  const other = resembled(document.value, dialect, artifact.kind.name, diagnostics);
  if (other !== null) {
    facts.otherArtifact = new Set([""]);
    findings.push(ofAnotherKind(other.name, artifact.kind.name));
  }
  const shown = withoutEchoes(diagnostics, facts).filter(({ candidate }) => lives(candidate, facts));
  return [...findings, ...shown.map((one) => finding(one, dialect, document.value))];
}

/** The finding of a diagnostic; where a string breaks off that should be JSON, with what is wrong there. */
function finding({ candidate, violation, help, onKey }: Diagnostic, { inside }: Dialect, document: unknown): Violation {
  const { pointer } = candidate;
  const result = { ...violation, pointer, help, onKey };
  const text = inside.has(violation.code) ? find(document, pointer) : null;
  const fault = typeof text === "string" ? firstFault(text) : null;
  if (fault === null) return result;
  return { ...result, message: `${violation.message}: ${fault.message}`, help: fault.help ?? help };
}
