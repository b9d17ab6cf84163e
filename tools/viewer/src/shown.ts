// Which steps are shown, and where: a column each, in order. A step that is not shown lies between
// the columns of its neighbours, so that a message to or from it still has a place.
import type { Step } from './data';
import type { RunModel } from './run_model';

export interface Filter {
  isPastOnly: boolean; // only what the focus follows from
  isBrief: boolean; // without what comes again and again
  hidden: ReadonlySet<string>; // nodes and clients whose lanes are not drawn
  type: string; // of message, or kind of step; empty: all
  ballot: string; // empty: all
  search: string;
}

export const noFilter: Filter = {
  isPastOnly: false,
  isBrief: false,
  hidden: new Set(),
  type: '',
  ballot: '',
  search: '',
};

export interface Shown {
  steps: Int32Array; // by column
  columns: Float64Array; // by step
  lanes: string[];
}

const ballotText = /\b\d+\.n\d+\b/g;

export function typeOf(run: RunModel, step: Step): string {
  return step.packet === undefined ? step.kind : run.chronicle.messages[step.packet]!.type;
}

/** All there are to choose from, each once. */
export function typesIn(run: RunModel): string[] {
  return [...new Set(run.chronicle.steps.map((step) => typeOf(run, step)))].sort();
}

export function ballotsIn(run: RunModel): string[] {
  const ballots = new Set<string>();
  for (const { text } of run.chronicle.messages) {
    for (const [ballot] of text.matchAll(ballotText)) ballots.add(ballot);
  }
  const round = (ballot: string) => Number(ballot.split('.')[0]);
  return [...ballots].sort((a, b) => round(a) - round(b) || (a < b ? -1 : 1));
}

function textOf(step: Step): string {
  const changes = (step.changes ?? []).map(({ name, after }) => `${name} ${after ?? ''}`);
  return [
    step.text,
    step.news ?? '',
    ...(step.logged ?? []),
    ...(step.consequences ?? []),
    ...changes,
  ].join('\n');
}

const isOfBallot = (step: Step, ballot: string) =>
  [...textOf(step).matchAll(ballotText)].some(([found]) => found === ballot);

export function isFound(step: Step, search: string): boolean {
  return textOf(step).toLowerCase().includes(search.trim().toLowerCase());
}

function isShown(run: RunModel, number: number, filter: Filter): boolean {
  const step = run.chronicle.steps[number]!;
  if (filter.isPastOnly && run.focusPast[number] === 0) return false;
  if (filter.isBrief && run.repeatAt(number) && !run.evidence.includes(number)) return false;
  if (step.actor && filter.hidden.has(step.actor)) return false;
  if (filter.type && typeOf(run, step) !== filter.type) return false;
  if (filter.ballot && !isOfBallot(step, filter.ballot)) return false;
  return filter.search.trim() === '' || isFound(step, filter.search);
}

export function whatIsShown(run: RunModel, filter: Filter): Shown {
  const count = run.chronicle.steps.length;
  const steps: number[] = [];
  const columns = new Float64Array(count);
  for (let number = 0; number < count; ++number) {
    const shown = isShown(run, number, filter);
    columns[number] = shown ? steps.length : steps.length - 0.5;
    if (shown) steps.push(number);
  }
  const { clients = [], nodes } = run.chronicle;
  const lanes = [...clients, ...nodes].filter((lane) => !filter.hidden.has(lane));
  return { steps: Int32Array.from(steps), columns, lanes };
}

/** The shown step at or before `step`; the first one where there is none; -1 where nothing is shown. */
export function columnAtOrBefore(shown: Shown, step: number): number {
  let low = 0;
  let high = shown.steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (shown.steps[middle]! <= step) low = middle + 1;
    else high = middle;
  }
  return Math.max(low - 1, Math.min(0, shown.steps.length - 1));
}
