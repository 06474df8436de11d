// Small things kept in this browser. Storage may be full, off or forbidden: then they last as long as the page.

const memory = new Map<string, string>();

export function keep(name: string, value: unknown): void {
  const text = JSON.stringify(value);
  memory.set(name, text);
  try {
    localStorage.setItem(name, text);
  } catch {
    // The copy in memory stays.
  }
}

export function kept<T>(name: string): T | null {
  try {
    const text = localStorage.getItem(name) ?? memory.get(name) ?? null;
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

export function forget(name: string): void {
  memory.delete(name);
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing was kept there.
  }
}

export function keptNames(prefix: string): string[] {
  const names = new Set([...memory.keys()]);
  try {
    for (let at = 0; at < localStorage.length; at++) names.add(localStorage.key(at)!);
  } catch {
    // Only memory then.
  }
  return [...names].filter((name) => name.startsWith(prefix));
}
