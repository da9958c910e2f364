import { momentFormat, timeAgo } from '@/lib/core/moments';

/** A moment as people read it, in the site's time zone, which is named: nobody knows the reader's. */
const momentText = momentFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});

/** How long ago, or the moment where that is long; the moment itself then stands behind it. */
export function momentWords(value: Date): { text: string; title?: string } {
  const ago = timeAgo(value);
  return ago === null ? { text: momentText(value) } : { text: ago, title: momentText(value) };
}

/** A moment, exact for machines and, behind it, for people. */
export function DateTime({ value }: { value: Date }) {
  const { text, title } = momentWords(value);
  return (
    <time dateTime={value.toISOString()} title={title} className="whitespace-nowrap">
      {text}
    </time>
  );
}
