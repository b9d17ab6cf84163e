// How a value looks: always a colour of Okabe and Ito's palette, which the colour-blind can tell
// apart, and a shape, and its name beside them. Never the colour alone.

export type Shape = 'circle' | 'square' | 'triangle' | 'diamond' | 'pentagon' | 'cross' | 'drop';

export interface Look {
  colour: string; // a custom property of the style sheet
  shape: Shape;
}

const known: Record<string, Look> = {
  red: { colour: '--vermillion', shape: 'circle' },
  blue: { colour: '--blue', shape: 'square' },
  green: { colour: '--green', shape: 'triangle' },
  orange: { colour: '--orange', shape: 'diamond' },
  purple: { colour: '--purple', shape: 'pentagon' },
  cyan: { colour: '--sky', shape: 'drop' },
  commit: { colour: '--green', shape: 'triangle' },
  committed: { colour: '--green', shape: 'triangle' },
  abort: { colour: '--vermillion', shape: 'cross' },
  aborted: { colour: '--vermillion', shape: 'cross' },
  pre_committed: { colour: '--sky', shape: 'drop' },
  yes: { colour: '--blue', shape: 'square' },
};

const colours = ['--sky', '--orange', '--green', '--purple', '--blue', '--vermillion'];
const shapes: Shape[] = ['pentagon', 'drop', 'cross', 'diamond', 'triangle', 'square', 'circle'];

/** The same for the same name, whatever else is in the run. */
export function lookOf(value: string): Look {
  const given = Object.hasOwn(known, value) ? known[value] : undefined;
  if (given) return given;
  let number = 0;
  for (const char of value) number = (number * 31 + char.codePointAt(0)!) >>> 0;
  return {
    colour: colours[number % colours.length]!,
    shape: shapes[Math.floor(number / colours.length) % shapes.length]!,
  };
}

/** "red@1.n3" is a vote for red; "none", "no" and "0" are no value at all. */
export function valueIn(text: string): string | null {
  const value = text.split('@')[0]!.trim();
  return value === '' || value === 'none' || value === 'no' || /^\d/.test(value) ? null : value;
}

/** The outline of a shape around 0, 0, for canvas and SVG alike. */
export function outline(shape: Shape, r: number): string {
  const corners = (count: number, turn: number, radius: number) =>
    Array.from({ length: count }, (_, i) => {
      const angle = turn + (i * 2 * Math.PI) / count;
      return `${(radius * Math.cos(angle)).toFixed(2)},${(radius * Math.sin(angle)).toFixed(2)}`;
    }).join('L');
  const up = -Math.PI / 2;
  switch (shape) {
    case 'circle':
      return `M${r},0A${r},${r} 0 1 1 ${-r},0A${r},${r} 0 1 1 ${r},0Z`;
    case 'square':
      return `M${corners(4, Math.PI / 4, r * 1.25)}Z`;
    case 'triangle':
      return `M${corners(3, up, r * 1.3)}Z`;
    case 'diamond':
      return `M${corners(4, 0, r * 1.3)}Z`;
    case 'pentagon':
      return `M${corners(5, up, r * 1.15)}Z`;
    case 'drop':
      return `M${corners(3, -up, r * 1.3)}Z`;
    case 'cross': {
      const a = r * 0.4;
      return `M${-a},${-r}H${a}V${-a}H${r}V${a}H${a}V${r}H${-a}V${a}H${-r}V${-a}H${-a}Z`;
    }
  }
}
