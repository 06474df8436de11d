// What people are called on the screen.

import { useI18n } from 'vue-i18n';
import type { Id } from '@/api/types';

export function useNames() {
  const { t } = useI18n();

  /** A customer who gave no name is told apart by four signs that stay the same everywhere. */
  function customer(contact: { id: Id; name: string | null }): string {
    return contact.name || t('people.visitor', { mark: contact.id.split('-').at(-1)!.slice(0, 4) });
  }

  return { customer };
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toLocaleUpperCase();
}
