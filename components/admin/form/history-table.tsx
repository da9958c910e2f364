import { DateTime } from '@/components/date-time';
import { Name } from '@/components/name';
import { TextLink } from '@/components/text-link';
import { restOfMessage } from '@/lib/contrib/admin/change-message';
import type { HistoryEntry } from '@/lib/contrib/admin/history';
import type { ToldChange } from '@/lib/contrib/admin/kept/told-changes';
import { ACTION_FLAGS } from '@/lib/contrib/admin/models';
import { someOf } from '@/lib/core/text';

type Props = {
  entries: readonly HistoryEntry[];
  /** What became of the fields, by entry. */
  told: ReadonlyMap<number, readonly ToldChange[]>;
  /** Where the object is changed; null for who may only look. */
  form: string | null;
};

/** Django: templates/admin/object_history.html */
export function HistoryTable({ entries, told, form }: Props) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full">
        <thead>
          <tr className="border-b border-line text-left text-muted">
            {['Date', 'User', 'Action'].map((title) => (
              <th
                key={title}
                scope="col"
                className="w-px py-2 pr-4 font-normal last:w-auto last:pr-0 sm:pr-8"
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id} className="border-b border-line align-top">
              <td className="py-2 pr-4 sm:pr-8 sm:whitespace-nowrap">
                <DateTime value={entry.actionTime} />
              </td>
              <td className="py-2 pr-4 sm:pr-8 sm:whitespace-nowrap">
                <Name text={userText(entry.user)} />
              </td>
              <td className="py-2 sm:min-w-56" dir="auto">
                <Act entry={entry} told={told.get(entry.id) ?? []} />
                {form !== null && told.has(entry.id) && (
                  <p className="mt-1">
                    <TextLink href={`${form}?_before=${entry.id}`} prefetch={false}>
                      Back to before this
                    </TextLink>
                  </p>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function userText({ username, firstName, lastName }: HistoryEntry['user']): string {
  const name = `${firstName} ${lastName}`.trim();
  return name === '' ? username : `${username} (${name})`;
}

type ActProps = { entry: HistoryEntry; told: readonly ToldChange[] };

function Act({ entry: { actionFlag, changeMessage }, told }: ActProps) {
  if (changeMessage === '') return actionFlag === ACTION_FLAGS.deletion ? 'Deleted.' : '';
  const rest = restOfMessage(changeMessage, new Set(told.map(({ label }) => label)));
  return (
    <>
      {told.map((change) => (
        <p key={change.label} className="wrap-anywhere">
          {'from' in change ? (
            <>
              {change.label} from <bdi className="text-muted">{change.from}</bdi> to{' '}
              <bdi className="font-semibold">{change.to}</bdi>.
            </>
          ) : (
            <Moved change={change} />
          )}
        </p>
      ))}
      {rest !== '' && <p>{rest}</p>}
    </>
  );
}

function Moved({ change }: { change: Extract<ToldChange, { added: string[] }> }) {
  const { label, added, removed } = change;
  const parts = [
    { words: 'added', names: added },
    { words: 'removed', names: removed },
  ].filter(({ names }) => names.length > 0);
  return (
    <>
      {`${label}: `}
      {parts.map(({ words, names }, i) => (
        <span key={words}>
          {`${i > 0 ? '; ' : ''}${words} `}
          <bdi className="font-semibold">{someOf(names)}</bdi>
        </span>
      ))}
      .
    </>
  );
}
