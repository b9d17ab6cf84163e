// What happened, in a few numbered sentences, each linked to its steps.
import type { Explanation, Sentence } from './data';

interface Props {
  explanation: Explanation;
  cursor: number;
  onPick: (steps: number[], sentence: number) => void;
}

/** All, in the order of the page. */
export function sentencesOf({
  wrong_step,
  difference,
  story,
  contradiction,
}: Explanation): Sentence[] {
  return [...(wrong_step ?? []), ...(difference ?? []), ...story, ...contradiction];
}

export function ExplanationPanel({ explanation, cursor, onPick }: Props) {
  const { wrong_step = [], difference = [], story, contradiction, rule } = explanation;
  const before = wrong_step.length + difference.length;
  return (
    <section class="explanation" aria-label="Explanation">
      <p class="setting">{explanation.setting}</p>
      {wrong_step.length > 0 && (
        <>
          <h2>The wrong step</h2>
          <Sentences of={wrong_step} place={0} cursor={cursor} onPick={onPick} />
          <RuleText rule={rule} />
        </>
      )}
      {difference.length > 0 && (
        <>
          <h2>The first difference from the other build</h2>
          <Sentences of={difference} place={wrong_step.length} cursor={cursor} onPick={onPick} />
        </>
      )}
      <h2>What happened</h2>
      <Sentences of={story} place={before} number={1} cursor={cursor} onPick={onPick} />
      {contradiction.length > 0 && (
        <>
          <h3>
            <mark>The contradiction</mark>
          </h3>
          <Sentences
            of={contradiction}
            place={before + story.length}
            number={story.length + 1}
            cursor={cursor}
            onPick={onPick}
          />
        </>
      )}
      {wrong_step.length === 0 && <RuleText rule={rule} />}
    </section>
  );
}

function RuleText({ rule }: { rule: Explanation['rule'] }) {
  if (!rule) return null;
  return (
    <>
      <h3>The rule</h3>
      <p>
        {rule.text}
        {rule.source && <cite> {rule.source}</cite>}
        {rule.code && (
          <>
            {' '}
            <code>{rule.code}</code> in <code>{rule.file}</code>
          </>
        )}
      </p>
    </>
  );
}

interface SentencesProps {
  of: Sentence[];
  place: number; // of the first, among all
  number?: number; // of the first; without, they have none
  cursor: number;
  onPick: Props['onPick'];
}

function Sentences({ of, place, number, cursor, onPick }: SentencesProps) {
  return (
    <ol start={number} class={number === undefined ? 'unnumbered' : ''}>
      {of.map((sentence, i) => (
        <Told
          key={i}
          sentence={sentence}
          cursor={cursor}
          onPick={(steps) => onPick(steps, place + i)}
        />
      ))}
    </ol>
  );
}

function Told({
  sentence,
  cursor,
  onPick,
}: {
  sentence: Sentence;
  cursor: number;
  onPick: (steps: number[]) => void;
}) {
  const steps = sentence.steps ?? [];
  const isHere = steps.includes(cursor);
  if (steps.length === 0)
    return (
      <li>
        <span class="plain">{sentence.text}</span>
      </li>
    );
  return (
    <li class={isHere ? 'here' : ''}>
      <button
        class="sentence"
        onClick={() => onPick(steps)}
        aria-current={isHere ? 'step' : undefined}
      >
        {sentence.text}
      </button>
    </li>
  );
}
