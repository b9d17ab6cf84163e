// One run, with all that is worked out once when the page opens.
import { causalPast, type StepSet } from './causality';
import type { Chronicle, RunData } from './data';
import { foldAt, foldsOf, type Fold } from './folds';
import { History, type NodeStatus } from './history';
import { Intervals } from './intervals';
import { landmarksOf, type Landmarks } from './landmarks';
import { MessageLooks } from './message_looks';
import { cutSpans, isWithin, nodeSpans, type CutSpan, type NodeSpan } from './spans';
import { StepNumbers } from './step_numbers';
import type { Survivors } from './survivors';
import { valueIn } from './values';

/** The other run of the page, and what of this one is there again. */
export interface Counterpart {
  title: string;
  steps: Int32Array; // by step, its place in the other; -1: it is not there
  count: number;
  numberOf: (step: number) => number;
  textOf: (step: number) => string;
}

/** By message: from when to when it is on its way; an empty interval where it never is. */
function journeysOf({ messages, steps }: Chronicle): { from: number; to: number }[] {
  return messages.map((message) => {
    const isHeld = message.sent_in === undefined && message.said_in !== undefined;
    if (message.is_lost_in_crash || isHeld) return { from: Infinity, to: -Infinity };
    const to = message.delivered_in ?? message.dropped_in ?? steps.length;
    return { from: message.sent_in ?? -1, to };
  });
}

/** Many times what nine of ten waits for the next step take. */
function longWaitIn({ steps }: Chronicle): number {
  const waits = Float64Array.from(steps, ({ at }, i) => at - (steps[i - 1]?.at ?? 0))
    .filter((ticks) => ticks > 0)
    .sort();
  return 8 * (waits[Math.floor(waits.length * 0.9)] ?? Infinity);
}

function valuesIn({ messages }: Chronicle, { votes, learnings }: Landmarks): Set<string> {
  const values = new Set([...votes, ...learnings].map(({ value }) => value));
  for (const { fields } of messages) {
    const value = typeof fields?.['value'] === 'string' ? valueIn(fields['value']) : null;
    if (value !== null) values.add(value);
  }
  values.delete('yes'); // a vote of two-phase commit, but in a field like any other yes
  return values;
}

export class RunModel {
  readonly chronicle: Chronicle;
  readonly history: History;
  readonly landmarks: Landmarks;
  readonly nodeSpans: NodeSpan[];
  readonly cutSpans: CutSpan[];
  readonly numbers: StepNumbers;
  readonly looks: MessageLooks;
  /** Where the run is looked at first: the contradiction; where it got stuck; or the end. */
  readonly focus: number;
  /** The steps that contradict each other. */
  readonly evidence: number[];
  /** Steps that no fold hides: the evidence, and where the run is looked at first. */
  readonly kept: ReadonlySet<number>;
  readonly focusPast: StepSet;
  readonly voteSteps: ReadonlySet<number>;
  /** In which a node goes down: that may be later than its crash was due. */
  readonly downSteps: ReadonlySet<number>;
  /** What is proposed, voted for or learned: such texts get a shape and a colour. */
  readonly values: ReadonlySet<string>;
  /** What brings nothing new, in the order of its steps. */
  readonly folds: Fold[];
  /** So many ticks in which nothing happens are long in this run. */
  readonly waitMin: number;
  counterpart: Counterpart | null = null;
  private readonly journeys: Intervals;

  constructor(readonly data: RunData) {
    this.chronicle = data.chronicle;
    this.history = new History(data.chronicle);
    this.landmarks = landmarksOf(data.chronicle);
    this.nodeSpans = nodeSpans(data.chronicle);
    this.cutSpans = cutSpans(data.chronicle);
    this.numbers = new StepNumbers(data.chronicle);
    this.looks = new MessageLooks(data.chronicle, data.round_name ?? '');
    const { violation, lastProgress } = this.landmarks;
    this.focus = lastProgress ?? violation ?? data.chronicle.steps.length - 1;
    this.evidence = this.findEvidence();
    this.focusPast = causalPast(data.chronicle, [...this.evidence, ...data.explanation.steps]);
    this.voteSteps = new Set(this.landmarks.votes.map(({ step }) => step));
    this.downSteps = new Set(
      this.nodeSpans.filter(({ kind }) => kind === 'down').map(({ from }) => from),
    );
    this.values = valuesIn(data.chronicle, this.landmarks);
    const { steps, loop = 0 } = data.chronicle;
    const lap = Array.from({ length: loop }, (_, i) => steps.length - loop + i);
    const kept = new Set([...this.evidence, this.focus, this.landmarks.violation ?? -1, ...lap]);
    this.kept = kept;
    const repeats = (data.repeats ?? []).filter(
      ({ first, count }) => first + count <= steps.length - loop,
    );
    this.folds = foldsOf(steps, repeats, (step) => kept.has(step));
    this.waitMin = longWaitIn(data.chronicle);
    this.journeys = new Intervals(journeysOf(data.chronicle));
  }

  /** What the contradiction is made of: the violation, what the explanation names as evidence, and the
   *  votes of the quorums in it: the last of them need not follow from the others. */
  private findEvidence(): number[] {
    const quorums = this.landmarks.choices
      .filter((choice) => choice.isInContradiction)
      .flatMap((choice) => choice.votes);
    const told = this.data.explanation.contradiction.flatMap(({ steps }) => steps ?? []);
    const end = this.landmarks.violation ?? this.focus;
    const steps = [end, ...told, ...quorums.map(({ step }) => step)];
    return [...new Set(steps)].filter((step) => step >= 0 && step <= end);
  }

  /** The messages that are on their way after `step`, or arrive in it. */
  inFlightAt(step: number): number[] {
    return this.journeys.touching(step, step);
  }

  /** The fold that a step is in. */
  foldAt(step: number): Fold | undefined {
    return foldAt(this.folds, step);
  }

  /** Those of this run, whose place in `other` is known. */
  setCounterpart(other: RunModel, steps: Survivors['toOther']) {
    const count = steps.reduce((sum, place) => sum + (place < 0 ? 0 : 1), 0);
    const numberOf = (step: number) => other.numbers.of(step);
    const textOf = (step: number) => other.chronicle.steps[step]!.text;
    this.counterpart = { title: other.data.title, steps, count, numberOf, textOf };
  }

  statusOf(node: string, step: number): NodeStatus {
    const spans = this.nodeSpans.filter((span) => span.node === node && isWithin(span, step));
    return spans.find((span) => span.kind === 'down')?.kind ?? spans[0]?.kind ?? 'up';
  }
}
