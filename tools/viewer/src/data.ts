// What the program put into the page: scenarios/chronicle/chronicle.h and the like, as JSON. What is not
// there was left away: an empty text or list, a false.

export interface Change {
  node: string;
  part: string;
  name: string;
  before?: string;
  after?: string;
}

export interface Step {
  trace_index?: number; // none: the trace was over, and the run settled
  at: number;
  kind: string;
  actor?: string;
  input?: string;
  text: string;
  cut_from?: string[];
  cut_to?: string[];
  packet?: number;
  said?: number[];
  sent?: number[];
  changes?: Change[];
  logged?: string[]; // what the code under test logged and printed
  consequences?: string[];
  news?: string;
  rule?: { name?: string; source?: string };
  departure?: Departure;
  causes?: number[];
}

/** What a planted bug had a node do, and what is right. */
export interface Departure {
  did?: string[];
  due?: string[];
  settings?: string[];
  answer?: { protocol: string; rule: string; question: string; did: string; due: string };
}

export interface Message {
  from: string;
  to: string;
  type: string;
  text: string;
  fields?: Record<string, unknown>;
  said_in?: number;
  sent_in?: number;
  copy_of?: number;
  delivered_in?: number;
  dropped_in?: number;
  is_lost_in_crash?: boolean;
}

export interface Chronicle {
  about?: string;
  protocol: string;
  mutants?: string[];
  votes_to_choose?: number; // of one text, where nodes vote: "red@1.n3"
  nodes: string[];
  clients?: string[];
  start?: { node: string; part: string; name: string; value: string }[];
  steps: Step[];
  messages: Message[];
  loop?: number; // so many steps, the last, can be taken for ever
  skipped?: { trace_index: number; at: number; kind: string }[];
  verdict: string;
  inconclusive?: string;
  finding?: { property: string; text: string; step?: number; is_outside_fault_model?: boolean };
}

/** A sentence, and the steps that it tells of. */
export interface Sentence {
  text: string;
  steps?: number[];
}

/** scenarios/explain/explanation.h */
export interface Explanation {
  headline: string;
  story: Sentence[];
  contradiction: Sentence[];
  setting: string; // who takes part, how many are a quorum
  wrong_step?: Sentence[];
  difference?: Sentence[]; // the first from another build, where it is not the wrong step
  rule?: { text: string; source?: string; code?: string; file?: string };
  steps: number[]; // what the violation follows from, and its evidence
}

/** After each step: in how many of `samples` futures drawn anew the violation still comes. */
export interface WhatIf {
  critical_step?: number;
  curve: { step: number; violated: number; samples: number }[];
}

/** Steps that bring nothing new, and what is said of them: scenarios/explain/passages.h. */
export interface Passage {
  first: number;
  count: number;
  text: string; // "until 22800, 4 such steps 37 times more"
}

export interface RunData {
  title: string;
  round_name?: string; // what the protocol calls its attempts: "ballot", "term"; none: it has none
  chronicle: Chronicle;
  repeats?: Passage[];
  explanation: Explanation;
  what_if?: WhatIf;
}

export interface PageData {
  build: string;
  runs: RunData[];
}

/** The data in the page; null where it is the bare page, as the build makes it. */
export function readPageData(): PageData | null {
  const data: unknown = JSON.parse(document.getElementById('data')?.textContent ?? 'null');
  return typeof data === 'object' && data !== null && 'runs' in data ? (data as PageData) : null;
}
