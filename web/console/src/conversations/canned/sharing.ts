// Whom something is for, as one choice of a list.

import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Permission, Sharing } from '@/api/types';
import { useDirectory } from '@/stores/directory';
import { useSession } from '@/stores/session';

export const toChoice = ({ with: word, team_id, brand_id }: Sharing): string => [word, team_id ?? brand_id].filter(Boolean).join(':');
export function fromChoice(choice: string): Sharing {
  const [word, id] = choice.split(':') as [Sharing['with'], string | undefined];
  return { with: word, team_id: word === 'team' ? id! : null, brand_id: word === 'brand' ? id! : null };
}

export function useSharing(permission: Permission) {
  const { t } = useI18n();
  const directory = useDirectory();
  const session = useSession();

  function said({ with: word, team_id, brand_id }: Sharing): string {
    if (word === 'team') return t('people.at_team', { name: directory.teamName(team_id) ?? '' });
    if (word === 'brand') return t('people.at_brand', { name: directory.brands.get(brand_id ?? '')?.name ?? '' });
    return t(`canned.shared.${word}`);
  }
  /** Where the right holds only for a part, the server says so when it is saved. */
  const choices = computed(() => {
    const me = { value: 'me', label: t('canned.shared.me') };
    if (!session.can(permission)) return [me];
    return [
      me,
      ...directory.teamList.map((team) => ({ value: `team:${team.id}`, label: t('people.at_team', { name: team.name }) })),
      ...directory.brandList.map((brand) => ({ value: `brand:${brand.id}`, label: t('people.at_brand', { name: brand.name }) })),
      { value: 'everyone', label: t('canned.shared.everyone') },
    ];
  });
  return { said, choices };
}
