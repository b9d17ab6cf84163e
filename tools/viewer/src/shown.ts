// Which steps are shown, and where: a column each, in order. A step that is not shown lies between
// the columns of its neighbours, so that a message to or from it still has a place.
import type { Step } from './data';
import type { RunModel } from './run_model';

export interface Filter {
  isPastOnly: boolean; // only what the focus follows from
  isBrief: boolean; // without what brings nothing new
  unfolded: ReadonlySet<number>; // folds that are shown all the same, by their first steps
  isSurvivorsOnly: boolean; // only what is there again in the other run
  hidden: ReadonlySet<string>; // nodes and clients whose lanes are not drawn
  type: string; // of message, or kind of step; empty: all
  round: string; // empty: all
  search: string;
}

export const noFilter: Filter = {
  isPastOnly: false,
  isBrief: false,
  unfolded: new Set(),
  isSurvivorsOnly: false,
  hidden: new Set(),
  type: '',
  round: '',
  search: '',
};

/** Steps that are folded away between two columns. */
export interface ShownFold {
  column: number; // halfway between them
  count: number;
  folds: number[]; // of which it is made, by their first steps
}

export interface Shown {
  steps: Int32Array; // by column
  columns: Float64Array; // by step
  lanes: string[];
  folds: ShownFold[];
}

export function typeOf(run: RunModel, step: Step): string {
  return step.packet === undefined ? step.kind : run.chronicle.messages[step.packet]!.type;
}

/** All there are to choose from, each once. */
export function typesIn(run: RunModel): string[] {
  return [...new Set(run.chronicle.steps.map((step) => typeOf(run, step)))].sort();
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

/** As a whole word: 1.n2 is not in 11.n2, nor in 1.n23. */
function isWordIn(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const end = at + word.length;
    if (!/[\w.]/.test(text[at - 1] ?? '') && !/^\.?\w/.test(text.slice(end, end + 2))) return true;
  }
  return false;
}

/** Its message is of that round, or it speaks of it. A bare number might be anything, unless it
 *  stands behind the name. */
function isOfRound(run: RunModel, step: Step, round: string): boolean {
  if (step.packet !== undefined && run.looks.roundOf(step.packet) === round) return true;
  const isBare = /^\d+$/.test(round);
  return isWordIn(textOf(step), isBare ? `${run.looks.roundName} ${round}` : round);
}

export function isFound(step: Step, search: string): boolean {
  return textOf(step).toLowerCase().includes(search.trim().toLowerCase());
}

function isFolded(run: RunModel, number: number, { unfolded }: Filter): boolean {
  const fold = run.foldAt(number);
  return fold !== undefined && !unfolded.has(fold.first) && !run.kept.has(number);
}

function isShown(run: RunModel, number: number, filter: Filter): boolean {
  const step = run.chronicle.steps[number]!;
  if (filter.isPastOnly && run.focusPast[number] === 0) return false;
  if (filter.isBrief && isFolded(run, number, filter)) return false;
  if (filter.isSurvivorsOnly && run.counterpart && run.counterpart.steps[number]! < 0) return false;
  if (step.actor && filter.hidden.has(step.actor)) return false;
  if (filter.type && typeOf(run, step) !== filter.type) return false;
  if (filter.round && !isOfRound(run, step, filter.round)) return false;
  return filter.search.trim() === '' || isFound(step, filter.search);
}

/** The filter, no narrower than it must be for this step to be shown. */
export function revealing(run: RunModel, filter: Filter, number: number): Filter {
  if (isShown(run, number, filter)) return filter;
  const fold = run.foldAt(number);
  const unfolded = new Set(filter.unfolded);
  if (fold) unfolded.add(fold.first);
  const wider = { ...filter, unfolded };
  if (isShown(run, number, wider)) return wider;
  const all = { ...wider, isPastOnly: false };
  return isShown(run, number, all) ? all : { ...noFilter, isBrief: filter.isBrief, unfolded };
}

export function whatIsShown(run: RunModel, filter: Filter): Shown {
  const count = run.chronicle.steps.length;
  const steps: number[] = [];
  const columns = new Float64Array(count);
  const folds: ShownFold[] = [];
  const unfolding = { ...filter, isBrief: false };
  for (let number = 0; number < count; ++number) {
    const shown = isShown(run, number, filter);
    columns[number] = shown ? steps.length : steps.length - 0.5;
    if (shown) steps.push(number);
    else if (filter.isBrief && isShown(run, number, unfolding))
      addFolded(folds, columns[number], run.foldAt(number)!.first);
  }
  const { clients = [], nodes } = run.chronicle;
  const lanes = [...clients, ...nodes].filter((lane) => !filter.hidden.has(lane));
  return { steps: Int32Array.from(steps), columns, lanes, folds };
}

function addFolded(folds: ShownFold[], column: number, fold: number) {
  const last = folds.at(-1);
  if (last?.column !== column) {
    folds.push({ column, count: 1, folds: [fold] });
    return;
  }
  ++last.count;
  if (last.folds.at(-1) !== fold) last.folds.push(fold);
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
