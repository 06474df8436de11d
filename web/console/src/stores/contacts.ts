// Customers that are being looked at, kept current by the live connection.

import { shallowReactive } from 'vue';
import { defineStore } from 'pinia';
import * as people from '@/api/people';
import type { Contact, Id } from '@/api/types';
import type { Frame } from '@/live/frames';

export const useContacts = defineStore('contacts', () => {
  const byId = shallowReactive(new Map<Id, Contact>());

  function put(contact: Contact) {
    const known = byId.get(contact.id);
    if (!known || contact.version >= known.version) byId.set(contact.id, contact);
  }

  async function fetchOne(id: Id): Promise<Contact> {
    const contact = await people.contact(id);
    put(contact);
    return contact;
  }

  /** Who became part of somebody else while the console was open. */
  const became = shallowReactive(new Map<Id, Id>());
  const becameOf = (id: Id) => became.get(id);

  function apply(frame: Frame) {
    if (frame.type === 'contact_merged') {
      became.set(frame.contact_id, frame.into_id);
      byId.delete(frame.contact_id);
    }
    // Parted again.
    if (frame.type === 'contact_changed') became.delete(frame.contact.id);
    if (frame.type === 'contact_changed' && byId.has(frame.contact.id)) put(frame.contact);
  }

  const clear = () => byId.clear();

  return { byId, becameOf, put, fetchOne, apply, clear };
});
