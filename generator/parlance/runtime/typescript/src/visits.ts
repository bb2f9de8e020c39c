/** Walks that end, whatever they go through. */

/** How often one object may be met, unless a walk says otherwise. */
const MOST = 10_000;

/**
 * How often each object was met in a walk.
 *
 * Nothing that `JSON.parse` gives has an object in two places. In other values it may stand in many, and even in itself;
 * where a few dozen objects stand twice in each other, there are more places than a walk can ever go to. So an object
 * that was met too often is not gone into any more.
 */
export class Visits {
  readonly #met = new Map<object, number>();
  readonly #most: number;

  /** Begin with nothing, and go into no object more often than *most* times. */
  constructor(most = MOST) {
    this.#most = most;
  }

  /** Note that an object was met, and say whether to go into it. */
  admits(object: object): boolean {
    const times = (this.#met.get(object) ?? 0) + 1;
    this.#met.set(object, times);
    return times <= this.#most;
  }

  /** Whether an object was met before this time. */
  isRepeated(object: object): boolean {
    return (this.#met.get(object) ?? 0) > 1;
  }
}
