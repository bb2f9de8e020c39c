/** What a validator reports, and what takes it. */

/** How grave a fault is. */
export type Severity = "error" | "info" | "warning";

/** A value that a constant or a member of an enum may be. */
export type Scalar = boolean | number | string;

/** One fault in a value, and where it is. */
export interface Violation {
  /** Stable and never reused, such as `PAR101`. */
  readonly code: string;
  readonly severity: Severity;
  /** JSON Pointer (RFC 6901) to the fault; to where it should be, for an absent field. */
  readonly pointer: string;
  /** What is wrong, in one sentence without a full stop. */
  readonly message: string;
  /** What to do about it, where that is known. */
  readonly help: string | null;
  /** The names or values that would have been accepted, where they can be listed. */
  readonly known: readonly Scalar[];
  /** Whether the key at the pointer is the fault, rather than the value. */
  readonly onKey: boolean;
  /** What text is expected, such as `application/json`, where the value is of another type. */
  readonly mediaType: string | null;
}

/** Takes faults: an array, or what only wants to know of some. */
export interface Found extends Iterable<Violation> {
  push(violation: Violation): unknown;
}

/** Adds the faults of a value that stands at a pointer. */
export type Collect = (value: unknown, at: string, found: Found) => void;

/** What a violation has beside code, pointer and message. */
export type Details = Partial<Omit<Violation, "code" | "message" | "pointer">>;

/** A violation; an error without help, unless *details* say otherwise. */
export function violation(code: string, pointer: string, message: string, details: Details = {}): Violation {
  const { severity = "error", help = null, known = [], onKey = false, mediaType = null } = details;
  return { code, severity, pointer, message, help, known, onKey, mediaType };
}

/** Passes faults on: those of some codes as warnings, since nothing attests them. */
export function doubting(found: Found, codes: readonly string[]): Found {
  return {
    push(fault: Violation): void {
      const isDoubtful = codes.includes(fault.code);
      found.push(isDoubtful ? { ...fault, severity: "warning", help: fault.help ?? DOUBT } : fault);
    },
    [Symbol.iterator]: () => found[Symbol.iterator](),
  };
}

const DOUBT = "this is so elsewhere; nothing shows yet that this server refuses it, too";

/** Ends a check whose only question is whether there is an error. */
export class ErrorFound extends Error {
  override readonly name = "ErrorFound";
}

/** One for all: what is thrown to be caught at once needs no trace of its own, which takes long to make. */
const ERROR_FOUND = new ErrorFound("there is an error");

/** Takes faults, and throws `ErrorFound` at the first of severity `error`. */
export class FirstError implements Found {
  /** Pass over what is no error. */
  push(fault: Violation): void {
    if (fault.severity === "error") throw ERROR_FOUND;
  }

  /** Nothing: no fault is kept. */
  [Symbol.iterator](): Iterator<Violation> {
    return [][Symbol.iterator]();
  }
}

/** Whether one of the faults is of severity `error`. */
export function hasError(found: Iterable<Violation>): boolean {
  for (const each of found) {
    if (each.severity === "error") return true;
  }
  return false;
}

/** Each fault with the severity that a dialect assigns to its code, without those that it switches off. */
export function withSeverities(
  found: Iterable<Violation>,
  severities: ReadonlyMap<string, Severity | "off">,
): Violation[] {
  const kept: Violation[] = [];
  for (const each of found) {
    const severity = severities.get(each.code) ?? each.severity;
    if (severity !== "off") {
      kept.push({ ...each, severity });
    }
  }
  return kept;
}

/** Write a name as one token of a JSON Pointer. */
export function escape(name: string): string {
  return name.includes("~") || name.includes("/") ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name;
}
