// The number of a step is the same everywhere: its place in the trace, from 0 on, as `whatif`,
// `replay` and complaints about a trace have it. Steps in which a run settled after its trace
// number on.
import type { Chronicle } from './data';

export class StepNumbers {
  private readonly numbers: Float64Array; // by step; rising

  constructor({ steps, skipped = [] }: Chronicle) {
    let next = 0;
    for (const { trace_index } of skipped) next = Math.max(next, trace_index + 1);
    for (const { trace_index } of steps) next = Math.max(next, (trace_index ?? -1) + 1);
    this.numbers = Float64Array.from(steps, ({ trace_index }) => trace_index ?? next++);
  }

  of(step: number): number {
    return this.numbers[step] ?? -1;
  }

  get last(): number {
    return this.numbers.at(-1) ?? -1;
  }

  /** The step of this number; the one before, where the trace has such a step and the run has not. */
  stepOf(number: number): number {
    let low = 0;
    let high = this.numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.numbers[middle]! <= number) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }
}
