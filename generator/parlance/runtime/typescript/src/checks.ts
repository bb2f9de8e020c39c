/**
 * The rules of an artifact over a document: only those that can find something there are run.
 *
 * Each check names what a document must have for it to find anything: places, written as pointers in which `*` stands for
 * every item of an array or value of an object, and `**` for a schema and every schema in it.
 */

import type { Fields } from "./json.js";
import { unworded, worded, type Rule, type Texts, type Wording } from "./rule.js";
import type { Cases } from "./sequence.js";
import { subschemas, type Subschema } from "./subschemas.js";
import { Survey, prepared, type Need, type Prepared } from "./survey.js";
import type { Details, Found, Violation } from "./violation.js";

/** What was found in a document, and what several checks want to know of it. */
export class Findings implements Found {
  /** In the order in which they were found. */
  readonly violations: Violation[] = [];
  readonly #wording: Wording;
  readonly #malformed = new Map<string, Map<string, boolean>>();
  readonly #cases = new Map<(document: unknown) => Cases, Cases>();
  readonly #walks = new Map<unknown, readonly Subschema[]>();

  /** Begin with nothing; without *wording*, nothing is said of what is found. */
  constructor(wording: Wording = unworded) {
    this.#wording = wording;
  }

  /** Add what a rule says of a case: *values* fill its placeholders. */
  report(rule: Rule, pointer: string, values: Fields, details?: Details): void {
    this.violations.push(this.#wording(rule, pointer, values, details));
  }

  /** Add a violation. */
  push(violation: Violation): void {
    this.violations.push(violation);
  }

  /** What was found so far. */
  [Symbol.iterator](): Iterator<Violation> {
    return this.violations[Symbol.iterator]();
  }

  /** What a function finds in the document, which it is asked only once. */
  once(casesOf: (document: unknown) => Cases, document: unknown): Cases {
    const cases = this.#cases.get(casesOf) ?? casesOf(document);
    this.#cases.set(casesOf, cases);
    return cases;
  }

  /** A schema of the document and every one in it. */
  schemas(schema: unknown): readonly Subschema[] {
    const walk = this.#walks.get(schema) ?? subschemas(schema);
    this.#walks.set(schema, walk);
    return walk;
  }

  /** Remember that a keyword of the schema at a pointer has a value of a wrong kind. */
  noteMalformed(rule: Rule, schema: string, keyword: string): void {
    const keywords = this.#malformed.get(schema) ?? new Map<string, boolean>();
    this.#malformed.set(schema, keywords.set(keyword, rule.severity === "error"));
  }

  /** Whether nothing is malformed. */
  get isSound(): boolean {
    return this.#malformed.size === 0;
  }

  /** The keywords with values of a wrong kind in the schema at a pointer; with each, whether that is an error. */
  malformedIn(schema: string): ReadonlyMap<string, boolean> {
    return this.#malformed.get(schema) ?? new Map<string, boolean>();
  }
}

/** What else is known of a check. */
export interface CheckFacts {
  /** The keywords of a schema that it reads to find a fault of that schema. */
  readonly reads?: readonly string[];
  /** The pointer from such a schema to what is reported. */
  readonly point?: string;
}

/** What applies a rule to a document. */
export class Check {
  /** What is said of a case; null where that depends on the case. */
  readonly rule: Rule | null;
  /** Adds what it finds in a document to the findings. */
  readonly apply: (document: unknown, found: Findings) => void;
  /** Places that have to be there, all of them; of several in an array at least one. */
  readonly needs: readonly Need[];
  /** The keywords of a schema that it reads to find a fault of that schema. */
  readonly reads: readonly string[];
  readonly #point: string;

  /** Keep what is given. */
  constructor(
    rule: Rule | null,
    apply: (document: unknown, found: Findings) => void,
    needs: readonly Need[],
    { reads = [], point = "" }: CheckFacts = {},
  ) {
    this.rule = rule;
    this.apply = apply;
    this.needs = needs;
    this.reads = reads;
    this.#point = point;
  }

  /**
   * Whether what it says at a pointer follows from a keyword with a value of a wrong kind.
   *
   * An error does only where that keyword is one, too: no warning stands for an error.
   */
  restsOn(found: Findings, pointer: string): boolean {
    if (!pointer.endsWith(this.#point)) return false;
    const keywords = found.malformedIn(pointer.slice(0, pointer.length - this.#point.length));
    const isError = this.rule?.severity === "error";
    return this.reads.some((keyword) => (isError ? keywords.get(keyword) === true : keywords.has(keyword)));
  }
}

/** Checks of an artifact, in the order of its rules. */
export class Checks {
  readonly #checks: readonly Check[];
  #prepared: Prepared | undefined;

  /** Keep what is given; what they need is only looked at when a document comes. */
  constructor(checks: readonly Check[]) {
    this.#checks = checks;
  }

  /** Everything that is found in a document, rule by rule; nothing is said of it without *wording*. */
  run(document: unknown, wording?: Wording): Violation[] {
    this.#prepared ??= prepared(this.#checks.map((check) => check.needs));
    const found = new Findings(wording);
    const survey = new Survey(this.#prepared, (schema) => found.schemas(schema));
    for (const number of survey.due(document)) {
      this.#checks[number]?.apply(document, found);
    }
    return found.isSound ? found.violations : this.#withoutConsequences(found);
  }

  /** Those that do not only follow from a keyword whose value is of a wrong kind. */
  #withoutConsequences(found: Findings): Violation[] {
    const reading = new Map(this.#checks.filter(({ reads }) => reads.length > 0).map((each) => [each.rule?.code, each]));
    return found.violations.filter((one) => reading.get(one.code)?.restsOn(found, one.pointer) !== true);
  }
}

/** What finds the same, and says what rules say of it. */
export function spoken(checks: Checks, texts: ReadonlyMap<Rule, Texts>): { run(document: unknown): Violation[] } {
  const wording = worded(texts);
  return { run: (document) => checks.run(document, wording) };
}

/** Whether a check finds anything in a document. */
export function breaks(check: (document: unknown, found: Findings) => void, document: unknown): boolean {
  const found = new Findings();
  check(document, found);
  return found.violations.length > 0;
}
