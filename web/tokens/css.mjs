// Turns tokens.json into the CSS that console, widget and portal share.
// Dark comes twice, by choice of the person and by the system: light-dark() would lose
// every colour on browsers before 2024.

const lines = (entries, indent) => entries.map(([name, value]) => `${indent}--${name}: ${value};`).join('\n');

export function css(tokens) {
  const themed = Object.entries({ ...tokens.colour, ...tokens.shade });
  const light = themed.map(([name, [value]]) => [name, value]);
  const dark = themed.map(([name, [, value]]) => [name, value]);
  return `/* Made from tokens.json by build.mjs. Change that file, not this one. */
@layer tokens {
  :root {
    color-scheme: light;
${lines([...light, ...Object.entries(tokens.plain)], '    ')}
  }
  @media (prefers-color-scheme: dark) {
    :root:not([data-theme="light"]) {
      color-scheme: dark;
${lines(dark, '      ')}
    }
  }
  :root[data-theme="dark"] {
    color-scheme: dark;
${lines(dark, '    ')}
  }
}
`;
}
