import { DateTime } from '@/components/date-time';
import { Name } from '@/components/name';
import { TextLink } from '@/components/text-link';
import { changeMessageText } from '@/lib/contrib/admin/change-message';
import { ACTION_FLAGS, type LogEntry } from '@/lib/contrib/admin/models';
import { adminSite } from '@/lib/site/admins';

const words: Record<number, string> = {
  [ACTION_FLAGS.addition]: 'Added',
  [ACTION_FLAGS.change]: 'Changed',
  [ACTION_FLAGS.deletion]: 'Deleted',
};

/** A list of acts; what still exists is a link. */
export function RecentActions({ actions }: { actions: readonly LogEntry[] }) {
  if (actions.length === 0) return <p className="text-muted">None.</p>;
  return (
    <ol className="divide-y divide-line">
      {actions.map((entry) => (
        <li key={entry.id} className="flex flex-wrap items-baseline gap-x-3 py-2">
          <span className="w-16 text-muted">{words[entry.actionFlag]}</span>
          <span className="min-w-0 grow">
            <ObjectName entry={entry} />
            {entry.actionFlag === ACTION_FLAGS.change && (
              <span className="block text-muted">{changeMessageText(entry.changeMessage)}</span>
            )}
          </span>
          <span className="text-muted">
            <DateTime value={entry.actionTime} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function ObjectName({ entry }: { entry: LogEntry }) {
  const { contentType, objectId, objectRepr, actionFlag } = entry;
  const { appLabel = '', model = '' } = contentType ?? {};
  const admin = adminSite.find(`${appLabel}.${model}`);
  const name = <Name text={objectRepr} />;
  if (!admin || !objectId || actionFlag === ACTION_FLAGS.deletion) return name;
  return (
    <TextLink href={`/admin/${appLabel}/${model}/${objectId}/change/`} prefetch={false}>
      {name}
    </TextLink>
  );
}
