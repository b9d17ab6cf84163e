// Every key of the page, in one list: the same that the help shows.

export type Command =
  | 'next'
  | 'previous'
  | 'next landmark'
  | 'previous landmark'
  | 'first'
  | 'last'
  | 'play'
  | 'violation'
  | 'past'
  | 'light'
  | 'search'
  | 'zoom in'
  | 'zoom out'
  | 'fit'
  | 'theme'
  | 'other run'
  | 'next sentence'
  | 'previous sentence'
  | 'help'
  | 'leave';

interface Key {
  keys: string[]; // as KeyboardEvent.key
  shown: string;
  command: Command;
  help: string;
}

export const keys: Key[] = [
  { keys: ['ArrowRight', 'l'], shown: '→', command: 'next', help: 'next step' },
  { keys: ['ArrowLeft', 'h'], shown: '←', command: 'previous', help: 'previous step' },
  {
    keys: ['Shift+ArrowRight', 'n'],
    shown: 'n',
    command: 'next landmark',
    help: 'next vote, choice or departure',
  },
  {
    keys: ['Shift+ArrowLeft', 'p'],
    shown: 'p',
    command: 'previous landmark',
    help: 'previous one',
  },
  { keys: ['j'], shown: 'j', command: 'next sentence', help: 'next sentence of the explanation' },
  { keys: ['k'], shown: 'k', command: 'previous sentence', help: 'previous sentence' },
  { keys: ['Home'], shown: 'Home', command: 'first', help: 'first step' },
  { keys: ['End'], shown: 'End', command: 'last', help: 'last step' },
  { keys: [' '], shown: 'space', command: 'play', help: 'play or pause' },
  { keys: ['v'], shown: 'v', command: 'violation', help: 'to where the page opened' },
  { keys: ['c'], shown: 'c', command: 'past', help: 'only what led to it, or everything' },
  {
    keys: ['x'],
    shown: 'x',
    command: 'light',
    help: 'light up what a step follows from, or all alike',
  },
  { keys: ['/'], shown: '/', command: 'search', help: 'search' },
  { keys: ['+', '='], shown: '+', command: 'zoom in', help: 'larger' },
  { keys: ['-'], shown: '−', command: 'zoom out', help: 'smaller' },
  { keys: ['0'], shown: '0', command: 'fit', help: 'all steps in view' },
  { keys: ['o'], shown: 'o', command: 'other run', help: 'the other run, where there are two' },
  { keys: ['t'], shown: 't', command: 'theme', help: 'light or dark' },
  { keys: ['?'], shown: '?', command: 'help', help: 'these keys' },
  { keys: ['Escape'], shown: 'Esc', command: 'leave', help: 'leave the search or this list' },
];

const takesText = (target: EventTarget | null) =>
  target instanceof HTMLInputElement && target.type === 'search';

/** What a control needs for itself stays with it. */
const needsItself = (target: EventTarget | null, key: string) =>
  (target instanceof HTMLSelectElement && key !== 'Escape') ||
  (target instanceof HTMLInputElement &&
    target.type === 'range' &&
    /^(Arrow|Home|End)/.test(key)) ||
  (target instanceof HTMLInputElement && target.type === 'checkbox' && key === ' ') ||
  ((target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement) && key === ' ');

export function commandFor(event: KeyboardEvent): Command | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (needsItself(event.target, event.key)) return null;
  if (takesText(event.target) && event.key !== 'Escape') return null;
  const name = event.shiftKey && event.key.startsWith('Arrow') ? `Shift+${event.key}` : event.key;
  return keys.find((key) => key.keys.includes(name))?.command ?? null;
}
