import { settings } from '@/lib/conf/settings';
import { type CheckMessage, checkWarning } from '@/lib/core/checks/registry';
import { db } from '@/lib/db/client';

/** Groups that a provider's map names and that do not exist: nobody would ever join them. */
export async function checkMappedGroups(): Promise<CheckMessage[]> {
  const found: CheckMessage[] = [];
  for (const { id, groups } of settings.SOCIALACCOUNT_PROVIDERS) {
    const names = [...new Set(Object.values(groups?.map ?? {}))];
    if (names.length === 0) continue;
    const rows = await db.group.findMany({ where: { name: { in: names } } });
    const missing = names.filter((name) => !rows.some((row) => row.name === name));
    if (missing.length === 0) continue;
    const message = `The provider ${id} gives groups that do not exist: ${missing.join(', ')}.`;
    found.push(checkWarning('socialaccount.W010', message, 'Make them, or mend `groups.map`.'));
  }
  return found;
}
