/** Values that the server does not look at, and what rules report only because of a value. */

import type { Violation } from "../violation.js";
import type { Rules } from "./artifact.js";
import { editedValue } from "./edited-value.js";
import { isWithin } from "./pointer.js";
import { key } from "./precedence.js";

/** The code of a value that the server does not look at. */
const WITHOUT_EFFECT = "PAR125";

/** Whether a fault of the structure says that the server does not look at the value. */
export function isWithoutEffect({ code }: Violation): boolean {
  return code === WITHOUT_EFFECT;
}

/** The pointers of values that the server does not look at. */
export function withoutEffect(faults: readonly Violation[]): ReadonlySet<string> {
  return new Set(faults.filter(isWithoutEffect).map(({ pointer }) => pointer));
}

/** Those of the *violations* that say what a value is instead, but for what the server does not look at. */
export function explaining(
  violations: readonly Violation[],
  codes: ReadonlySet<string>,
  ignored: ReadonlySet<string>,
): readonly Violation[] {
  return violations.filter(({ code, pointer }) => codes.has(code) && !isWithin(pointer, ignored));
}

/** Those of the *violations* in a value that rules no longer report where null stands in place of all that is *gone*. */
export function unsupported(
  violations: readonly Violation[],
  value: unknown,
  gone: readonly string[],
  rules: Rules,
): ReadonlySet<Violation> {
  if (gone.length === 0) return new Set();
  const blanked = editedValue(value, new Map(gone.map((pointer) => [pointer, null])));
  const still = new Set(rules.run(blanked).map(({ code, pointer }) => key(code, pointer)));
  return new Set(violations.filter(({ code, pointer }) => !still.has(key(code, pointer))));
}
