// Minutes in the unit in which people say them.

import { useI18n } from 'vue-i18n';

export type Unit = 'minutes' | 'hours' | 'days';
export const MINUTES: Record<Unit, number> = { minutes: 1, hours: 60, days: 1440 };

/** The largest unit without a rest. */
export function unitOf(minutes: number): Unit {
  if (minutes >= 1440 && minutes % 1440 === 0) return 'days';
  return minutes >= 60 && minutes % 60 === 0 ? 'hours' : 'minutes';
}

export function useSpans() {
  const { t } = useI18n();
  const spanOf = (minutes: number) => {
    const unit = unitOf(minutes);
    return t(`macros.${unit}`, minutes / MINUTES[unit]);
  };
  return { spanOf };
}
