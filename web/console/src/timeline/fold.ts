// The timeline as it is shown: filtered, with neighbours of one kind and day folded into one row.

import type { TimelineItem, TimelineKind } from '@/api/types';

export const FILTERS = ['all', 'conversations', 'visits', 'events', 'notes'] as const;
export type Filter = (typeof FILTERS)[number];

const KINDS: Record<Exclude<Filter, 'all'>, TimelineKind[]> = {
  conversations: ['conversation'],
  visits: ['first_visit', 'page'],
  events: ['event', 'identified', 'joined'],
  notes: ['note'],
};

export interface Row {
  id: string;
  first: TimelineItem;
  folded: TimelineItem[];
}

const FOLDS: TimelineKind[] = ['page'];
const dayOf = (item: TimelineItem) => item.at.slice(0, 10);

export function fold(items: readonly TimelineItem[], filter: Filter): Row[] {
  const rows: Row[] = [];
  for (const item of items) {
    if (filter !== 'all' && !KINDS[filter].includes(item.type)) continue;
    const last = rows.at(-1);
    if (last && FOLDS.includes(item.type) && last.first.type === item.type && dayOf(last.first) === dayOf(item)) last.folded.push(item);
    else rows.push({ id: item.id, first: item, folded: [] });
  }
  return rows;
}
