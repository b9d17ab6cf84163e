// One run, with all that is worked out once when the page opens.
import { causalPast, type StepSet } from './causality';
import type { Chronicle, Passage, RunData } from './data';
import { History, type NodeStatus } from './history';
import { landmarksOf, type Landmarks } from './landmarks';
import { cutSpans, isWithin, nodeSpans, type CutSpan, type NodeSpan } from './spans';
import { valueIn } from './values';

const bucketSize = 64; // steps

/** By bucket of steps: the messages on their way in one of them. */
function bucketsOf({ messages, steps }: Chronicle): number[][] {
  const buckets: number[][] = [];
  messages.forEach((message, number) => {
    if (
      message.is_lost_in_crash ||
      (message.sent_in === undefined && message.said_in !== undefined)
    )
      return;
    const end = message.delivered_in ?? message.dropped_in ?? steps.length;
    for (let at = Math.floor((message.sent_in ?? 0) / bucketSize); at * bucketSize <= end; ++at) {
      (buckets[at] ??= []).push(number);
    }
  });
  return buckets;
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
  /** Where the run is looked at first: the contradiction, or the end. */
  readonly focus: number;
  /** The steps that contradict each other. */
  readonly evidence: number[];
  readonly focusPast: StepSet;
  readonly voteSteps: ReadonlySet<number>;
  /** In which a node goes down: that may be later than its crash was due. */
  readonly downSteps: ReadonlySet<number>;
  /** What is proposed, voted for or learned: such texts get a shape and a colour. */
  readonly values: ReadonlySet<string>;
  /** What comes again and again, in the order of its steps. */
  readonly repeats: Passage[];
  private readonly byBucket: number[][];

  constructor(readonly data: RunData) {
    this.chronicle = data.chronicle;
    this.history = new History(data.chronicle);
    this.landmarks = landmarksOf(data.chronicle);
    this.nodeSpans = nodeSpans(data.chronicle);
    this.cutSpans = cutSpans(data.chronicle);
    this.focus = this.landmarks.violation ?? data.chronicle.steps.length - 1;
    this.evidence = this.findEvidence();
    this.focusPast = causalPast(data.chronicle, [...this.evidence, ...data.explanation.steps]);
    this.voteSteps = new Set(this.landmarks.votes.map(({ step }) => step));
    this.downSteps = new Set(
      this.nodeSpans.filter(({ kind }) => kind === 'down').map(({ from }) => from),
    );
    this.values = valuesIn(data.chronicle, this.landmarks);
    this.repeats = data.repeats ?? [];
    this.byBucket = bucketsOf(data.chronicle);
  }

  /** What the contradiction is made of: the focus, what the explanation names as evidence, and the
   *  votes of the quorums in it: the last of them need not follow from the others. */
  private findEvidence(): number[] {
    const quorums = this.landmarks.choices
      .filter((choice) => choice.isInContradiction)
      .flatMap((choice) => choice.votes);
    const told = this.data.explanation.contradiction.flatMap(({ steps }) => steps ?? []);
    const steps = [this.focus, ...told, ...quorums.map(({ step }) => step)];
    return [...new Set(steps)].filter((step) => step >= 0 && step <= this.focus);
  }

  /** The messages that are on their way after `step`, or arrive in it. */
  inFlightAt(step: number): number[] {
    const { messages } = this.chronicle;
    return (this.byBucket[Math.floor(Math.max(0, step) / bucketSize)] ?? []).filter((number) => {
      const message = messages[number]!;
      const end = message.delivered_in ?? message.dropped_in ?? Infinity;
      return (message.sent_in ?? -1) <= step && step <= end;
    });
  }

  /** The repeats that a step is one of. */
  repeatAt(step: number): Passage | undefined {
    let low = 0;
    let high = this.repeats.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const { first, count } = this.repeats[middle]!;
      if (first + count <= step) low = middle + 1;
      else high = middle;
    }
    const found = this.repeats[low];
    return found && found.first <= step ? found : undefined;
  }

  statusOf(node: string, step: number): NodeStatus {
    const spans = this.nodeSpans.filter((span) => span.node === node && isWithin(span, step));
    return spans.find((span) => span.kind === 'down')?.kind ?? spans[0]?.kind ?? 'up';
  }
}
