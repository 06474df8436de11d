// What a browser calls itself, in words a person knows.

const BROWSERS: [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrom(e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

export function deviceOf(userAgent: string): { browser: string; system: string } {
  const first = (of: [RegExp, string][]) => of.find(([mark]) => mark.test(userAgent))?.[1] ?? '';
  return { browser: first(BROWSERS), system: first(SYSTEMS) };
}
