import { getTextList } from '@/lib/core/text';

/**
 * What a log entry says was done, in a sentence or two: "Changed First name and Email address."
 * Text that is no JSON is an old entry's own words; a broken one says nothing.
 * Django: contrib/admin/models.py LogEntry.get_change_message
 */
export function changeMessageText(changeMessage: string): string {
  if (!changeMessage.startsWith('[')) return changeMessage;
  const messages = parse(changeMessage);
  if (messages === null) return changeMessage;
  return messages.map(sentence).join(' ') || 'No fields changed.';
}

function parse(text: string): unknown[] | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function sentence(message: unknown): string {
  const { added, changed, deleted } = message as Partial<
    Record<'added' | 'changed' | 'deleted', { fields?: string[]; name?: string; object?: string }>
  >;
  if (added) return `Added${named(added)}.`;
  if (deleted) return `Deleted${named(deleted)}.`;
  if (!changed) return '';
  const fields = getTextList(changed.fields ?? []);
  return changed.name ? `Changed ${fields} for${named(changed)}.` : `Changed ${fields}.`;
}

function named({ name, object }: { name?: string; object?: string }): string {
  return name === undefined ? '' : ` ${name} “${object}”`;
}
