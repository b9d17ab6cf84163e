// The colours of the page as the canvas needs them: read from the style sheet, so that light, dark
// and print are decided in one place.

const names = [
  '--paper',
  '--ink',
  '--quiet',
  '--faint',
  '--line',
  '--mark',
  '--mark-ink',
  '--mark-band',
  '--band',
  '--blue',
  '--sky',
  '--green',
  '--orange',
  '--vermillion',
  '--purple',
  '--hue-1',
  '--hue-2',
  '--hue-3',
  '--hue-4',
  '--hue-5',
  '--hue-6',
] as const;

export interface Theme {
  colours: Record<string, string>;
  font: string;
}

export function themeOf(element: Element): Theme {
  const style = getComputedStyle(element);
  return {
    colours: Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name).trim()])),
    font: style.fontFamily,
  };
}
