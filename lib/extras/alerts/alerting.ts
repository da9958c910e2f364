import { settings } from '@/lib/conf/settings';
import { afterCommit, db, type TransactionClient } from '@/lib/db/client';
import { currentSource } from '@/lib/http/source/current-source';
import type { Alert } from './apps';

/**
 * Do something about an alert, if the site wants it, once what happened is committed and the request is
 * answered: nobody waits for it, and how long it takes tells nobody anything. Of what a command does
 * nobody is told: whoever types it has the machine.
 */
export function onceAnswered(
  alert: Alert,
  tx: TransactionClient | undefined,
  task: () => Promise<void>,
): void {
  const source = currentSource();
  if (!settings.ALERTS.includes(alert) || source.incoming() === null) return;
  afterCommit(tx ?? db, () => source.after(task));
}
