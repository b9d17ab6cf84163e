// The messages of a run as arrows between lanes and columns, and an index that finds those in view.
import type { Message } from '../data';
import { Intervals } from '../intervals';
import type { MessageLook } from '../message_looks';
import type { RunModel } from '../run_model';
import type { Shown } from '../shown';

export type Fate = 'delivered' | 'lost' | 'in flight';

export interface Arrow {
  message: number;
  fate: Fate;
  isCopy: boolean;
  sent: number; // step; -1: as the run began
  end: number; // step that delivered or lost it; the last step where none did
  from: number; // column
  to: number; // column
  fromLane: number;
  toLane: number;
  look: MessageLook;
}

export class Arrows {
  private readonly all: Arrow[] = [];
  private readonly index: Intervals;

  constructor(run: RunModel, shown: Shown) {
    const laneOf = new Map(shown.lanes.map((name, lane) => [name, lane]));
    const { messages, steps } = run.chronicle;
    const last = steps.length - 1;
    const columnOf = (step: number) => (step < 0 ? -0.5 : shown.columns[step]!);
    const isShown = (step: number) => step >= 0 && Number.isInteger(shown.columns[step]!);
    const stubs = new Set<Message>(); // messages with a copy in flight: one stub is as good as many
    messages.forEach((message, number) => {
      const fromLane = laneOf.get(message.from);
      const toLane = laneOf.get(message.to);
      if (fromLane === undefined || toLane === undefined || message.is_lost_in_crash) return;
      let origin = message;
      while (origin.copy_of !== undefined) origin = messages[origin.copy_of]!;
      const sent = origin.sent_in ?? -1;
      if (message.sent_in === undefined && message.said_in !== undefined) return; // held still
      const ending = message.delivered_in ?? message.dropped_in;
      if (ending === undefined ? !isShown(sent) || stubs.has(origin) : !isShown(ending)) return;
      if (ending === undefined) stubs.add(origin);
      const fate: Fate =
        ending === undefined
          ? 'in flight'
          : message.delivered_in === undefined
            ? 'lost'
            : 'delivered';
      const from = columnOf(sent);
      this.all.push({
        message: number,
        fate,
        isCopy: message.copy_of !== undefined,
        sent,
        end: ending ?? last,
        from,
        to: ending === undefined ? from + 2 : columnOf(ending),
        fromLane,
        toLane,
        look: run.looks.lookOf(message, number),
      });
    });
    this.index = new Intervals(this.all);
  }

  /** Each arrow that crosses columns from first to last, both included. */
  inView(first: number, last: number): Arrow[] {
    return this.index.touching(first, last).map((number) => this.all[number]!);
  }
}

/** "accept 1.n3 red": the type, then what the fields hold, in short. */
export function shortLabel(type: string, fields: Record<string, unknown> | undefined): string {
  const words = Object.entries(fields ?? {}).flatMap(([name, value]) => {
    if (typeof value !== 'string' && typeof value !== 'number') return [];
    if (name === 'number' || name === 'operation' || value === 'none') return [];
    return [name === 'vote' ? `voted ${value}` : String(value)];
  });
  return [type, ...words].join(' ');
}
