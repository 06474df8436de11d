// Contrast by WCAG 2.2, and every pair of tokens that may meet on a screen.

const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => channel(parseInt(hex.slice(at, at + 2), 16) / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const TEXT = 4.5;
const CONTROL = 3;
const texts = ['ink', 'ink-2', 'ink-3', 'accent-ink', 'danger', 'warn', 'success', 'info'];
const grounds = ['surface', 'surface-2', 'canvas', 'raised', 'hover', 'accent-soft'];

export const pairs = [
  ...texts.flatMap((text) => grounds.map((ground) => [text, ground, TEXT])),
  ...['accent', 'accent-hover'].map((ground) => ['on-accent', ground, TEXT]),
  ...['note-ink', 'ink', 'ink-2', 'ink-3'].map((text) => [text, 'note-bg', TEXT]),
  ...['ink', 'ink-2', 'ink-3'].flatMap((text) => ['bubble-in', 'bubble-out'].map((ground) => [text, ground, TEXT])),
  ...['danger', 'warn', 'success', 'info'].map((name) => [name, `${name}-soft`, TEXT]),
  ...['surface', 'surface-2', 'canvas', 'raised'].map((ground) => ['line-strong', ground, CONTROL]),
  ...['surface', 'surface-2', 'canvas', 'raised', 'hover'].map((ground) => ['accent', ground, CONTROL]),
  ...[1, 2, 3, 4, 5, 6].map((n) => [`viz-${n}`, 'surface', CONTROL]),
];
