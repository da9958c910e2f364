import { TextLink } from '@/components/text-link';
import type { HomeFigure } from '@/lib/contrib/admin/home/home-parts';

/** How many there are of what; each number leads to the list of them. */
export function Figures({ figures }: { figures: readonly HomeFigure[] }) {
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-4">
      {figures.map(({ label, count, href }) => (
        <div key={label} className="flex flex-col-reverse">
          <dt className="text-muted">{label}</dt>
          <dd className="text-title font-semibold tabular-nums">
            <TextLink href={href} prefetch={false} className="no-underline! hover:underline!">
              {`${count.value.toLocaleString('en')}${count.isExact ? '' : '+'}`}
            </TextLink>
          </dd>
        </div>
      ))}
    </dl>
  );
}
