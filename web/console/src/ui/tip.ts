// One tooltip for the whole page. Controls say what it shows in data-tip and data-tip-keys; names for screen
// readers stand on the controls themselves, so this is for the eye only.

import { reactive } from 'vue';

export const tip = reactive({ text: '', keys: '', x: 0, y: 0, side: 'bottom' as string, shown: false });

const DELAY_MS = 500;
const STAYS_QUICK_MS = 300;
let timer = 0;
let hiddenAt = 0;
let target: HTMLElement | null = null;

function place(el: HTMLElement) {
  const box = el.getBoundingClientRect();
  const rtl = document.documentElement.dir === 'rtl';
  tip.side = el.dataset.tipSide ?? 'bottom';
  if (tip.side === 'right') {
    tip.x = rtl ? box.left - 8 : box.right + 8;
    tip.y = box.top + box.height / 2;
  } else {
    tip.x = Math.min(innerWidth - 60, Math.max(60, box.left + box.width / 2));
    // Below, unless the window ends there.
    if (tip.side === 'bottom' && box.bottom > innerHeight - 48) tip.side = 'top';
    tip.y = tip.side === 'top' ? box.top - 8 : box.bottom + 8;
  }
}

function show(el: HTMLElement) {
  if (!el.isConnected || el.getAttribute('aria-expanded') === 'true') return;
  tip.text = el.dataset.tip ?? '';
  tip.keys = el.dataset.tipKeys ?? '';
  place(el);
  tip.shown = !!tip.text;
}

function hide() {
  clearTimeout(timer);
  if (tip.shown) hiddenAt = Date.now();
  tip.shown = false;
  target = null;
}

const owner = (event: Event) => (event.target as HTMLElement | null)?.closest?.<HTMLElement>('[data-tip]') ?? null;

function entered(event: Event, atOnce = false) {
  const el = owner(event);
  if (el === target) return;
  hide();
  if (!el || (event as PointerEvent).pointerType === 'touch') return;
  target = el;
  const quick = atOnce || Date.now() - hiddenAt < STAYS_QUICK_MS;
  timer = window.setTimeout(() => show(el), quick ? 0 : DELAY_MS);
}

export function watchTips(): () => void {
  const over = (event: Event) => {
    // The pointer may rest on the tooltip itself without losing it.
    if ((event.target as HTMLElement | null)?.closest?.('.tooltip')) return;
    entered(event);
  };
  const focus = (event: Event) => {
    if ((event.target as HTMLElement).matches?.(':focus-visible')) entered(event, true);
  };
  const key = (event: KeyboardEvent) => event.key === 'Escape' && hide();
  const off = new AbortController();
  const { signal } = off;
  document.addEventListener('pointerover', over, { signal });
  document.addEventListener('focusin', focus, { signal });
  document.addEventListener('focusout', hide, { signal });
  document.addEventListener('pointerdown', hide, { signal });
  document.addEventListener('keydown', key, { signal, capture: true });
  document.addEventListener('scroll', hide, { signal, capture: true, passive: true });
  return () => off.abort();
}
