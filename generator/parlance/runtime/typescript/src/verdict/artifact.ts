/**
 * The artifacts of a dialect: with their checks, and with what to recognise them by.
 *
 * There are three layers, so that a bundler can leave out what nobody asks for. A `Test` is what decides whether a
 * value is valid: neither it nor `isValid` refers to another artifact, nor to a word about what is wrong. A `Kind` is
 * what an artifact is recognised by, and refers to none of its rules: the kinds of all artifacts are what `check` needs
 * beside the one `Artifact` that it is asked about.
 */

import type { Collect, Scalar, Violation } from "../violation.js";

/** What finds, in a document, all that no schema can say; such as `Checks`. */
export interface Rules {
  /** Everything that is found. */
  run(document: unknown): readonly Violation[];
}

/** What decides whether a value is valid. */
export interface Test {
  /** The fields without which a structure is not sound; they are looked for before anything else. */
  readonly required?: readonly string[];
  /** Whether the structure of a value has no fault of severity `error`. */
  readonly isSound: (value: unknown) => boolean;
  /** Of a value of sound structure: where it is false, there is nothing that `errors` find. */
  readonly mayRefuse?: (value: unknown) => boolean;
  /** What the rules say that is an error, or explains what else would be one; they may say more. */
  readonly errors: Rules;
  /** Needed where a rule says, without an error, what a value is instead. */
  readonly explained?: Explained;
  /** Adds every fault of the structure; needed where it may say of a value that the server does not look at it. */
  readonly ignored?: Collect;
  /** Pointers to places inside it, each with what stands there. */
  readonly embeds?: readonly (readonly [pointer: string, test: () => Test])[];
  /** Which of several forms a value has. */
  readonly form?: (value: unknown) => Test;
}

/** How to tell structural faults that only follow from what a rule says. */
export interface Explained {
  /** The codes of such rules. */
  readonly codes: ReadonlySet<string>;
  readonly collect: Collect;
}

/** What to recognise an artifact by. */
export interface Kind {
  /** Such as `request`. */
  readonly name: string;
  readonly isSound: (value: unknown) => boolean;
  /** The fields that are always present at the root. */
  readonly required: readonly string[];
  /** The fields that are known at the root. */
  readonly fields: ReadonlySet<string>;
  /** The fields at the root that can only have the values given. */
  readonly constants: ReadonlyMap<string, readonly Scalar[]>;
  /** Whether files hold it line by line. */
  readonly isLine: boolean;
  /** The name of the artifact that it is another form of. */
  readonly variantOf: string | null;
}

/** A document that a dialect knows. */
export interface Artifact extends Test {
  readonly kind: Kind;
  /** Adds every fault of the structure. */
  readonly collect: Collect;
  /** All that the rules say: errors, warnings and notes. */
  readonly rules: Rules;
  /** The codes of rules of which a violation says what the value is instead: structural faults there only follow. */
  readonly explaining: ReadonlySet<string>;
  readonly embeds?: readonly (readonly [pointer: string, artifact: () => Artifact])[];
  readonly form?: (value: unknown) => Artifact;
}

/** A dialect that documents can be checked against. */
export interface Dialect {
  readonly id: string;
  /** What to recognise its artifacts by, in their order. */
  readonly kinds: readonly Kind[];
  /** The codes of rules that find strings which are no JSON, though they should be. */
  readonly inside: ReadonlySet<string>;
}

/** What has to be given of a kind. */
export type KindFacts = Partial<Kind> & Pick<Kind, "isSound" | "name">;

/** A kind of document; what is not given is empty. */
export function kind(facts: KindFacts): Kind {
  return { required: [], fields: new Set(), constants: new Map(), isLine: false, variantOf: null, ...facts };
}

/** What has to be given of an artifact. */
export interface ArtifactFacts {
  readonly kind: Kind;
  readonly test?: Omit<Test, "embeds" | "form">;
  readonly collect: Collect;
  /** All of its rules. */
  readonly rules?: Rules;
  /** Those that find errors, or explain what else would be one; without them, all are taken. */
  readonly errors?: Rules;
  readonly explaining?: ReadonlySet<string>;
  readonly embeds?: readonly (readonly [pointer: string, artifact: () => Artifact])[];
}

const NONE: Rules = { run: () => [] };

/** An artifact; what is not given is empty. */
export function artifact(facts: ArtifactFacts): Artifact {
  const { kind: own, test, collect, rules = NONE, errors = rules, explaining = new Set<string>(), embeds = [] } = facts;
  const decided = test ?? { explained: { codes: explaining, collect }, ignored: collect };
  return { ...decided, kind: own, isSound: own.isSound, collect, rules, errors, explaining, embeds };
}

/** Every fault of the structure of a value as an artifact. */
export function collected(artifact: Pick<Artifact, "collect">, value: unknown): Violation[] {
  const found: Violation[] = [];
  artifact.collect(value, "", found);
  return found;
}
