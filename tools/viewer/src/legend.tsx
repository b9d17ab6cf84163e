// What the lines of the diagram mean: the kinds and the rounds that are in the picture. Each is a
// button that leaves only its own.
import type { MessagesInView } from './diagram/in_view';
import { headOutline, roundLooks, type MessageLook } from './message_looks';
import type { RunModel } from './run_model';
import type { Filter } from './shown';

interface Props {
  run: RunModel;
  inView: MessagesInView;
  filter: Filter;
  onChange: (filter: Filter) => void;
}

export function Legend({ run, inView, filter, onChange }: Props) {
  const { looks } = run;
  if (inView.kinds.length === 0) return null;
  const rounds = inView.rounds.slice(0, roundLooks);
  const others = inView.rounds.length - rounds.length;
  return (
    <div class="looks" aria-label="Messages in view">
      {inView.kinds.map((kind) => (
        <Entry
          key={kind}
          text={kind.replaceAll('_', ' ')}
          look={{ colour: '--ink', head: 'filled', ...looks.ofKind(kind) }}
          hasHead={looks.rounds.length === 0}
          isOnly={filter.type === kind}
          onOnly={(only) => onChange({ ...filter, type: only ? kind : '' })}
        />
      ))}
      {rounds.length > 0 && <span class="of">{looks.roundName}</span>}
      {rounds.map((round) => (
        <Entry
          key={round}
          text={round}
          look={{ dash: [], ...looks.ofRound(round) }}
          hasHead
          isOnly={filter.round === round}
          onOnly={(only) => onChange({ ...filter, round: only ? round : '' })}
        />
      ))}
      {others > 0 && <span>and {others} more, in the same colours again</span>}
    </div>
  );
}

interface EntryProps {
  text: string;
  look: MessageLook;
  hasHead: boolean;
  isOnly: boolean;
  onOnly: (isWanted: boolean) => void;
}

function Entry({ text, look, hasHead, isOnly, onOnly }: EntryProps) {
  return (
    <button
      class="look"
      aria-pressed={isOnly}
      title={isOnly ? 'show all again' : `only ${text}`}
      onClick={() => onOnly(!isOnly)}
    >
      <MessageLine look={look} hasHead={hasHead} /> {text}
    </button>
  );
}

export function MessageLine({ look, hasHead }: { look: MessageLook; hasHead: boolean }) {
  const { path, isFilled } = headOutline(look.head);
  const colour = `var(${look.colour})`;
  return (
    <svg viewBox="0 -6 40 12" width="40" height="12" aria-hidden="true">
      <line
        x2={hasHead ? 32 : 40}
        stroke={colour}
        stroke-width="1.8"
        stroke-dasharray={look.dash.join(' ')}
      />
      {hasHead && (
        <path
          d={path}
          transform="translate(39 0)"
          fill={isFilled ? colour : look.head === 'hollow' ? 'var(--paper)' : 'none'}
          stroke={isFilled ? 'none' : colour}
          stroke-width="1.5"
        />
      )}
    </svg>
  );
}
