// What lasts: nodes that are down or paused, links that are cut. Each from a step to a step.
import type { Chronicle } from './data';

export interface Span {
  from: number; // the step that began it
  to: number; // the step that ended it; the number of steps where none did
}
export interface NodeSpan extends Span {
  node: string;
  kind: 'down' | 'paused';
}
export interface CutSpan extends Span {
  sender: string;
  receiver: string;
}

/** A node is down when nothing of its memory is there. */
export function nodeSpans(chronicle: Chronicle): NodeSpan[] {
  const spans: NodeSpan[] = [];
  const open = new Map<string, NodeSpan>();
  const remembered = new Map<string, number>();
  const begin = (node: string, kind: NodeSpan['kind'], step: number) => {
    const span: NodeSpan = { node, kind, from: step, to: chronicle.steps.length };
    spans.push(span);
    open.set(`${kind} ${node}`, span);
  };
  const end = (node: string, kind: NodeSpan['kind'], step: number) => {
    const span = open.get(`${kind} ${node}`);
    if (span) span.to = step;
    open.delete(`${kind} ${node}`);
  };
  for (const { node, part } of chronicle.start ?? []) {
    if (part === 'memory') remembered.set(node, (remembered.get(node) ?? 0) + 1);
  }
  chronicle.steps.forEach((step, number) => {
    for (const { node, part, before, after } of step.changes ?? []) {
      if (part !== 'memory' || (before === undefined) === (after === undefined)) continue;
      const count = (remembered.get(node) ?? 0) + (after === undefined ? -1 : 1);
      remembered.set(node, count);
      if (count === 0) {
        begin(node, 'down', number);
        end(node, 'paused', number);
      } else if (count === 1 && before === undefined) {
        end(node, 'down', number);
      }
    }
    if (step.kind === 'pause' && step.actor) begin(step.actor, 'paused', number);
    if (step.kind === 'resume' && step.actor) end(step.actor, 'paused', number);
  });
  return spans;
}

export function cutSpans(chronicle: Chronicle): CutSpan[] {
  const spans: CutSpan[] = [];
  const open = new Map<string, CutSpan>();
  chronicle.steps.forEach((step, number) => {
    if (step.kind !== 'cut' && step.kind !== 'heal') return;
    for (const sender of step.cut_from ?? []) {
      for (const receiver of step.cut_to ?? []) {
        const link = `${sender} ${receiver}`;
        if (sender === receiver) continue;
        if (step.kind === 'heal') {
          const span = open.get(link);
          if (span) span.to = number;
          open.delete(link);
        } else if (!open.has(link)) {
          const span = { sender, receiver, from: number, to: chronicle.steps.length };
          spans.push(span);
          open.set(link, span);
        }
      }
    }
  });
  return spans;
}

export const isWithin = (span: Span, step: number) => span.from <= step && step < span.to;
