// What steps follow from: themselves, their causes, the causes of these.
import type { Chronicle } from './data';

export type StepSet = Uint8Array; // by step: 1 is in it

/** Linear in the steps before: causes always come earlier. */
export function causalPast(chronicle: Chronicle, steps: number[]): StepSet {
  const past = new Uint8Array(chronicle.steps.length);
  for (const step of steps) past[step] = 1;
  for (let at = Math.max(-1, ...steps); at >= 0; --at) {
    if (past[at] === 1) {
      for (const cause of chronicle.steps[at]!.causes ?? []) past[cause] = 1;
    }
  }
  return past;
}
