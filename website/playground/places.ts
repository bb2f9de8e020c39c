/** Where the values of a JSON text stand in it. */

import { parse, type MemberNode, type ValueNode } from "@humanwhocodes/momoa";

/** A part of a text: offsets, and the line and column of its start, both from 1. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** A text that is not JSON: what is wrong with it, and where. */
export class NotJson extends Error {
  constructor(
    message: string,
    readonly place: Place,
  ) {
    super(message);
  }
}

/** The places of a JSON text. */
export class Places {
  readonly #root: ValueNode;

  /** Throws `NotJson`. */
  constructor(private readonly text: string) {
    try {
      this.#root = parse(text, { mode: "json", ranges: true }).body;
    } catch (error) {
      throw notJson(text, error);
    }
  }

  /** Where a JSON Pointer leads, or its key; of what is absent, where it should be. */
  at(pointer: string, onKey: boolean): Place {
    let value = this.#root;
    let key: MemberNode["name"] | undefined;
    for (const token of pointer.split("/").slice(1)) {
      const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
      if (value.type === "Object") {
        // Of two members with one name, the last one counts.
        const member = value.members.findLast(({ name: each }) => nameOf(each) === name);
        if (member === undefined) return this.#place(value);
        [key, value] = [member.name, member.value];
      } else {
        const item = value.type === "Array" ? value.elements[Number(name)] : undefined;
        if (item === undefined) return this.#place(value);
        [key, value] = [undefined, item.value];
      }
    }
    return this.#place(onKey && key !== undefined ? key : value);
  }

  /** The keys that an object has twice: each later one, and the place of the one before it. */
  *repeatedKeys(): Generator<{ name: string; pointer: string; place: Place; earlier: Place }> {
    yield* this.#repeated(this.#root, "");
  }

  *#repeated(value: ValueNode, pointer: string): ReturnType<Places["repeatedKeys"]> {
    if (value.type === "Array") {
      for (const [index, item] of value.elements.entries()) {
        yield* this.#repeated(item.value, `${pointer}/${String(index)}`);
      }
    } else if (value.type === "Object") {
      const seen = new Map<string, Place>();
      for (const member of value.members) {
        const name = nameOf(member.name);
        const below = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
        const place = this.#place(member.name);
        const earlier = seen.get(name);
        if (earlier === undefined) seen.set(name, place);
        else yield { name, pointer: below, place, earlier };
        yield* this.#repeated(member.value, below);
      }
    }
  }

  #place(node: ValueNode | MemberNode["name"]): Place {
    const [start, end] = node.range ?? [0, 0];
    return placeAt(this.text, start, end);
  }
}

/** The place between two offsets. Columns count code points. */
export function placeAt(text: string, start: number, end: number): Place {
  const before = text.slice(0, start);
  const lineStart = before.lastIndexOf("\n") + 1;
  const line = before.split("\n").length;
  return { start, end, line, column: [...before.slice(lineStart)].length + 1 };
}

function nameOf(node: MemberNode["name"]): string {
  return node.type === "Identifier" ? node.name : node.value;
}

function notJson(text: string, error: unknown): NotJson {
  const { message, offset } = { message: String(error), offset: text.length, ...placeOf(error) };
  const start = Math.min(offset, text.length);
  return new NotJson(message, placeAt(text, start, Math.min(start + 1, text.length)));
}

function placeOf(error: unknown): { message?: string; offset?: number } {
  if (!(error instanceof Error)) return {};
  const message = error.message.replace(/\s*\(\d+:\d+\)$/, "").replace(/\.$/, "");
  return "offset" in error && typeof error.offset === "number" ? { message, offset: error.offset } : { message };
}
