/**
 * Strings as sequences of code points, which JSON counts and compares. A half of a surrogate pair without the other half
 * is one code point.
 */

/** One of what counts as a space, for an expression: Unicode's and ASCII's separators, and not U+FEFF, as `\s` has it. */
export const SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

const FIRST_SPACES = new RegExp(`^${SPACE}+`, "u");
const ONE_SPACE = new RegExp(`^${SPACE}$`, "u");
const LONE_HALVES = /\p{Surrogate}/gu;

const ANY_HALF = /[\ud800-\udfff]/;

/** How many code points a string has. */
export function lengthOf(text: string): number {
  // Mostly none takes two units, and an expression finds that out sooner than a loop.
  if (!ANY_HALF.test(text)) return text.length;
  let length = text.length;
  for (let at = 1; at < text.length; at += 1) {
    if (isWithinPair(text, at)) {
      length -= 1;
      at += 1; // what follows a pair is no second half
    }
  }
  return length;
}

/** The code points of a string, each as a string. */
export function codePoints(text: string): string[] {
  return Array.from(text);
}

/** The first code points of a string. */
export function firstOf(text: string, count: number): string {
  let at = 0;
  for (let taken = 0; taken < count && at < text.length; taken += 1) {
    at += isWithinPair(text, at + 1) ? 2 : 1;
  }
  return text.slice(0, at);
}

/** Which of two strings comes first by its code points: less than 0, 0 or more than 0. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    if (left.charCodeAt(at) !== right.charCodeAt(at)) {
      // The code points that differ begin here, or one before, where a pair has its first half.
      const start = isWithinPair(left, at) || isWithinPair(right, at) ? at - 1 : at;
      return codeAt(left, start) - codeAt(right, start);
    }
  }
  return left.length - right.length;
}

/** Whether a string begins with another. */
export function beginsWith(text: string, beginning: string): boolean {
  return text.startsWith(beginning) && !isWithinPair(text, beginning.length);
}

/** Whether a string ends with another. */
export function endsWithText(text: string, end: string): boolean {
  return text.endsWith(end) && !isWithinPair(text, text.length - end.length);
}

/** Whether a string contains another. */
export function containsText(text: string, part: string): boolean {
  let at = text.indexOf(part);
  while (at >= 0) {
    if (!isWithinPair(text, at) && !isWithinPair(text, at + part.length)) return true;
    at = text.indexOf(part, at + 1);
  }
  return false;
}

/** A string without the spaces at both its ends. */
export function stripped(text: string): string {
  const rest = text.replace(FIRST_SPACES, "");
  let end = rest.length;
  // Not by an expression, which would start anew at every space in the midst.
  while (end > 0 && ONE_SPACE.test(rest.charAt(end - 1))) {
    end -= 1;
  }
  return rest.slice(0, end);
}

/** A string with U+FFFD for every half of a surrogate pair. */
export function wellFormed(text: string): string {
  return text.replace(LONE_HALVES, "\ufffd");
}

function codeAt(text: string, at: number): number {
  return text.codePointAt(at) ?? -1;
}

/** Whether a place lies between the two halves of one pair. */
function isWithinPair(text: string, at: number): boolean {
  if (at <= 0 || (text.charCodeAt(at) & 0xfc00) !== 0xdc00) return false;
  return (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}
