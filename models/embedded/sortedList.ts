const CHUNK = 512;

/** A list that stays sorted: short chunks, so that adding to 100,000 entries moves a few hundred. */
export class SortedList<T> {
  private chunks: T[][] = [];

  /** @param compare a total order; entries that compare as 0 are the same entry. */
  constructor(private readonly compare: (a: T, b: T) => number) {}

  add(item: T): void {
    const at = Math.min(this.chunkOf(item), this.chunks.length - 1);
    const chunk = this.chunks[at];
    if (!chunk) {
      this.chunks.push([item]);
      return;
    }
    chunk.splice(
      lowest(chunk, (other) => this.compare(other, item) >= 0),
      0,
      item,
    );
    if (chunk.length > 2 * CHUNK) this.chunks.splice(at + 1, 0, chunk.splice(CHUNK));
  }

  /** Returns false when there is no such entry. */
  remove(item: T): boolean {
    const at = this.chunkOf(item);
    const chunk = this.chunks[at];
    if (!chunk) return false;
    const place = lowest(chunk, (other) => this.compare(other, item) >= 0);
    const found = chunk[place];
    if (found === undefined || this.compare(found, item) !== 0) return false;
    chunk.splice(place, 1);
    if (chunk.length === 0) this.chunks.splice(at, 1);
    return true;
  }

  /**
   * The entries, in order, from the first that `reached` holds for.
   * @param reached false for the lower entries, true for the higher ones.
   */
  *from(reached: (item: T) => boolean): Generator<T, void> {
    const first = lowest(this.chunks, (chunk) => reached(chunk[chunk.length - 1] as T));
    for (let at = first; at < this.chunks.length; at++) {
      const chunk = this.chunks[at] ?? [];
      const start = at === first ? lowest(chunk, reached) : 0;
      for (let place = start; place < chunk.length; place++) yield chunk[place] as T;
    }
  }

  /** The first chunk whose last entry is not below the item; the number of chunks when there is none. */
  private chunkOf(item: T): number {
    return lowest(this.chunks, (chunk) => this.compare(chunk[chunk.length - 1] as T, item) >= 0);
  }
}

/** The lowest place for which `reached` holds, by halving; the length when it holds for none. */
function lowest<T>(items: readonly T[], reached: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reached(items[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}
