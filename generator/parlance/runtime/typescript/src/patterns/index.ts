/**
 * Whether Python's `re`, as servers run it, compiles a regular expression, and what keeps it from that.
 *
 * The pattern is read and not compiled. What is read here is the syntax of Python 3.11.
 */

import { Reader } from "./reader.js";
import { RegexError } from "./scanner.js";

/** How long a pattern may be that is remembered, and how many are: they come from documents. */
const LONGEST_KNOWN = 512;
const MOST_KNOWN = 1024;

interface Reading {
  readonly fault: string | null;
  readonly lookAround: string | null;
}

const known = new Map<string, Reading>();

/** What keeps Python's `re` from compiling a pattern; null where nothing does. */
export function regexFault(pattern: unknown): string | null {
  return typeof pattern === "string" ? reading(pattern).fault : null;
}

/** How the first look-ahead or look-behind of a pattern begins; null where there is none. */
export function lookAround(pattern: unknown): string | null {
  return typeof pattern === "string" ? reading(pattern).lookAround : null;
}

function reading(pattern: string): Reading {
  const before = known.get(pattern);
  if (before !== undefined) return before;
  const reader = new Reader(pattern);
  const fault = faultOf(reader);
  const result = { fault, lookAround: reader.lookAround };
  if (pattern.length <= LONGEST_KNOWN && known.size < MOST_KNOWN) {
    known.set(pattern, result);
  }
  return result;
}

function faultOf(reader: Reader): string | null {
  try {
    return reader.read();
  } catch (error) {
    if (error instanceof RegexError) return error.message;
    throw error;
  }
}
