// Turns a text of the catalogues into what vue-i18n calls. The catalogues use three things: gaps ({name}), signs that
// mean themselves ({'@'}), and plural forms between bars. vue-i18n's own compiler knows more, is loaded with the first
// page, and would be a twentieth of it; a test holds that both say the same.

interface Context {
  named(name: string): unknown;
  plural(forms: string[]): string;
}
type Say = (context: Context) => string;
type Part = string | { gap: string };

const GAP = /\{(?:'([^']*)'|(\w+))\}/g;

function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let done = 0;
  for (const match of text.matchAll(GAP)) {
    parts.push(text.slice(done, match.index), match[2] === undefined ? match[1]! : { gap: match[2] });
    done = match.index + match[0].length;
  }
  return [...parts, text.slice(done)];
}

function say(parts: Part[], context: Context): string {
  return parts.map((part) => (typeof part === 'string' ? part : String(context.named(part.gap) ?? ''))).join('');
}

const known = new Map<string, Say>();

export function compile(text: unknown): Say {
  const written = String(text);
  let made = known.get(written);
  if (!made) {
    const forms = written.split(' | ').map((form) => partsOf(form.trim()));
    made = forms.length > 1 ? (context) => context.plural(forms.map((form) => say(form, context))) : (context) => say(forms[0]!, context);
    known.set(written, made);
  }
  return made;
}
