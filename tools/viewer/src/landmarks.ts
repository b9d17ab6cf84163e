// The moments that matter: votes that reached a disk, values that were chosen, what nodes learned,
// where the protocol was left, and the contradiction.
import type { Chronicle } from './data';
import { valueIn } from './values';

export interface Vote {
  step: number;
  node: string;
  text: string; // "red@1.n3"
  value: string;
}
export interface Choice {
  step: number;
  value: string;
  ballot: string;
  votes: Vote[]; // of its quorum
  isInContradiction: boolean;
}
export interface Learning {
  step: number;
  node: string;
  value: string;
}
export interface Landmarks {
  votes: Vote[];
  choices: Choice[];
  learnings: Learning[];
  departures: number[];
  violation: number | null;
}

const votingFields = /(^|\.)(vote|decision|state|has_voted_yes)$/;
const mereStates = new Set(['initial', 'voting', 'waiting']); // nothing has been promised in them
const learnsText = /^(\S+) learns (.+)$/;

function votesOf(chronicle: Chronicle): Vote[] {
  return chronicle.steps.flatMap((step, number) =>
    (step.changes ?? []).flatMap(({ node, part, name, after }) => {
      const value = part === 'disk' && votingFields.test(name) && after ? valueIn(after) : null;
      return value === null || mereStates.has(value)
        ? []
        : [{ step: number, node, text: after!, value }];
    }),
  );
}

/** Where nodes vote, a value is chosen once a quorum has voted for it in one ballot. Counted here,
 *  because the news of a run is only the first choice. */
function choicesOf(chronicle: Chronicle, votes: Vote[]): Choice[] {
  const size = chronicle.votes_to_choose;
  if (size === undefined) return [];
  const finding = chronicle.finding?.text ?? '';
  const cast = new Map<string, Vote[]>(); // by vote, one of each node
  const choices: Choice[] = [];
  for (const vote of votes) {
    const same = cast.get(vote.text) ?? [];
    if (same.some(({ node }) => node === vote.node)) continue;
    same.push(vote);
    cast.set(vote.text, same);
    if (same.length !== size) continue;
    const [value = '', ballot = ''] = vote.text.split('@');
    choices.push({
      step: vote.step,
      value,
      ballot,
      votes: [...same],
      isInContradiction: finding.includes(value) && finding.includes(ballot),
    });
  }
  return choices;
}

export function landmarksOf(chronicle: Chronicle): Landmarks {
  const votes = votesOf(chronicle);
  const learnings: Learning[] = [];
  const departures: number[] = [];
  chronicle.steps.forEach((step, number) => {
    for (const consequence of step.consequences ?? []) {
      const found = learnsText.exec(consequence);
      if (found) learnings.push({ step: number, node: found[1]!, value: found[2]! });
    }
    if (step.departure) departures.push(number);
  });
  return {
    votes,
    choices: choicesOf(chronicle, votes),
    learnings,
    departures,
    violation: chronicle.finding ? (chronicle.finding.step ?? chronicle.steps.length - 1) : null,
  };
}

/** Those of a list in the order of steps that lie from `first` to `last`, both included. */
export function between<T extends { step: number }>(list: T[], first: number, last: number): T[] {
  const firstAt = (step: number) => {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle]!.step < step) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return list.slice(firstAt(first), firstAt(last + 1));
}
