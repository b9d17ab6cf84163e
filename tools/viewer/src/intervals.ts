// Intervals that touch a range, found in time logarithmic in how many there are, and linear in how
// many are found. However long they are, each is kept once.

export class Intervals {
  private readonly order: Uint32Array; // by start
  private readonly starts: Float64Array; // in that order
  private readonly latest: Float64Array; // the highest end below each node of a binary tree
  private readonly leaves: number;
  private readonly ends: Float64Array; // in that order

  constructor(intervals: { from: number; to: number }[]) {
    this.order = Uint32Array.from(intervals, (_, number) => number).sort(
      (a, b) => intervals[a]!.from - intervals[b]!.from || a - b,
    );
    this.starts = Float64Array.from(this.order, (number) => intervals[number]!.from);
    this.ends = Float64Array.from(this.order, (number) => intervals[number]!.to);
    this.leaves = 1;
    while (this.leaves < intervals.length) this.leaves *= 2;
    this.latest = new Float64Array(2 * this.leaves).fill(-Infinity);
    this.latest.set(this.ends, this.leaves);
    for (let node = this.leaves - 1; node > 0; --node) {
      this.latest[node] = Math.max(this.latest[2 * node]!, this.latest[2 * node + 1]!);
    }
  }

  /** The numbers of those that have something of first to last, both included; rising. */
  touching(first: number, last: number): number[] {
    const found: number[] = [];
    const look = (node: number, begin: number, size: number) => {
      if (begin >= this.starts.length || this.starts[begin]! > last) return;
      if (this.latest[node]! < first) return;
      if (size === 1) {
        found.push(this.order[begin]!);
        return;
      }
      look(2 * node, begin, size / 2);
      look(2 * node + 1, begin + size / 2, size / 2);
    };
    if (this.starts.length > 0) look(1, 0, this.leaves);
    return found.sort((a, b) => a - b);
  }
}
