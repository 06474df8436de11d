// Who is signed in, and what they may do.

import { computed, ref, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import * as people from '@/api/people';
import { Problem } from '@/api/problem';
import type { Availability, Feature, Me, Permission } from '@/api/types';

export const useSession = defineStore('session', () => {
  const me = shallowRef<Me | null>(null);
  const checked = ref(false);
  const unreachable = ref(false);

  const id = computed(() => me.value?.agent.id ?? '');
  const can = (permission: Permission) => me.value?.permissions.includes(permission) ?? false;
  /** Whether the installation offers this to whoever is signed in. */
  const offers = (feature: Feature) => me.value?.features.includes(feature) ?? false;
  /** Whether one may write anything in a conversation. */
  const writes = computed(() => can('conversations.write') || can('conversations.note'));
  const ADMINISTERS: Permission[] = ['agents.manage', 'teams.manage', 'roles.manage', 'tokens.manage', 'places.manage', 'inboxes.manage'];
  const administers = computed(() => ADMINISTERS.some(can));

  function entered(who: Me) {
    me.value = who;
    checked.value = true;
  }

  /** Asks the server once who this is; later calls answer from memory. */
  async function check(): Promise<Me | null> {
    if (checked.value) return me.value;
    try {
      entered(await people.me());
      unreachable.value = false;
    } catch (error) {
      unreachable.value = !(error instanceof Problem && error.status === 401);
      checked.value = !unreachable.value;
    }
    return me.value;
  }

  async function signIn(email: string, password: string, code?: string) {
    entered(await people.signIn(email, password, code));
  }

  async function change(what: people.MeChange) {
    me.value = await people.changeMe(what);
  }

  async function setAvailability(availability: Availability) {
    const before = me.value;
    if (before) me.value = { ...before, agent: { ...before.agent, availability } };
    try {
      await change({ availability });
    } catch (error) {
      me.value = before;
      throw error;
    }
  }

  function left() {
    me.value = null;
    checked.value = true;
  }

  return { me, checked, unreachable, id, can, offers, writes, administers, entered, check, signIn, change, setAvailability, left };
});
