// How far apart colours are for those who see them all, and for those who do not: by the matrices of
// Machado, Oliveira and Fernandes (2009, severity 1), in the space OKLab.

const sights = {
  'sees all': [1, 0, 0, 0, 1, 0, 0, 0, 1],
  'sees no red': [
    0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
  ],
  'sees no green': [
    0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881,
  ],
  'sees no blue': [
    1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039,
  ],
};

const times = (m, [r, g, b]) => [0, 3, 6].map((i) => m[i] * r + m[i + 1] * g + m[i + 2] * b);

/** "#5434bd" in light, from 0 to 1. */
const linear = (hex) => {
  const digits = hex.length === 4 ? hex.slice(1).replaceAll(/./g, '$&$&') : hex.slice(1);
  return [0, 2, 4]
    .map((i) => parseInt(digits.slice(i, i + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
};

const toLms = [
  0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619,
  0.2817188376, 0.6299787005,
];
const toLab = [
  0.2104542553, 0.793617785, -0.0040720468, 1.9779984951, -2.428592205, 0.4505937099, 0.0259040371,
  0.7827717662, -0.808675766,
];
const oklab = (light) => times(toLab, times(toLms, light).map(Math.cbrt));

const luminance = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** Of each kind of sight, how far the nearest two colours are apart; and the least contrast to the
 *  paper, as WCAG has it. */
export function leastDistances(paper, colours) {
  const distance = {};
  for (const [sight, matrix] of Object.entries(sights)) {
    const seen = colours.map((hex) =>
      oklab(times(matrix, linear(hex)).map((part) => Math.max(0, part))),
    );
    const pairs = seen.flatMap((one, i) =>
      seen.slice(0, i).map((other) => Math.hypot(...one.map((part, k) => part - other[k]))),
    );
    distance[sight] = Math.min(...pairs);
  }
  const contrasts = colours.map((hex) => {
    const [low, high] = [luminance(linear(hex)), luminance(linear(paper))].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  });
  return { distance, contrast: Math.min(...contrasts) };
}
