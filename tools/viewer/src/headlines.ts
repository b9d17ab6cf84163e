// The two or three things that a node shows on the stage: what it has promised, and how it voted.
import type { History } from './history';

const wanted: { name: string; label: string }[] = [
  { name: 'promised', label: 'promised' },
  { name: 'vote', label: 'vote' },
  { name: 'has_voted_yes', label: 'voted yes' },
  { name: 'state', label: 'state' },
  { name: 'decision', label: 'decision' },
];

export interface Headline {
  label: string;
  value: string;
  isNew: boolean;
}

/** From the disk, for that is what a promise or a vote is worth. */
export function headlinesOf(
  history: History,
  before: string[],
  now: string[],
  node: string,
): Headline[] {
  return wanted.flatMap(({ name, label }) => {
    const field = history.find(node, 'disk', name);
    if (field === undefined) return [];
    const value = now[field] ?? '';
    return [{ label, value, isNew: value !== (before[field] ?? '') }];
  });
}
