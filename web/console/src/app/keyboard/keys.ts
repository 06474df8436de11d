// From a key press to the name of a key, on any keyboard layout.

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** Fields where letters are text, not commands. */
export function inTextField(event: Event): boolean {
  const at = event.target as HTMLElement | null;
  if (!at?.tagName) return false;
  if (at.isContentEditable || at.tagName === 'TEXTAREA' || at.tagName === 'SELECT') return true;
  return at.tagName === 'INPUT' && !['checkbox', 'radio', 'button', 'submit', 'range', 'color'].includes((at as HTMLInputElement).type);
}

/**
 * The name of the key pressed. What the key says comes first; where it says no Latin letter
 * (Russian, Greek, Arabic layouts) its place on the keyboard decides.
 */
export function keyOf(event: Pick<KeyboardEvent, 'key' | 'code'>): string {
  const { key, code } = event;
  if (key.length > 1) return key;
  if (/^[\x21-\x7e]$/.test(key)) return key.toLowerCase();
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return letter.toLowerCase();
  const mark = { BracketLeft: '[', BracketRight: ']', Slash: '/', Period: '.', Comma: ',' }[code];
  return mark ?? key.toLowerCase();
}

const SHOWN: Record<string, string> = { arrowdown: '↓', arrowup: '↑', enter: '↵', escape: 'Esc', mod: isMac ? '⌘' : 'Ctrl' };

/** How keys are written on buttons: "G I", "Ctrl K". */
export function shownKeys(keys: string): string {
  return keys
    .split(/[ +]/)
    .map((part) => SHOWN[part.toLowerCase()] ?? part.toUpperCase())
    .join(' ');
}
