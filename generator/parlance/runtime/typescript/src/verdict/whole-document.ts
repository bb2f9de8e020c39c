/** A document as a whole: it is something else than it should be. */

import { violation, type Violation } from "../violation.js";
import type { Dialect, Kind } from "./artifact.js";
import { withArticle } from "./article.js";
import { candidates, highest } from "./detection.js";
import { isError, type Diagnostic } from "./diagnostic.js";
import { parent } from "./pointer.js";
import { MISSING } from "./precedence.js";

/** How many errors make a document another artifact; one may be a slip. */
const MANY = 2;

/** The one finding of a document that looks like one artifact, and should be another. */
export function ofAnotherKind(looksLike: string, expected: string): Violation {
  const message = `looks like ${withArticle(looksLike)}, not ${withArticle(expected)}`;
  return violation("PAR602", "", message, { help: `check it as what it is: --as ${looksLike}` });
}

/** The artifact that a value is instead of the *expected* one, where the fields leave little doubt. */
export function resembled(
  value: unknown,
  dialect: Dialect,
  expected: string,
  diagnostics: readonly Diagnostic[],
): Kind | null {
  const errors = diagnostics.filter(isError);
  const [first] = errors;
  if (first === undefined) return null;
  const likely = candidates(value, dialect);
  const best = highest(likely, ({ score }) => score)?.kind;
  if (best === undefined || best.name === expected) return null;
  const isSettled = likely.every(({ kind }) => kind.name !== expected);
  if (errors.length >= MANY) return isSettled || best.isSound(value) ? best : null;
  const isAbsent = MISSING.has(first.violation.code) && parent(first.candidate.pointer) === "";
  return isAbsent && isSettled && best.isSound(value) ? best : null;
}
