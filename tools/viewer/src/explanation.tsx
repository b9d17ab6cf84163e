// What happened, in a few numbered sentences, each linked to its steps.
import type { Explanation, Sentence } from './data';

interface Props {
  explanation: Explanation;
  cursor: number;
  onPick: (steps: number[]) => void;
}

export function ExplanationPanel({ explanation, cursor, onPick }: Props) {
  return (
    <section class="explanation" aria-label="Explanation">
      <h2>What happened</h2>
      <ol>
        {explanation.story.map((sentence, i) => <Told key={i} sentence={sentence} cursor={cursor} onPick={onPick} />)}
      </ol>
      {explanation.contradiction.length > 0 && (
        <>
          <h3><mark>The contradiction</mark></h3>
          <ol start={explanation.story.length + 1}>
            {explanation.contradiction.map((sentence, i) => <Told key={i} sentence={sentence} cursor={cursor} onPick={onPick} />)}
          </ol>
        </>
      )}
      {explanation.rule && (
        <>
          <h3>The rule that would have prevented it</h3>
          <p>{explanation.rule.text}{explanation.rule.source && <cite> {explanation.rule.source}</cite>}</p>
        </>
      )}
    </section>
  );
}

function Told({ sentence, cursor, onPick }: { sentence: Sentence; cursor: number; onPick: Props['onPick'] }) {
  const steps = sentence.steps ?? [];
  const isHere = steps.includes(cursor);
  if (steps.length === 0) return <li>{sentence.text}</li>;
  return (
    <li class={isHere ? 'here' : ''}>
      <button class="sentence" onClick={() => onPick(steps)} aria-current={isHere ? 'step' : undefined}>
        {sentence.text}
      </button>
    </li>
  );
}
