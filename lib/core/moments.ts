import { settings } from '@/lib/conf/settings';

/**
 * A formatter of moments in settings.TIME_ZONE. It is made once for each zone: making one takes as
 * long as formatting a few hundred moments.
 * Django: utils/formats.py, which caches formats likewise
 */
export function momentFormat(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): (moment: Date) => string {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (moment) => {
    const timeZone = settings.TIME_ZONE;
    const format =
      formats.get(timeZone) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone });
    formats.set(timeZone, format);
    return format.format(moment);
  };
}
