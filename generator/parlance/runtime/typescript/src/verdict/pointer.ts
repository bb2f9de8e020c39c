/** JSON Pointers (RFC 6901): text to keys, and to what stands above. */

/** The keys and indexes of a pointer. */
export function tokens(pointer: string): string[] {
  return pointer.split("/").slice(1).map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The last key or index of a pointer; empty for the root. */
export function lastToken(pointer: string): string {
  return tokens(pointer).at(-1) ?? "";
}

/** The pointer to the container of what *pointer* points to. */
export function parent(pointer: string): string {
  return pointer.slice(0, Math.max(pointer.lastIndexOf("/"), 0));
}

/** A pointer, and those to all that it stands in. */
export function* withAncestors(pointer: string): Generator<string> {
  for (let each = pointer; each !== ""; each = parent(each)) {
    yield each;
  }
  yield "";
}

/** Whether a pointer, or one to what it stands in, is among *places*. */
export function isWithin(pointer: string, places: ReadonlySet<string>): boolean {
  if (places.size === 0) return false;
  for (const place of withAncestors(pointer)) {
    if (places.has(place)) return true;
  }
  return false;
}
