// The step at the cursor, in words: what it was, what came of it, which rule acted, what it follows
// from.
import type { Departure } from './data';
import { placeText } from './place';
import type { RunModel } from './run_model';

interface Props {
  run: RunModel;
  cursor: number;
  runName: string | null; // in a link; null where the page has but one run
  onPick: (step: number) => void;
  /** To the same step in the other run. */
  onOther: (step: number) => void;
}

export function StepPanel({ run, cursor, runName, onPick, onOther }: Props) {
  const step = run.chronicle.steps[cursor];
  if (!step)
    return (
      <section class="step">
        <h2>Before the first step</h2>
      </section>
    );
  const isViolation = run.landmarks.violation === cursor;
  return (
    <section class={isViolation ? 'step violation' : 'step'} aria-label="Step">
      <h2>
        <a
          href={`#${placeText({ step: run.numbers.of(cursor), run: runName })}`}
          title="a link to here"
        >
          Step {run.numbers.of(cursor)}
        </a>{' '}
        <small>
          of 0 to {run.numbers.last}, time {step.at}
        </small>
      </h2>
      <p class="what" aria-live="polite">
        {step.text}
      </p>
      <ul>
        {(step.logged ?? []).map((text, line) => (
          <li key={line} class="logged">
            {text}
          </li>
        ))}
        {(step.consequences ?? []).map((text) => (
          <li key={text}>{text}</li>
        ))}
        {step.news && <li class="news">★ {step.news}</li>}
        {isViolation && run.chronicle.finding && (
          <li class="news">
            <mark>{run.chronicle.finding.property}</mark> is violated
          </li>
        )}
        {run.landmarks.lastProgress === cursor && (
          <li class="news">
            Progress stops here: after this no node learns or applies anything, and disks get only
            what they had before, but for its numbers.
          </li>
        )}
      </ul>
      <CounterpartText run={run} cursor={cursor} onOther={onOther} />
      {step.rule?.name && (
        <p class="rule">
          Rule: <code>{step.rule.name}</code>
          {step.rule.source && <cite> {step.rule.source}</cite>}
        </p>
      )}
      {step.departure && <DepartureText departure={step.departure} who={step.actor ?? ''} />}
      {step.causes && step.causes.length > 0 && (
        <p class="causes">
          Follows from{' '}
          {step.causes.map((cause) => (
            <button
              key={cause}
              class="link"
              onClick={() => onPick(cause)}
              title={run.chronicle.steps[cause]!.text}
            >
              step {run.numbers.of(cause)}
            </button>
          ))}
        </p>
      )}
    </section>
  );
}

interface CounterpartProps {
  run: RunModel;
  cursor: number;
  onOther: (step: number) => void;
}

/** The same in words, or one that differs in numbers and names only. */
function CounterpartText({ run, cursor, onOther }: CounterpartProps) {
  const { counterpart, chronicle } = run;
  if (!counterpart) return null;
  const step = counterpart.steps[cursor]!;
  return (
    <p class="counterpart">
      {step < 0 ? (
        `Nothing like it is in the ${counterpart.title} run.`
      ) : (
        <>
          {counterpart.textOf(step) === chronicle.steps[cursor]!.text
            ? `In the ${counterpart.title} run, too: `
            : `Like it in the ${counterpart.title} run: `}
          <button class="link" onClick={() => onOther(step)}>
            step {counterpart.numberOf(step)}
          </button>
        </>
      )}
    </p>
  );
}

function DepartureText({ departure, who }: { departure: Departure; who: string }) {
  const { did = [], due = [], settings = [], answer } = departure;
  return (
    <div class="departure">
      <p>
        <strong>Here {who} leaves the protocol.</strong>
      </p>
      {answer && (
        <p>
          <code>{answer.rule}</code>: {answer.question} It returned {answer.did}; right is{' '}
          {answer.due}.
        </p>
      )}
      {settings.length > 0 && <p>Because {settings.join(', ')}.</p>}
      {did.length > 0 && <p>It chose to {did.join('; to ')}.</p>}
      {due.length > 0 && <p>A correct node would {due.join('; ')}.</p>}
      {due.length === 0 && <p>A correct node would have done none of that.</p>}
      {did.length === 0 && <p>It did nothing of the kind.</p>}
    </div>
  );
}
