/** Which findings of a document give way to what else is known of it: a table, and the function that decides by it. */

import type { Violation } from "../violation.js";
import { isWithin, parent } from "./pointer.js";

/** Codes of an absent field. */
export const MISSING: ReadonlySet<string> = new Set(["PAR101", "PAR120"]);

/**
 * Where a candidate comes from: the structure; a rule that reports an error, or else a warning or a note, or one of
 * these about a field that is not there; or no violation, but a document inside the document, still to be checked.
 */
export type Origin = "absence" | "embedded" | "notice" | "rule" | "structure";

/** What becomes a finding, or is checked in its turn, unless a fact speaks against it. */
export interface Candidate {
  readonly origin: Origin;
  /** From the root of the whole document. */
  readonly pointer: string;
  readonly violation?: Violation;
}

/** A code and a pointer as one. */
export function key(code: string, pointer: string): string {
  return `${code} ${pointer}`;
}

/** The code and the pointer of a candidate. */
export function keyOf({ violation, pointer }: Candidate): string {
  return key(violation?.code ?? "", pointer);
}

/** What is known of a document while it is checked. Places are pointers, keys a code and a pointer. */
export interface Facts {
  /** Values that were read in place of what JSON cannot say. */
  readonly standIns: ReadonlySet<string>;
  /** Values of which a rule says what they are instead, such as the request of another interface. */
  readonly explained: Set<string>;
  /** Stand-ins, and values in which the structure has an error, or which the dialect ignores. */
  readonly refused: Set<string>;
  /** Objects that lack a required field. */
  readonly incomplete: Set<string>;
  /** Values in which a rule has an error. */
  contradicted: ReadonlySet<string>;
  /** Keys of what rules report only because of a value that is refused already. */
  unsupported: ReadonlySet<string>;
  /** Keys of what another finding about the same misspelt field says, too. */
  readonly superseded: Set<string>;
  /** The root, if the document is another artifact than the one that it is checked as. */
  otherArtifact: ReadonlySet<string>;
  /** What is not reported at all, since only errors are asked for. */
  readonly unreported: ReadonlySet<string>;
}

/** What is known before anything is checked: which values are stand-ins, and which origins are not reported. */
export function factsOf(standIns: ReadonlySet<string> = new Set(), unreported: readonly Origin[] = []): Facts {
  return {
    standIns,
    explained: new Set(),
    refused: new Set(standIns),
    incomplete: new Set(),
    contradicted: new Set(),
    unsupported: new Set(),
    superseded: new Set(),
    otherArtifact: new Set(),
    unreported: new Set(unreported),
  };
}

type Relation = (candidate: Candidate, known: ReadonlySet<string>) => boolean;

const isAt: Relation = ({ pointer }, places) => places.has(pointer);

/** Whether it is about one of the places, or about something in it. */
const isIn: Relation = ({ pointer }, places) => isWithin(pointer, places);

/** Whether it is about something in one of the places, and not about all of it. */
const isBelow: Relation = ({ pointer }, places) => pointer !== "" && isWithin(parent(pointer), places);

const isFieldOf: Relation = ({ pointer }, places) => places.has(parent(pointer));

const isListed: Relation = (candidate, keys) => keys.has(keyOf(candidate));

const isOf: Relation = ({ origin }, origins) => origins.has(origin);

/** What gives way where a relation holds between it and a fact. */
type Row = readonly [origins: readonly Origin[], relation: Relation, fact: keyof Facts];

const NOTICES = ["notice", "absence"] as const;
const RULES = ["rule", ...NOTICES] as const;

const TABLE: readonly Row[] = [
  // A document that is something else gets one finding that says so, and none of what it lacks as what it is not.
  [["structure", ...RULES], isIn, "otherArtifact"],
  [["structure", "embedded"], isIn, "explained"],
  [RULES, isBelow, "explained"],
  // That JSON cannot say it is the mistake; the stand-in was chosen by the reader.
  [["structure"], isAt, "standIns"],
  // A value that is wrong already gets no second finding, nor does what follows from it elsewhere.
  [[...RULES, "embedded"], isIn, "refused"],
  [RULES, isListed, "unsupported"],
  // A warning is of no use where the value has to change anyway.
  [NOTICES, isAt, "contradicted"],
  // Whoever adds the required fields reads the documentation of the object.
  [["absence"], isFieldOf, "incomplete"],
  [["structure"], isListed, "superseded"],
  [NOTICES, isOf, "unreported"],
];

/** Whether a candidate becomes a finding: whether it gives way to none of the *facts*. */
export function lives(candidate: Candidate, facts: Facts): boolean {
  return !TABLE.some(
    ([origins, relation, fact]) => origins.includes(candidate.origin) && relation(candidate, facts[fact]),
  );
}
