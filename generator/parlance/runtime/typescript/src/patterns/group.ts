/** A group of a pattern while it is read. */

/** The width that `re` takes for endless. */
export const WIDEST = 2n ** 64n;

/** The fewest and the most characters that something matches: exact, as what is too wide is compared, too. */
export interface Width {
  readonly low: bigint;
  readonly high: bigint;
}

/** What a repetition would repeat. */
export interface Item {
  readonly kind: "item" | "place" | "repeat";
  readonly width: Width;
}

/** A group that is being read, or the whole pattern. */
export class Group {
  readonly begin: string;
  readonly number: number | null;
  readonly isConditional: boolean;
  readonly isBehind: boolean;
  verbose: boolean;
  /** The groups that a reference might mean before this look-behind began. */
  was: number | null = null;
  readonly branches: Width[] = [];
  item: Item | null = null;
  /** The width of the branch that is being read. */
  #low = 0n;
  #high = 0n;

  constructor(begin: string, facts: { verbose: boolean; number?: number; isConditional?: boolean }) {
    this.begin = begin;
    this.verbose = facts.verbose;
    this.number = facts.number ?? null;
    this.isConditional = facts.isConditional ?? false;
    this.isBehind = begin === "(?<=" || begin === "(?<!";
  }

  /** Take in one more thing, of a width. */
  add(kind: Item["kind"], low: bigint, high: bigint): void {
    this.item = { kind, width: { low, high } };
    this.#low += low;
    this.#high += high;
  }

  /** Take out what was taken in last, to be repeated. */
  remove({ width }: Item): void {
    this.#low -= width.low;
    this.#high -= width.high;
  }

  /** Begin with the next alternative, or come to the end. */
  endBranch(): void {
    this.branches.push({ low: least([this.#low, WIDEST]), high: least([this.#high, WIDEST]) });
    this.#low = 0n;
    this.#high = 0n;
    this.item = null;
  }

  /** The width of it all. */
  width(): Width {
    const isSkipped = this.isConditional && this.branches.length === 1;
    const high = this.branches.reduce((most, branch) => (branch.high > most ? branch.high : most), 0n);
    return { low: isSkipped ? 0n : least(this.branches.map(({ low }) => low)), high };
  }
}

function least(numbers: readonly bigint[]): bigint {
  return numbers.reduce((one, other) => (other < one ? other : one));
}
