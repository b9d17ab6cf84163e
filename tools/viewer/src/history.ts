// The state of every node after any step. Changes are applied from the nearest checkpoint before, so
// that moving the cursor costs the same in a run of fifty steps and of fifty thousand.
import type { Chronicle } from './data';

const checkpointEvery = 256;

export interface FieldId {
  node: string;
  part: string;
  name: string;
}

export type NodeStatus = 'up' | 'down' | 'paused';

export class History {
  readonly fields: FieldId[] = [];
  /** By field: does it ever change in this run? */
  readonly isEverChanged: boolean[] = [];
  private readonly indexOf = new Map<string, number>();
  private readonly checkpoints: string[][] = [];

  constructor(private readonly chronicle: Chronicle) {
    const state: string[] = [];
    for (const { node, part, name, value } of chronicle.start ?? []) {
      state[this.index(node, part, name)] = value;
    }
    chronicle.steps.forEach((step, number) => {
      if (number % checkpointEvery === 0) this.checkpoints.push(state.slice());
      for (const change of step.changes ?? []) {
        const field = this.index(change.node, change.part, change.name);
        this.isEverChanged[field] = true;
        state[field] = change.after ?? '';
      }
    });
  }

  /** By field: its text after `step`, empty where it is not there. -1 is before the first step. */
  after(step: number): string[] {
    const checkpoint = Math.max(0, Math.floor(step / checkpointEvery));
    const state = this.checkpoints[checkpoint]?.slice() ?? [];
    for (let at = checkpoint * checkpointEvery; at <= step; ++at) {
      for (const change of this.chronicle.steps[at]!.changes ?? []) {
        state[this.index(change.node, change.part, change.name)] = change.after ?? '';
      }
    }
    return state;
  }

  find(node: string, part: string, name: string): number | undefined {
    return this.indexOf.get(`${node}\n${part}\n${name}`);
  }

  private index(node: string, part: string, name: string): number {
    const key = `${node}\n${part}\n${name}`;
    let index = this.indexOf.get(key);
    if (index === undefined) {
      index = this.fields.length;
      this.indexOf.set(key, index);
      this.fields.push({ node, part, name });
      this.isEverChanged.push(false);
    }
    return index;
  }
}
