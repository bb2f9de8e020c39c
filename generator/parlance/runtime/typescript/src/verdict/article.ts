/** A noun with its indefinite article, and several in a row. */

/** `a, b or c`. */
export function alternatives(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} or ${last}` : last;
}

/** `a name`, or `an alias`; a name that begins with u is taken to sound like `you`. */
export function withArticle(name: string): string {
  return `${/^[aeio]/iu.test(name) ? "an" : "a"} ${name}`;
}
