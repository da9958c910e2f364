import Link from 'next/link';
import { Name } from '@/components/name';
import { Glyph } from '@/components/permissions/glyph';
import { glyphOf, sourceWords } from '@/components/permissions/source-words';
import { TextLink } from '@/components/text-link';
import { groupByModel } from '@/lib/contrib/auth/permissions/by-model';
import type { PermissionState } from '@/lib/extras/why/what-if';

const rowGrid =
  'grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-2 py-1.5 lg:min-h-9 lg:grid-cols-[1.5rem_minmax(0,2fr)_minmax(0,2fr)_minmax(0,3fr)] lg:items-center lg:py-1';

/** Permissions under their apps and models, each with its source; its name asks for its reasons. */
export function PermissionStates({ states }: { states: readonly PermissionState[] }) {
  return (
    <div className="space-y-8">
      {groupByModel(states).map((app) => (
        <section key={app.label} aria-label={app.name}>
          <h3 className="border-b border-line pb-1.5">{app.name}</h3>
          {app.models.map((model) => (
            <ul key={model.label} aria-label={model.name} className="border-b border-line py-1">
              {model.permissions.map((state) => (
                <StateRow key={state.perm} state={state} />
              ))}
            </ul>
          ))}
        </section>
      ))}
    </div>
  );
}

function StateRow({ state: { perm, name, state, sources } }: { state: PermissionState }) {
  return (
    <li className={rowGrid}>
      <span className="row-span-3 flex h-5 items-center lg:row-span-1">
        <Glyph state={state === 'void' ? 'void' : glyphOf(sources)} />
      </span>
      <TextLink href={`?perm=${encodeURIComponent(perm)}`} prefetch={false}>
        {name}
      </TextLink>
      <code className="text-muted">{perm}</code>
      <span className="text-muted">
        {sources.length > 0 && <span className="sr-only">from </span>}
        {sources.map((source, index) => (
          <span key={JSON.stringify(source)}>
            {index > 0 && ', '}
            <Name text={sourceWords(source)} />
          </span>
        ))}
      </span>
    </li>
  );
}

type FilterProps = { current: 'held' | 'all'; counts: { held: number; all: number } };

/** Which of them are listed. */
export function StateFilter({ current, counts }: FilterProps) {
  const labels = { held: 'Granted', all: 'All' } as const;
  return (
    <nav aria-label="Which permissions" className="mb-4 flex gap-x-5">
      {(['held', 'all'] as const).map((show) => (
        <Link
          key={show}
          href={show === 'held' ? '?' : '?show=all'}
          prefetch={false}
          aria-current={show === current ? 'page' : undefined}
          className="border-b-2 border-transparent py-1 text-muted hover:text-ink aria-[current]:border-accent aria-[current]:text-ink"
        >
          {labels[show]} <span className="tabular-nums">{counts[show]}</span>
        </Link>
      ))}
    </nav>
  );
}
