// Which looks of messages are in the picture: what its legend has to tell.
import type { RunModel } from '../run_model';
import type { Arrow } from './arrows';

export interface MessagesInView {
  kinds: string[];
  rounds: string[];
}

/** In their order. */
export function messagesInView({ chronicle, looks }: RunModel, arrows: Arrow[]): MessagesInView {
  const kinds = new Set(arrows.map(({ message }) => chronicle.messages[message]!.type));
  const rounds = new Set(arrows.map(({ message }) => looks.roundOf(message)));
  return {
    kinds: looks.kinds.filter((kind) => kinds.has(kind)),
    rounds: looks.rounds.filter((round) => rounds.has(round)),
  };
}
