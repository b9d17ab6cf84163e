// The moments that matter: votes that reached a disk, values that were chosen, what nodes learned,
// where the protocol was left, and the contradiction.
import type { Change, Chronicle } from './data';
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
  /** Where a run was found to be stuck at its end: the last step in which anything new came about. */
  lastProgress: number | null;
}

const votingFields = /(^|\.)(vote|decision|state|has_voted_yes)$/;
const mereStates = new Set(['initial', 'voting', 'waiting']); // nothing has been promised in them
const comesToKnow = /^\S+ (learns|applies) /;
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

/** The last step of which there is news, in which a node learned or applied something, or in which something
 *  came onto a disk that had not been there, but for its numbers. */
function lastProgressOf(chronicle: Chronicle): number | null {
  let last = -1;
  const written = new Set<string>();
  const isNew = ({ node, part, name, after = '' }: Change) => {
    const writing = `${node} ${name} ${after.replaceAll(/\d+/g, '#')}`;
    if (part !== 'disk' || written.has(writing)) return false;
    written.add(writing);
    return true;
  };
  for (const { node, part, name, value } of chronicle.start ?? [])
    isNew({ node, part, name, after: value });
  chronicle.steps.forEach(({ changes = [], consequences = [], news }, number) => {
    const isAnyNew = changes.filter(isNew).length > 0; // all are looked at, for those to come
    if (news || isAnyNew || consequences.some((text) => comesToKnow.test(text))) last = number;
  });
  return last < 0 ? null : last;
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
  const { finding } = chronicle;
  const isStuck = finding !== undefined && finding.step === undefined; // judged at the end
  return {
    votes,
    choices: choicesOf(chronicle, votes),
    learnings,
    departures,
    violation: finding ? (finding.step ?? chronicle.steps.length - 1) : null,
    lastProgress: isStuck ? lastProgressOf(chronicle) : null,
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
