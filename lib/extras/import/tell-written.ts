import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { reportError } from '@/lib/core/log/error-report';
import type { Written } from './import-rows';

/**
 * Tell the screens what was written of a file, of each row and of each outcome once: for the time after
 * the answer. One comes after the other, since each may send mail; what fails is reported, and keeps
 * no news from the others.
 * Django: no counterpart; transaction.on_commit(robust=True), called once a row
 */
export async function tellWritten(
  { options }: ModelAdmin,
  { changes, outcomes }: Written,
  done: { when: Date; origin: string },
): Promise<void> {
  const news = [
    ...changes.map((change) => () => options.committed?.(change, done)),
    ...outcomes.map((outcome) => () => outcome.committed?.(done)),
  ];
  for (const tell of news) {
    try {
      await tell();
    } catch (error) {
      reportError(error, { what: 'What was to be done after an import failed.' });
    }
  }
}
