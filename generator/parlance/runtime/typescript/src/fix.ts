/** Fixes of rules: what they change in a document. */

/** One change of a document, at a place in it. */
export interface Edit {
  readonly operation: "add" | "append" | "insert" | "remove" | "rename" | "replace";
  /**
   * The place that is changed; for `add` and `append` the object or array that gains, for `insert` the item after which
   * there will be others.
   */
  readonly pointer: string;
  /** The new key, of `rename` and `add`. */
  readonly name?: string;
  /** The new value, of `replace`, `add` and `append`; an array of new items, of `insert`. */
  readonly value?: unknown;
}

/** How the faults of a rule are fixed. */
export interface Fix {
  /** What it does, as a command. */
  readonly title: string;
  /** Whether the meaning of the document is certain to stay the same. */
  readonly safe: boolean;
  /** The edits for the violation at a pointer; each pointer is of the document as it is before all of them. */
  readonly edits: (root: unknown, pointer: string) => Edit[];
}
