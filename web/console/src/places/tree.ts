// Regions and locations as they stand under one another.

import type { Id, Location } from '@/api/types';

export interface Branch {
  location: Location;
  depth: number;
  children: number;
}

export function tree(locations: readonly Location[]): Branch[] {
  const ids = new Set(locations.map((location) => location.id));
  const under = new Map<Id | null, Location[]>();
  for (const location of locations) {
    const parent = location.parent_id && ids.has(location.parent_id) ? location.parent_id : null;
    under.set(parent, [...(under.get(parent) ?? []), location]);
  }
  const rows: Branch[] = [];
  const add = (parent: Id | null, depth: number) => {
    const here = [...(under.get(parent) ?? [])].sort((a, b) => a.kind.localeCompare(b.kind) * -1 || a.name.localeCompare(b.name));
    for (const location of here) {
      rows.push({ location, depth, children: under.get(location.id)?.length ?? 0 });
      add(location.id, depth + 1);
    }
  };
  add(null, 0);
  return rows;
}

/** A region must not come to stand under itself. */
export function within(locations: readonly Location[], id: Id): Set<Id> {
  const found = new Set([id]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const location of locations) {
      if (location.parent_id && found.has(location.parent_id) && !found.has(location.id)) {
        found.add(location.id);
        grew = true;
      }
    }
  }
  return found;
}
