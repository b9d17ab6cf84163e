// What is shown: by node, type, ballot, and search.
import { useMemo } from 'preact/hooks';
import type { Passage } from './data';
import type { RunModel } from './run_model';
import { ballotsIn, typesIn, type Filter } from './shown';

interface Props {
  run: RunModel;
  filter: Filter;
  shownCount: number;
  onChange: (filter: Filter) => void;
}

export function Filters({ run, filter, shownCount, onChange }: Props) {
  const types = useMemo(() => typesIn(run), [run]);
  const ballots = useMemo(() => ballotsIn(run), [run]);
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
      {run.repeats.length > 0 && (
        <label class="past">
          <input
            type="checkbox"
            checked={filter.isBrief}
            onChange={() => onChange({ ...filter, isBrief: !filter.isBrief })}
          />
          repeats once
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
      {ballots.length > 0 && (
        <Choice
          name="ballot"
          chosen={filter.ballot}
          choices={ballots}
          onChange={(ballot) => onChange({ ...filter, ballot })}
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
      {filter.isBrief && <LeftOut of={run.repeats} />}
    </form>
  );
}

const leftOutMax = 6;

/** What is said of the steps that are not shown because they bring nothing new. */
function LeftOut({ of }: { of: Passage[] }) {
  return (
    <ul class="left-out" aria-label="Left out">
      {of.slice(0, leftOutMax).map(({ first, text }) => (
        <li key={first}>… {text}</li>
      ))}
      {of.length > leftOutMax && <li>… and so on, {of.length - leftOutMax} times more</li>}
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
