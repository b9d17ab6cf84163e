// What happened, in a few numbered sentences, each linked to its steps.
import type { Explanation, Sentence } from './data';

interface Props {
  explanation: Explanation;
  cursor: number;
  onPick: (steps: number[], sentence: number) => void;
}

/** All, as they are numbered on the page, from 0. */
export function sentencesOf({ story, contradiction, wrong_step }: Explanation): Sentence[] {
  return [...story, ...contradiction, ...(wrong_step ? [wrong_step] : [])];
}

export function ExplanationPanel({ explanation, cursor, onPick }: Props) {
  return (
    <section class="explanation" aria-label="Explanation">
      <h2>What happened</h2>
      <Sentences of={explanation.story} from={1} cursor={cursor} onPick={onPick} />
      {explanation.contradiction.length > 0 && (
        <>
          <h3>
            <mark>The contradiction</mark>
          </h3>
          <Sentences
            of={explanation.contradiction}
            from={explanation.story.length + 1}
            cursor={cursor}
            onPick={onPick}
          />
        </>
      )}
      {explanation.wrong_step && (
        <>
          <h3>Where it went wrong</h3>
          <Sentences
            of={[explanation.wrong_step]}
            from={explanation.story.length + explanation.contradiction.length + 1}
            cursor={cursor}
            onPick={onPick}
          />
        </>
      )}
      {explanation.rule && (
        <>
          <h3>The rule</h3>
          <p>
            {explanation.rule.text}
            {explanation.rule.source && <cite> {explanation.rule.source}</cite>}
            {explanation.rule.code && (
              <>
                {' '}
                <code>{explanation.rule.code}</code>
              </>
            )}
          </p>
        </>
      )}
    </section>
  );
}

interface SentencesProps {
  of: Sentence[];
  from: number;
  cursor: number;
  onPick: Props['onPick'];
}

function Sentences({ of, from, cursor, onPick }: SentencesProps) {
  return (
    <ol start={from}>
      {of.map((sentence, i) => (
        <Told
          key={i}
          sentence={sentence}
          cursor={cursor}
          onPick={(steps) => onPick(steps, from + i - 1)}
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
