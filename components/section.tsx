import { type ReactNode, useId } from 'react';

type Props = { title: ReactNode; lead?: ReactNode; isWide?: boolean; children: ReactNode };

/** A part of a page: its title stands left of it where there is room, above it if it is wide. */
export function Section({ title, lead, isWide = false, children }: Props) {
  const id = useId();
  const columns = isWide ? 'gap-y-6' : 'gap-y-4 md:grid-cols-[14rem_minmax(0,1fr)]';
  return (
    <section aria-labelledby={id} className={`grid gap-x-10 border-t border-line pt-6 ${columns}`}>
      <div>
        <h2 id={id}>{title}</h2>
        {lead && <div className="mt-1 text-sm text-muted">{lead}</div>}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
