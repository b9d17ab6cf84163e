// How a message looks: its kind is a dash, its round (a ballot, a term: whatever the protocol calls
// its attempts) is a colour and the head of the arrow. Where a protocol has no rounds, its kinds
// have the colours, too. Never the colour alone: in print, and for who sees no colours, the dash
// tells kinds apart and the head tells neighbouring rounds apart.
import type { Chronicle, Message } from './data';

export type Head = 'filled' | 'hollow' | 'open' | 'double';

export interface MessageLook {
  colour: string; // a custom property of the style sheet
  dash: number[]; // as of a canvas
  head: Head;
}

const colours = ['--hue-1', '--hue-2', '--hue-3', '--hue-4', '--hue-5', '--hue-6'];
const heads: Head[] = ['filled', 'hollow', 'open', 'double'];
const dashes = [
  [],
  [8, 3],
  [3, 3],
  [9, 3, 2, 3],
  [1.5, 3.5],
  [14, 4],
  [9, 3, 2, 3, 2, 3],
  [5, 2, 1.5, 2],
];

/** After so many rounds, one looks like an earlier one: none of those near it. */
export const roundLooks = 12;

const isRound = (value: unknown): value is string | number =>
  typeof value === 'number' || (typeof value === 'string' && value !== '' && value !== 'none');

/** In a field of this name, wherever it is within the message. */
function roundIn(fields: unknown, name: string): string | null {
  if (typeof fields !== 'object' || fields === null) return null;
  const own = (fields as Record<string, unknown>)[name];
  if (isRound(own)) return String(own);
  for (const part of Object.values(fields)) {
    const found = roundIn(part, name);
    if (found !== null) return found;
  }
  return null;
}

const rising = new Intl.Collator('en', { numeric: true });

export class MessageLooks {
  readonly kinds: string[];
  /** In their order; none where the protocol has no name for its attempts. */
  readonly rounds: string[];
  private readonly roundByMessage: (string | null)[];
  private readonly dashOf: ReadonlyMap<string, number>;
  private readonly placeOf: ReadonlyMap<string, number>;

  constructor(
    { messages }: Chronicle,
    readonly roundName: string,
  ) {
    this.kinds = [...new Set(messages.map(({ type }) => type))];
    this.roundByMessage = messages.map(({ fields }) =>
      roundName === '' ? null : roundIn(fields, roundName),
    );
    const rounds = new Set(this.roundByMessage);
    rounds.delete(null);
    this.rounds = ([...rounds] as string[]).sort(rising.compare);
    this.dashOf = new Map(this.kinds.map((kind, place) => [kind, place]));
    this.placeOf = new Map(this.rounds.map((round, place) => [round, place]));
  }

  roundOf(message: number): string | null {
    return this.roundByMessage[message]!;
  }

  lookOf(message: Message, number: number): MessageLook {
    return { ...this.ofRound(this.roundOf(number)), ...this.ofKind(message.type) };
  }

  ofKind(kind: string): { dash: number[] } | MessageLook {
    const place = this.dashOf.get(kind) ?? 0;
    const dash = dashes[place % dashes.length]!;
    return this.rounds.length > 0
      ? { dash }
      : { dash, colour: colours[place % colours.length]!, head: 'filled' };
  }

  ofRound(round: string | null): { colour: string; head: Head } {
    const place = round === null ? undefined : this.placeOf.get(round);
    return place === undefined
      ? { colour: '--ink', head: 'filled' }
      : { colour: colours[place % colours.length]!, head: heads[place % heads.length]! };
  }
}

/** The head of an arrow whose tip is at 0, 0 and that comes from the left; for canvas and SVG. */
export function headOutline(head: Head): { path: string; isFilled: boolean } {
  switch (head) {
    case 'filled':
      return { path: 'M0,0L-8.5,-3.4V3.4Z', isFilled: true };
    case 'hollow':
      return { path: 'M0,0L-9,-4V4Z', isFilled: false };
    case 'open':
      return { path: 'M-8,-4.6L0,0L-8,4.6', isFilled: false };
    case 'double':
      return { path: 'M0,0L-6.5,-3.2V3.2ZM-6,0L-12.5,-3.2V3.2Z', isFilled: true };
  }
}
