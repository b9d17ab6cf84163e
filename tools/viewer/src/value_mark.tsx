// A value in running text: its shape in its colour, and its name.
import { lookOf, outline, valueIn } from './values';

export function ValueMark({ text, values }: { text: string; values: ReadonlySet<string> }) {
  const value = valueIn(text);
  if (value === null || !values.has(value)) return <>{text}</>;
  const look = lookOf(value);
  return (
    <span class="value">
      <svg viewBox="-8 -8 16 16" width="12" height="12" aria-hidden="true">
        <path d={outline(look.shape, 6)} fill={`var(${look.colour})`} />
      </svg>
      {text}
    </span>
  );
}
