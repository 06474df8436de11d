import { answer, server } from './client';
import type { Id, Page, SearchHit, SearchIn, Status } from './types';

/** What is looked for, and where. */
export interface SearchQuery {
  q: string;
  in?: SearchIn;
  brand_id?: Id;
  inbox_id?: Id;
  team_id?: Id;
  status?: Status;
  assignee?: string;
  tag?: string;
  from?: string;
  to?: string;
  cursor?: string;
  limit?: number;
}

export const search = (query: SearchQuery, signal?: AbortSignal) => answer<Page<SearchHit>>(server.GET('/api/v1/search', { params: { query }, signal }));
