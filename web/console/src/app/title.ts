// The page's title: what is open, and how many conversations wait.

let name = '';
let waiting = 0;

export function setTitle(to: string, count: number = waiting): void {
  name = to;
  waiting = count;
  document.title = `${count > 0 ? `(${count}) ` : ''}${name ? `${name} · ` : ''}Rapport`;
}
