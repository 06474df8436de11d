// The filters of the search page live in its address, so that a search can be kept, sent and gone back to.

import type { LocationQuery } from 'vue-router';
import type { SearchQuery } from '@/api/search';
import type { SearchIn, Status } from '@/api/types';

export const SEARCH_IN = ['all', 'messages', 'correspondence', 'notes', 'conversations', 'contacts', 'tags'] as const satisfies readonly SearchIn[];
export const STATUSES = ['open', 'waiting', 'snoozed', 'resolved'] as const satisfies readonly Status[];
const FIELDS = ['in', 'brand_id', 'inbox_id', 'team_id', 'status', 'assignee', 'tag', 'from', 'to'] as const;

/** Filters as words; empty is "any". */
export type Filters = Record<(typeof FIELDS)[number], string>;

const text = (value: LocationQuery[string] | undefined) => (typeof value === 'string' ? value : '');

export const filtersOf = (query: LocationQuery): Filters => Object.fromEntries(FIELDS.map((field) => [field, text(query[field])])) as Filters;

/** The address of a search, without what is not asked. */
export const addressOf = (q: string, filters: Filters) =>
  Object.fromEntries(Object.entries({ q, ...filters }).filter(([field, value]) => value && !(field === 'in' && value === 'all')));

/** The beginning of a day of this browser, and of the day after it. */
const dayOf = (date: string, later: number) => {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const at = new Date(year, month - 1, day + later);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};

/** As the server is asked: the last day is asked for to its end. */
export function askedOf(q: string, filters: Filters): SearchQuery {
  const { from, to, ...rest } = filters;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value)) as Partial<SearchQuery>;
  return { q, ...given, ...(from && { from: dayOf(from, 0) }), ...(to && { to: dayOf(to, 1) }) };
}

/** How many are set, apart from where. */
export const countOf = (filters: Filters) => FIELDS.filter((field) => field !== 'in' && filters[field]).length;
