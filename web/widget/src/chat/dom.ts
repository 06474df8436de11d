type Child = Node | string | null | undefined | false
type Props = Record<string, string | number | boolean | null | undefined | ((e: any) => void)>

/** Elements without HTML parsing: nothing that comes from outside can become markup. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...kids: Child[]): HTMLElementTagNameMap[K] {
  const el = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') el.addEventListener(name, value)
    else if (value !== null && value !== undefined && value !== false) el.setAttribute(name, value === true ? '' : String(value))
  }
  el.append(...kids.filter((k): k is Node | string => !!k))
  return el
}

export function icon(path: string): SVGSVGElement {
  const ns = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(ns, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  svg.append(document.createElementNS(ns, 'path'))
  svg.firstElementChild!.setAttribute('d', path)
  return svg
}

export const ICONS = {
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M12 20V4M5 11l7-7 7 7',
  attach: 'M20 11l-8 8a5 5 0 0 1-7-7l8-8a3 3 0 0 1 5 5l-8 8a1 1 0 0 1-3-3l7-7',
  camera: 'M3 8h4l2-3h6l2 3h4v11H3zM12 10a3.2 3.2 0 1 0 .01 0',
  down: 'M12 5v14M5 12l7 7 7-7',
}
