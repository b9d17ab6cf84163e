// The spaces between neighbouring lanes while links that cross them are cut.
import type { CutSpan, Span } from '../spans';

export interface Gap extends Span {
  gap: number; // below the lane of this number
}

/** A link crosses every space between its two lanes. What overlaps or touches is one. */
export function gapsOf(cuts: CutSpan[], laneOf: ReadonlyMap<string, number>): Gap[] {
  const latest: Gap[] = []; // by gap
  const gaps: Gap[] = [];
  for (const { sender, receiver, from, to } of cuts) {
    const one = laneOf.get(sender);
    const other = laneOf.get(receiver);
    if (one === undefined || other === undefined) continue;
    for (let gap = Math.min(one, other); gap < Math.max(one, other); ++gap) {
      const last = latest[gap];
      if (last && from <= last.to) {
        last.to = Math.max(last.to, to);
      } else {
        latest[gap] = { gap, from, to };
        gaps.push(latest[gap]);
      }
    }
  }
  return gaps;
}
