// Which steps of a run are there again in another, as in the one that shrinking left of it: the pairs
// in the same order that have most in common. The words for the steps of a pair are the same, or they
// differ in their numbers, or in names too, because shrinking renames both; and what came of a step
// counts, for many are the same in words.
import type { Step } from './data';

const cellsMax = 30_000_000; // of the table; beyond, pairs are taken as they come

/** By step of one run, its place in the other; -1: it is not there. */
export interface Survivors {
  toOther: Int32Array;
  toOne: Int32Array;
}

/** Without its numbers; those that belong to a name stay: n1 is not n2. */
const shapeOf = (text: string) => text.replaceAll(/(?<![a-zA-Z_\d])\d+/g, '#');
/** Whoever it is about. */
const kindOf = (text: string) => text.replaceAll(/\d+/g, '#');

export function survivorsOf(one: Step[], other: Step[]): Survivors {
  const pairs: Survivors = {
    toOther: new Int32Array(one.length).fill(-1),
    toOne: new Int32Array(other.length).fill(-1),
  };
  const names = new Map<string, number>();
  const nameOf = (text: string) => {
    if (!names.has(text)) names.set(text, names.size);
    return names.get(text)!;
  };
  const side = (steps: Step[]) => {
    const came = steps.map(({ consequences = [] }) => consequences.join('\n'));
    return {
      texts: Int32Array.from(steps, ({ text }) => nameOf(text)),
      shapes: Int32Array.from(steps, ({ text }) => nameOf(`#${shapeOf(text)}`)),
      kinds: Int32Array.from(steps, ({ text }) => nameOf(`##${kindOf(text)}`)),
      came: Int32Array.from(came, nameOf),
      cameKinds: Int32Array.from(came, (text) => nameOf(`##${kindOf(text)}`)),
    };
  };
  const [a, b] = [side(one), side(other)];
  const worth = (i: number, j: number) => {
    if (a.kinds[i] !== b.kinds[j]) return 0;
    const words = a.texts[i] === b.texts[j] ? 8 : a.shapes[i] === b.shapes[j] ? 7 : 6;
    return words + (a.came[i] === b.came[j] ? 3 : a.cameKinds[i] === b.cameKinds[j] ? 2 : 0);
  };
  const pair = (i: number, j: number) => {
    pairs.toOther[i] = j;
    pairs.toOne[j] = i;
  };
  if ((one.length + 1) * (other.length + 1) > cellsMax)
    pairAsTheyCome(one.length, other.length, worth, pair);
  else pairBest(one.length, other.length, worth, pair);
  return pairs;
}

type Worth = (i: number, j: number) => number;
type Pair = (i: number, j: number) => void;

/** The longest common subsequence, weighed; the last of equal ones, for what shrinking leaves is
 *  what the end follows from. */
function pairBest(rows: number, columns: number, worth: Worth, pair: Pair) {
  const width = columns + 1;
  const best = new Int32Array((rows + 1) * width); // of the first i and the first j
  for (let i = 1; i <= rows; ++i) {
    for (let j = 1; j <= columns; ++j) {
      const gain = worth(i - 1, j - 1);
      const without = Math.max(best[(i - 1) * width + j]!, best[i * width + j - 1]!);
      best[i * width + j] =
        gain > 0 ? Math.max(without, best[(i - 1) * width + j - 1]! + gain) : without;
    }
  }
  let [i, j] = [rows, columns];
  while (i > 0 && j > 0) {
    const gain = worth(i - 1, j - 1);
    const now = best[i * width + j]!;
    if (gain > 0 && now === best[(i - 1) * width + j - 1]! + gain) pair(--i, --j);
    else if (now === best[i * width + j - 1]!) --j;
    else --i;
  }
}

/** Each step of the other takes the next of the one that is the same: linear, for two long runs. */
function pairAsTheyCome(rows: number, columns: number, worth: Worth, pair: Pair) {
  const ahead = 2000; // steps that a pair may skip
  let next = 0;
  for (let j = 0; j < columns; ++j) {
    for (let i = next; i < Math.min(rows, next + ahead); ++i) {
      if (worth(i, j) === 0) continue;
      pair(i, j);
      next = i + 1;
      break;
    }
  }
}
