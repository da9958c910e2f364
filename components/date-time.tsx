import { momentFormat } from '@/lib/core/moments';

/** A moment as people read it, in the site's time zone, which is named: nobody knows the reader's. */
export const momentText = momentFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});

/** A moment, exact for machines. */
export function DateTime({ value }: { value: Date }) {
  return (
    <time dateTime={value.toISOString()} className="whitespace-nowrap">
      {momentText(value)}
    </time>
  );
}
