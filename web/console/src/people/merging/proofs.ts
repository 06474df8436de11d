// What speaks for two customers being one, in the agent's words.

import { useI18n } from 'vue-i18n';
import type { Proof } from '@/api/types';
import { useAttributes } from '@/attributes/attributes';

export function useProofs() {
  const { t } = useI18n();
  const attributes = useAttributes();

  function said(proof: Proof): string {
    if (proof.kind !== 'attribute') return t(`merging.proof.${proof.kind}`, { value: proof.value });
    const definition = attributes.of('contact').find((each) => each.key === proof.attribute);
    const name = definition ? attributes.pick(definition.names) : proof.attribute;
    return t('merging.proof.attribute', { name, value: definition ? attributes.shown(definition, proof.value) : proof.value });
  }
  return { said };
}
