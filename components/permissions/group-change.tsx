import { Name } from '@/components/name';
import { Glyph } from '@/components/permissions/glyph';
import { glyphOf, sourceWords } from '@/components/permissions/source-words';
import type { HeldPermission } from '@/lib/contrib/auth/permissions/sources';
import type { WhyPage } from '@/lib/extras/why/why-page';

type Props = { username: string; change: NonNullable<WhyPage['change']> };

/** What a user would hold less, more or otherwise with a group taken away or given. */
export function GroupChange({ username, change: { group, isLeft, difference } }: Props) {
  const { lost, gained, kept } = difference;
  const isNothing = lost.length + gained.length + kept.length === 0;
  return (
    <section
      aria-labelledby="group-change"
      className="space-y-5 rounded-panel border border-line bg-surface px-4 py-4 sm:px-5"
    >
      <h2 id="group-change" className="text-base">
        {isLeft ? 'Without ' : 'With '}
        <Name text={group.name} />, <Name text={username} /> would{' '}
        {summary(lost.length, gained.length)}.
      </h2>
      {isNothing && (
        <p className="text-muted">Every permission would be held, or not, exactly as it is now.</p>
      )}
      <Changed title="Lost" permissions={lost} words="Lost" />
      <Changed title="Gained" permissions={gained} />
      <Changed title={isLeft ? 'Kept, from elsewhere' : 'Held already'} permissions={kept} />
    </section>
  );
}

function summary(lost: number, gained: number): string {
  const parts = [
    ...(lost > 0 ? [`lose ${countWords(lost)}`] : []),
    ...(gained > 0 ? [`gain ${countWords(gained)}`] : []),
  ];
  return parts.length > 0 ? parts.join(' and ') : 'neither lose nor gain a permission';
}

function countWords(count: number): string {
  return `${count} permission${count === 1 ? '' : 's'}`;
}

type ChangedProps = { title: string; permissions: readonly HeldPermission[]; words?: string };

function Changed({ title, permissions, words }: ChangedProps) {
  if (permissions.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1.5">{title}</h3>
      <ul>
        {permissions.map(({ perm, name, sources }) => (
          <li
            key={perm}
            className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-2 py-1 lg:grid-cols-[1.5rem_minmax(0,2fr)_minmax(0,2fr)_minmax(0,3fr)]"
          >
            <span className="row-span-3 flex h-5 items-center lg:row-span-1">
              <Glyph state={words ? 'empty' : glyphOf(sources)} label={words} />
            </span>
            <span>{name}</span>
            <code className="text-muted">{perm}</code>
            <bdi className="text-muted">{words ? '' : sources.map(sourceWords).join(', ')}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}
