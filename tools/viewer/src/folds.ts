// Stretches of steps that are folded away: what comes again and again, and what nothing came of.
import type { Passage, Step } from './data';

export interface Fold {
  first: number; // step
  count: number;
  text: string;
}

const idleMin = 3; // fewer are as short as what would be said of them
const mayBeIdle = new Set(['deliver', 'fire', 'finish_write']);

/** Nothing came of it: nothing changed, nobody said anything. */
function isIdle({ kind, changes, said, sent, logged, consequences, news, departure }: Step) {
  const came = [changes, said, sent, logged, consequences];
  return mayBeIdle.has(kind) && !news && !departure && came.every((list) => !list?.length);
}

function idleStretches(steps: Step[], isKept: (step: number) => boolean): Fold[] {
  const folds: Fold[] = [];
  for (let first = 0; first < steps.length; ++first) {
    let end = first;
    while (end < steps.length && isIdle(steps[end]!) && !isKept(end)) ++end;
    const count = end - first;
    if (count >= idleMin)
      folds.push({
        first,
        count,
        text: `until ${steps[end - 1]!.at}, ${count} steps of which nothing came`,
      });
    first = end;
  }
  return folds;
}

/** In the order of their steps; none within another. */
export function foldsOf(
  steps: Step[],
  repeats: Passage[],
  isKept: (step: number) => boolean,
): Fold[] {
  const isRepeat = new Uint8Array(steps.length);
  for (const { first, count } of repeats) isRepeat.fill(1, first, first + count);
  const idle = idleStretches(steps, (step) => isKept(step) || isRepeat[step] === 1);
  return [...repeats, ...idle].sort((a, b) => a.first - b.first);
}

/** The one that a step is in. */
export function foldAt(folds: Fold[], step: number): Fold | undefined {
  let low = 0;
  let high = folds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const { first, count } = folds[middle]!;
    if (first + count <= step) low = middle + 1;
    else high = middle;
  }
  const found = folds[low];
  return found && found.first <= step ? found : undefined;
}
