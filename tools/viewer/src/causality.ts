// What steps follow from: themselves, their causes, the causes of these.
import type { Chronicle } from './data';

export type StepSet = Uint8Array; // by step: 1 is in it

/** Linear in the steps before: causes always come earlier. */
export function causalPast(chronicle: Chronicle, steps: number[]): StepSet {
  const past = new Uint8Array(chronicle.steps.length);
  let last = -1;
  for (const step of steps) {
    past[step] = 1;
    last = Math.max(last, step); // of all at once, with a long run, would be too many arguments
  }
  for (let at = last; at >= 0; --at) {
    if (past[at] === 1) {
      for (const cause of chronicle.steps[at]!.causes ?? []) past[cause] = 1;
    }
  }
  return past;
}
