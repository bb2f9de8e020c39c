/** Which artifact of a dialect a document is, by the fields it has. */

import { isObject } from "../json.js";
import { collected, type Artifact, type Dialect, type Kind } from "./artifact.js";
import { likeness } from "./likeness.js";
import { tokens } from "./pointer.js";

/** How much two likenesses must differ to settle the matter: less than two known fields that are required (5 each). */
const DOUBT = 6;

/** How much likeness an error costs where the matter is not settled. */
const ERROR = 2;

/** How much likeness it costs the line of a file to stand alone: more than one error, less than two. */
const ALONE = 3;

/** An artifact that a value may be, and how much it is like it. */
export interface Likely {
  readonly kind: Kind;
  readonly score: number;
}

/** The artifacts between which the fields of a value leave a doubt; none for what is no object. */
export function candidates(value: unknown, dialect: Dialect): readonly Likely[] {
  if (!isObject(value)) return [];
  const all = dialect.kinds.map((kind) => ({ kind, score: likeness(value, kind) }));
  const best = highest(all, ({ score }) => score)?.score ?? 0;
  return all.filter(({ score }) => score > Math.max(0, best - DOUBT));
}

/** What several forms of an artifact are distinguished by: all kinds of their dialect. */
export interface Forms {
  readonly dialect: Dialect;
  /** The forms beside the artifact itself. */
  readonly variants: readonly Artifact[];
}

/** An artifact that has other forms. */
export function withForms(artifact: Artifact, forms: () => Forms): Artifact {
  return { ...artifact, form: (value) => formOf(artifact, forms(), value) };
}

/** The form that a value has: the artifact itself, unless the value is wrong as that and more like a variant. */
function formOf(artifact: Artifact, { dialect, variants }: Forms, value: unknown): Artifact {
  if (!isObject(value) || artifact.isSound(value)) return artifact;
  const forms = new Map([artifact, ...variants].map((each) => [each.kind.name, each]));
  const likely = candidates(value, dialect);
  const best = highest(likely, ({ score }) => score)?.score;
  const own = likely.filter(({ kind }) => forms.has(kind.name));
  if (!own.some(({ score }) => score === best)) return artifact;
  const closest = own.length === 1 ? own[0] : highest(own, (each) => rank(value, each, forms.get(each.kind.name)));
  return forms.get(closest?.kind.name ?? "") ?? artifact;
}

/** The first of those that a measure is highest of. */
export function highest<T>(all: readonly T[], measure: (one: T) => number): T | undefined {
  let best: T | undefined;
  let most = -Infinity;
  for (const each of all) {
    const size = measure(each);
    if (size > most) {
      [best, most] = [each, size];
    }
  }
  return best;
}

/** How likely a value is what it resembles, after its errors as that are counted. */
function rank(value: unknown, { kind, score }: Likely, form: Artifact | undefined): number {
  const errors = form === undefined ? 0 : errorCount(value, form);
  return score - ERROR * errors - (kind.isLine ? ALONE : 0);
}

/**
 * How many fields of the root are absent or have errors; one where a rule explains them all.
 *
 * A long conversation with the same mistake in every message is no less a conversation.
 */
function errorCount(value: unknown, artifact: Artifact): number {
  const broken = artifact.errors.run(value);
  if (broken.some(({ code, pointer }) => pointer === "" && artifact.explaining.has(code))) return 1;
  const errors = [...collected(artifact, value), ...broken].filter(({ severity }) => severity === "error");
  return new Set(errors.map(({ pointer }) => tokens(pointer)[0])).size;
}
