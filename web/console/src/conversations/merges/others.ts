// The other conversations of a customer, to choose one from.

import { computed, onMounted, ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import * as api from '@/api/conversations';
import { useFormat } from '@/app/format';
import type { Conversation } from '@/api/types';

export function useOthers(of: () => Conversation) {
  const { t } = useI18n();
  const format = useFormat();
  const others = shallowRef<Conversation[] | null>(null);
  const problem = ref<unknown>(null);

  async function load() {
    problem.value = null;
    try {
      const page = await api.list({ contact_id: of().contact.id, limit: 100 });
      others.value = page.items.filter((one) => one.id !== of().id);
    } catch (error) {
      problem.value = error;
    }
  }
  onMounted(load);

  const hintOf = (one: Conversation) => `${t('conversations.case', { number: one.number })} · ${t(`conversations.status.${one.status}`)} · ${format.moment(new Date(one.last_activity_at))}`;
  const ofBrand = computed(() => others.value?.filter((one) => one.brand_id === of().brand_id) ?? []);
  return { others, ofBrand, problem, load, hintOf };
}
