/** Edits of a value, made in its text: what they do not change stays as it is written. */

import { parse, type ArrayNode, type ObjectNode, type ValueNode } from "@humanwhocodes/momoa";

/** One change of a document, as the package gives it. */
export interface Edit {
  readonly operation: "add" | "append" | "insert" | "remove" | "rename" | "replace";
  readonly pointer: string;
  readonly name?: string;
  readonly value?: unknown;
}

type Container = ArrayNode | ObjectNode;

/** A stretch of the text, and what comes in its place. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** *text* after all *edits*, whose pointers are of the text as it is before. Throws where it is not JSON. */
export function edited(text: string, edits: readonly Edit[]): string {
  const writer = new Writer(text);
  for (const edit of edits) writer.take(edit);
  return writer.written();
}

class Writer {
  readonly #root: ValueNode;
  readonly #changes: Change[] = [];
  readonly #removed = new Map<Container, Set<number>>();
  readonly #added = new Map<Container, string[]>();

  constructor(private readonly text: string) {
    this.#root = parse(text, { mode: "json", ranges: true }).body;
  }

  take({ operation, pointer, name = "", value }: Edit): void {
    const { node, container, index } = this.#found(pointer);
    const key = container?.type === "Object" ? container.members[index]?.name : undefined;
    if (operation === "rename" && key !== undefined) this.#change(rangeOf(key), JSON.stringify(name));
    else if (operation === "replace") this.#change(rangeOf(node), oneLine(value));
    else if (operation === "remove" && container !== undefined) listed(this.#removed, container, new Set()).add(index);
    else if (operation === "add" && node.type === "Object") {
      listed(this.#added, node, []).push(`${JSON.stringify(name)}: ${oneLine(value)}`);
    } else if (operation === "append" && node.type === "Array") listed(this.#added, node, []).push(oneLine(value));
    else if (operation === "insert" && container !== undefined && Array.isArray(value)) {
      const [, end] = rangeOf(node);
      this.#change([end, end], value.map((item) => this.#separator(container) + oneLine(item)).join(""));
    }
  }

  written(): string {
    for (const container of new Set([...this.#removed.keys(), ...this.#added.keys()])) this.#close(container);
    const inOrder = this.#changes.map((change, order) => ({ ...change, order }));
    inOrder.sort((one, other) => one.start - other.start || one.end - other.end || one.order - other.order);
    let [result, end] = ["", 0];
    for (const change of inOrder) {
      if (change.start < end) continue; // inside of what is removed
      result += this.text.slice(end, change.start) + change.text;
      end = change.end;
    }
    return result + this.text.slice(end);
  }

  /** Remove what is to go from an object or an array, and write behind the rest what is to come. */
  #close(container: Container): void {
    const children = spansOf(container);
    const [open, close] = rangeOf(container);
    const removed = this.#removed.get(container) ?? new Set<number>();
    const added = this.#added.get(container) ?? [];
    const separator = this.#separator(container);
    if (removed.size === children.length) {
      this.#change([open + 1, close - 1], added.join(separator));
      return;
    }
    const last = children.findLastIndex((_, index) => !removed.has(index));
    for (const index of removed) {
      const [start, end] = children[index] ?? [0, 0];
      const next = children[index + 1]?.[0] ?? end;
      this.#change(index < last ? [start, next] : [children[index - 1]?.[1] ?? start, end], "");
    }
    const end = children[last]?.[1] ?? close;
    this.#change([end, end], added.map((each) => separator + each).join(""));
  }

  /** What stands between two members or items, as it does between the first of them. */
  #separator(container: Container): string {
    const [first, second] = spansOf(container);
    if (first !== undefined && second !== undefined) return this.text.slice(first[1], second[0]);
    const before = first === undefined ? "" : this.text.slice(rangeOf(container)[0] + 1, first[0]);
    return before.includes("\n") ? `,${before}` : ", ";
  }

  #change([start, end]: readonly [number, number], text: string): void {
    this.#changes.push({ start, end, text });
  }

  #found(pointer: string): { node: ValueNode; container?: Container; index: number } {
    let found: { node: ValueNode; container?: Container; index: number } = { node: this.#root, index: 0 };
    for (const token of pointer.split("/").slice(1)) {
      const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
      const container = found.node;
      if (container.type !== "Object" && container.type !== "Array") throw new Error(`nothing is at ${pointer}`);
      const index =
        container.type === "Array"
          ? Number(name)
          : // Of two members with one name, the last one counts.
            container.members.findLastIndex((each) => nameOf(each.name) === name);
      const child = childrenOf(container)[index];
      if (child === undefined) throw new Error(`nothing is at ${pointer}`);
      found = { node: child.value, container, index };
    }
    return found;
  }
}

function childrenOf(container: Container): ObjectNode["members"] | ArrayNode["elements"] {
  return container.type === "Object" ? container.members : container.elements;
}

/** Where each member or item begins and ends. */
function spansOf(container: Container): (readonly [number, number])[] {
  const starts = container.type === "Object" ? container.members.map(({ name }) => name) : container.elements.map(({ value }) => value);
  return childrenOf(container).map(({ value }, index) => [rangeOf(starts[index] ?? value)[0], rangeOf(value)[1]]);
}

function nameOf(node: ObjectNode["members"][number]["name"]): string {
  return node.type === "Identifier" ? node.name : node.value;
}

function rangeOf({ range }: { range?: readonly [number, number] }): readonly [number, number] {
  if (range === undefined) throw new Error("the parser gave no range");
  return range;
}

function listed<Key, Value>(map: Map<Key, Value>, key: Key, first: Value): Value {
  const known = map.get(key) ?? first;
  map.set(key, known);
  return known;
}

/** JSON on one line, with spaces where people put them. */
function oneLine(value: unknown): string {
  const lines = JSON.stringify(value, null, 1);
  return lines.replace(/(?<=[[{])\n\s*|\n\s*(?=[\]}])/g, "").replace(/\n\s*/g, " ");
}
