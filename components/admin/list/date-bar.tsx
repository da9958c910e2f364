import { TextLink } from '@/components/text-link';
import type { DateHierarchy } from '@/lib/contrib/admin/list/date-hierarchy';
import { listHref } from '@/lib/contrib/admin/list/list-address';
import type { ModelMeta } from '@/lib/contrib/admin/meta';
import { capfirst } from '@/lib/core/text';

type Props = { meta: ModelMeta; dates: DateHierarchy };

/** The years, months or days of a list's dates, each a link to its rows, and the way back. */
export function DateBar({ meta, dates: { title, back, choices, isDay } }: Props) {
  return (
    <nav aria-label={`By ${title}`} className="flex flex-wrap items-center gap-x-4 gap-y-1">
      {back ? (
        <TextLink href={listHref(meta, back.query)} prefetch={false} className="py-1">
          ‹ {back.label}
        </TextLink>
      ) : (
        <span className="text-muted">{capfirst(title)}</span>
      )}
      {choices.map(({ label, query }) =>
        isDay ? (
          <span key={label} className="font-semibold">
            {label}
          </span>
        ) : (
          <TextLink key={label} href={listHref(meta, query)} prefetch={false} className="py-1">
            {label}
          </TextLink>
        ),
      )}
    </nav>
  );
}
