// Contrast of a brand's colour, and the nearest colour of the same hue that can be read on it or under it.

const HEX = /^#[0-9a-f]{6}$/i;
export const isColour = (text: string) => HEX.test(text);

const toLinear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const fromLinear = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);
const linear = (hex: string) => [1, 3, 5].map((at) => toLinear(parseInt(hex.slice(at, at + 2), 16) / 255)) as [number, number, number];
const toHex = (rgb: readonly number[]) =>
  `#${rgb.map((value) => Math.round(Math.min(1, Math.max(0, fromLinear(value))) * 255).toString(16).padStart(2, '0')).join('')}`.toUpperCase();

export function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [r, g, blue] = linear(hex);
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

interface Oklch {
  l: number;
  c: number;
  h: number;
}

function toOklch(hex: string): Oklch {
  const [r, g, b] = linear(hex);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return { l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, c: Math.hypot(a, bb), h: Math.atan2(bb, a) };
}

function linearOf({ l, c, h }: Oklch): number[] {
  const a = c * Math.cos(h);
  const b = c * Math.sin(h);
  const x = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const y = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const z = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ];
}

function fromOklch(colour: Oklch): string {
  // Less chroma until the screen can show it: the hue is what people recognise.
  let c = colour.c;
  let rgb = linearOf({ ...colour, c });
  while (c > 0 && rgb.some((value) => value < -0.0005 || value > 1.0005)) {
    c = Math.max(0, c - 0.005);
    rgb = linearOf({ ...colour, c });
  }
  return toHex(rgb);
}

/** The colour itself when it is readable on the ground, else the same hue, darker or lighter, that is. */
export function readableOn(ground: string, hex: string, least = 4.5): string {
  if (contrast(hex, ground) >= least) return hex.toUpperCase();
  const colour = toOklch(hex);
  const step = contrast(ground, '#000000') > contrast(ground, '#FFFFFF') ? -0.01 : 0.01;
  for (let l = colour.l; l >= 0 && l <= 1; l += step) {
    const tried = fromOklch({ ...colour, l });
    if (contrast(tried, ground) >= least) return tried;
  }
  return step < 0 ? '#000000' : '#FFFFFF';
}

/** White or a near black: what is read better on the colour. */
export const inkOn = (hex: string) => (contrast('#FFFFFF', hex) >= 4.5 ? '#FFFFFF' : '#1D1C1A');
