import { InlineLines } from '@/components/admin/form/inlines/inline-lines';
import { Section } from '@/components/section';
import { TextLink } from '@/components/text-link';
import type { InlineView } from '@/lib/contrib/admin/inlines/inline-view';

/** The lines of a row, each inline as a section of its form. */
export function Inlines({ views, back }: { views: readonly InlineView[]; back?: string }) {
  return views.map((view) => (
    <Section key={view.prefix} title={view.title} isWide>
      <InlineLines view={view} back={back} />
      {view.further && (
        <p className="mt-3 text-muted">
          {`The first ${view.lines.length.toLocaleString('en')} are here, and there are more.`}{' '}
          {view.further.href !== null && (
            <TextLink href={view.further.href} prefetch={false}>
              All of them
            </TextLink>
          )}
        </p>
      )}
    </Section>
  ));
}
