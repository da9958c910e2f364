import { settings } from '@/lib/conf/settings';

/** A moment in the site's time zone, which is named: the server does not know the reader's. */
export function DateTime({ value }: { value: Date }) {
  const format = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone: settings.TIME_ZONE,
  });
  return (
    <time dateTime={value.toISOString()} className="whitespace-nowrap">
      {format.format(value)}
    </time>
  );
}
