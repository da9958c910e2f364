import { DateTime } from '@/components/date-time';
import { Name } from '@/components/name';
import { changeMessageText } from '@/lib/contrib/admin/change-message';
import type { HistoryEntry } from '@/lib/contrib/admin/history';
import { ACTION_FLAGS } from '@/lib/contrib/admin/models';

/** Django: templates/admin/object_history.html */
export function HistoryTable({ entries }: { entries: readonly HistoryEntry[] }) {
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
                {actionText(entry)}
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

function actionText({ actionFlag, changeMessage }: HistoryEntry): string {
  if (changeMessage !== '') return changeMessageText(changeMessage);
  return actionFlag === ACTION_FLAGS.deletion ? 'Deleted.' : '';
}
