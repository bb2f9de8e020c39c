/** A required field that is absent, and the same field with a misspelt name, to one diagnostic of the two. */

import { quoted } from "../suggestion.js";
import { isError, type Diagnostic } from "./diagnostic.js";
import { lastToken } from "./pointer.js";
import { MISSING, keyOf, type Facts } from "./precedence.js";

/** The *diagnostics*, those of absent fields at the misspelt names; what is superseded goes to the *facts*. */
export function withoutEchoes(diagnostics: readonly Diagnostic[], facts: Facts): readonly Diagnostic[] {
  const absences = diagnostics.filter(({ violation }) => MISSING.has(violation.code));
  const missing = new Map(absences.map((each) => [each.at, each]));
  const shown = new Map<string, Diagnostic>();
  for (const unknown of diagnostics) {
    const absent = unknown.correct === null ? undefined : missing.get(unknown.correct);
    if (absent === undefined) continue;
    missing.delete(absent.at);
    if (isError(absent) && !isError(unknown)) {
      const help = `${quoted(lastToken(unknown.at))} may be a misspelling of it`;
      shown.set(keyOf(absent.candidate), { ...absent, at: unknown.at, help, onKey: true });
      facts.superseded.add(keyOf(unknown.candidate));
    } else {
      facts.superseded.add(keyOf(absent.candidate));
    }
  }
  return diagnostics.map((each) => shown.get(keyOf(each.candidate)) ?? each);
}
