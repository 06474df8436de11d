// The company around a conversation: colleagues, teams, brands, inboxes, places. Small lists, wholly loaded.

import { computed, ref, shallowReactive, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import * as attributesApi from '@/api/attributes';
import * as people from '@/api/people';
import * as places from '@/api/places';
import type { Agent, Attribute, Brand, Id, Inbox, Location, Role, RoleKey, Team } from '@/api/types';
import type { Frame } from '@/live/frames';

type Part = 'agents' | 'teams' | 'roles' | 'brands' | 'inboxes' | 'locations' | 'attributes';

export const useDirectory = defineStore('directory', () => {
  const agents = shallowReactive(new Map<Id, Agent>());
  const teams = shallowReactive(new Map<Id, Team>());
  const roles = shallowReactive(new Map<RoleKey, Role>());
  const brands = shallowReactive(new Map<Id, Brand>());
  const inboxes = shallowReactive(new Map<Id, Inbox>());
  const locations = shallowReactive(new Map<Id, Location>());
  const attributes = shallowReactive(new Map<Id, Attribute>());
  /** Companies are many, so pages ask for what they show; this says that it may have changed. */
  const companiesChanged = ref(0);
  const failed = shallowRef<Part[]>([]);

  function fill<T extends { id: Id }>(into: Map<Id, T>, items: T[]) {
    const ids = new Set(items.map((item) => item.id));
    for (const id of [...into.keys()]) if (!ids.has(id)) into.delete(id);
    for (const item of items) into.set(item.id, item);
  }

  const loaders: Record<Part, () => Promise<void>> = {
    agents: async () => fill(agents, (await people.agents()).items),
    teams: async () => fill(teams, (await people.teams()).items),
    roles: async () => fill(roles, (await people.roles()).items),
    brands: async () => fill(brands, (await places.brands()).items),
    inboxes: async () => fill(inboxes, (await places.inboxes()).items),
    locations: async () => fill(locations, (await places.locations()).items),
    attributes: async () => fill(attributes, (await attributesApi.all()).items),
  };

  async function load(...parts: Part[]) {
    const asked = parts.length ? parts : (Object.keys(loaders) as Part[]);
    const results = await Promise.allSettled(asked.map((part) => loaders[part]()));
    const broken = asked.filter((_, at) => results[at]!.status === 'rejected');
    failed.value = [...failed.value.filter((part) => !asked.includes(part)), ...broken];
  }

  function apply(frame: Frame) {
    if (frame.type === 'agent_changed') {
      const known = agents.get(frame.agent.id);
      // Live frames go to everybody, so they leave out what only administrators may read.
      agents.set(frame.agent.id, { ...frame.agent, email: frame.agent.email || known?.email || '' });
    }
    if (frame.type !== 'settings_changed') return;
    if (frame.what === 'companies') companiesChanged.value += 1;
    else if (frame.what !== 'saved_views' && frame.what !== 'contact_imports') void load(frame.what);
  }

  const sorted = <T extends { name: string }>(of: Map<Id, T>) => [...of.values()].sort((a, b) => a.name.localeCompare(b.name));
  const agentList = computed(() => sorted(agents));
  const colleagues = computed(() => agentList.value.filter((agent) => !agent.disabled_at));
  const teamList = computed(() => sorted(teams));
  /** As the server has them: those that come with Rapport first. */
  const roleList = computed(() => [...roles.values()]);
  const brandList = computed(() => sorted(brands));
  const inboxList = computed(() => sorted(inboxes));
  const locationList = computed(() => sorted(locations));

  const attributeList = computed(() => [...attributes.values()].sort((a, b) => a.position - b.position || a.id.localeCompare(b.id)));

  const agentName = (id: Id | null | undefined) => (id ? agents.get(id)?.name : undefined);
  const teamName = (id: Id | null | undefined) => (id ? teams.get(id)?.name : undefined);

  function clear() {
    for (const map of [agents, teams, roles, brands, inboxes, locations, attributes]) map.clear();
  }

  return {
    agents, teams, roles, brands, inboxes, locations, attributes, companiesChanged, failed, load, apply, clear,
    agentList, colleagues, teamList, roleList, brandList, inboxList, locationList, attributeList, agentName, teamName,
  };
});
