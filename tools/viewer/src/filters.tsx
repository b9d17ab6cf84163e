// What is shown: by node, type, round, and search.
import { useMemo } from 'preact/hooks';
import type { Fold } from './folds';
import type { Counterpart, RunModel } from './run_model';
import { typesIn, type Filter } from './shown';

interface Props {
  run: RunModel;
  filter: Filter;
  shownCount: number;
  onChange: (filter: Filter) => void;
}

export function Filters({ run, filter, shownCount, onChange }: Props) {
  const types = useMemo(() => typesIn(run), [run]);
  const { rounds, roundName } = run.looks;
  const { chronicle } = run;
  const toggle = (name: string) => {
    const hidden = new Set(filter.hidden);
    if (!hidden.delete(name)) hidden.add(name);
    onChange({ ...filter, hidden });
  };
  return (
    <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <label class="past">
        <input
          type="checkbox"
          checked={filter.isPastOnly}
          onChange={() => onChange({ ...filter, isPastOnly: !filter.isPastOnly })}
        />
        {run.landmarks.violation === null
          ? 'only what led to the end'
          : 'only what led to the violation'}
      </label>
      {run.folds.length > 0 && (
        <label class="past">
          <input
            type="checkbox"
            checked={filter.isBrief}
            onChange={() => onChange({ ...filter, isBrief: !filter.isBrief, unfolded: new Set() })}
          />
          repeats and idle steps folded
        </label>
      )}
      {run.counterpart && (
        <label class="past">
          <input
            type="checkbox"
            checked={filter.isSurvivorsOnly}
            onChange={() => onChange({ ...filter, isSurvivorsOnly: !filter.isSurvivorsOnly })}
          />
          only the {counted(run.counterpart.count)} that {survive(run.counterpart)}
        </label>
      )}
      <span class="lanes" role="group" aria-label="Lanes">
        {[...(chronicle.clients ?? []), ...chronicle.nodes].map((name) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={!filter.hidden.has(name)}
              onChange={() => toggle(name)}
            />{' '}
            {name}
          </label>
        ))}
      </span>
      <Choice
        name="type"
        chosen={filter.type}
        choices={types}
        onChange={(type) => onChange({ ...filter, type })}
      />
      {rounds.length > 0 && (
        <Choice
          name={roundName}
          chosen={filter.round}
          choices={rounds}
          onChange={(round) => onChange({ ...filter, round })}
        />
      )}
      <label class="search">
        search{' '}
        <input
          type="search"
          id="search"
          value={filter.search}
          placeholder="red, 2.n1, crash …"
          onInput={(event) => onChange({ ...filter, search: event.currentTarget.value })}
        />
      </label>
      <output>
        {shownCount.toLocaleString('en')} of {chronicle.steps.length.toLocaleString('en')} steps
      </output>
      {filter.isBrief && (
        <LeftOut
          of={run.folds.filter(({ first }) => !filter.unfolded.has(first))}
          onUnfold={(first) =>
            onChange({ ...filter, unfolded: new Set([...filter.unfolded, first]) })
          }
        />
      )}
    </form>
  );
}

const counted = (steps: number) =>
  `${steps.toLocaleString('en')} ${steps === 1 ? 'step' : 'steps'}`;
const survive = ({ title, count }: Counterpart) =>
  `${count === 1 ? 'is, or is' : 'are, or are'} like, one of the ${title} run`;

const leftOutMax = 6;

/** What is said of the steps that are folded because they bring nothing new. */
function LeftOut({ of, onUnfold }: { of: Fold[]; onUnfold: (first: number) => void }) {
  return (
    <ul class="left-out" aria-label="Folded">
      {of.slice(0, leftOutMax).map(({ first, text }) => (
        <li key={first}>
          <button type="button" class="link" title="unfold" onClick={() => onUnfold(first)}>
            … {text}
          </button>
        </li>
      ))}
      {of.length > leftOutMax && (
        <li>… and so on, {(of.length - leftOutMax).toLocaleString('en')} times more</li>
      )}
    </ul>
  );
}

interface ChoiceProps {
  name: string;
  chosen: string;
  choices: string[];
  onChange: (choice: string) => void;
}

function Choice({ name, chosen, choices, onChange }: ChoiceProps) {
  return (
    <label>
      {name}{' '}
      <select value={chosen} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">all</option>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    </label>
  );
}
