// The tree of contact reasons, by id: pure, so that lists can ask who belongs to them.

import type { ContactReason, Id } from '@/api/types';

const LEVELS = 3;
let byId: ReadonlyMap<Id, ContactReason> = new Map();

export function plant(reasons: readonly ContactReason[]) {
  byId = new Map(reasons.map((reason) => [reason.id, reason]));
}

/** From the top down to the reason itself. */
export function lineOf(id: Id | null | undefined): ContactReason[] {
  const line: ContactReason[] = [];
  for (let next = id; next && line.length < LEVELS; ) {
    const reason = byId.get(next);
    if (!reason) break;
    line.unshift(reason);
    next = reason.parent_id;
  }
  return line;
}

/** Whether it is this reason or one below it. */
export const isWithin = (id: Id | null, of: Id) => id === of || lineOf(id).some((reason) => reason.id === of);
