import { capfirst, getTextList, visibleText } from '@/lib/core/text';

// UTF-16 units. Longer ones are no messages of an admin: a list of a hundred would take seconds.
const LONGEST = 100_000;

/**
 * What a log entry says was done, in a sentence or two: "Changed First name and Email address."
 * Text that is no JSON is an old entry's own words. What others wrote into the table and is no
 * message says nothing, one part or the whole; never throws.
 * Django: contrib/admin/models.py LogEntry.get_change_message
 */
export function changeMessageText(changeMessage: string): string {
  if (changeMessage.length > LONGEST) return '';
  if (!changeMessage.startsWith('[')) return changeMessage;
  const messages = parse(changeMessage);
  if (messages === null) return changeMessage;
  if (messages.length === 0) return 'No fields changed.';
  return messages.map(sentence).filter(Boolean).join(' ');
}

/**
 * The same but for the fields of these labels, of which more is told beside it; '' where nothing is left
 * to say.
 */
export function restOfMessage(changeMessage: string, told: ReadonlySet<string>): string {
  if (told.size === 0) return changeMessageText(changeMessage);
  const messages = parse(changeMessage) ?? [];
  const rest = messages.flatMap((message) => {
    if (partOf(message, 'moved')) return [];
    const changed = partOf(message, 'changed');
    if (!changed || typeof changed['name'] === 'string') return [message];
    const fields = textsIn(changed['fields']).filter((label) => !told.has(label));
    return fields.length > 0 ? [{ changed: { fields } }] : [];
  });
  return rest.map(sentence).filter(Boolean).join(' ');
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
  const added = partOf(message, 'added');
  if (added) return `Added${named(added)}.`;
  const deleted = partOf(message, 'deleted');
  if (deleted) return `Deleted${named(deleted)}.`;
  const as = partOf(message, 'as');
  if (as) return typeof as['user'] === 'string' ? `As ${visibleText(as['user'])}.` : '';
  const moved = partOf(message, 'moved');
  if (moved) return movedSentence(moved);
  const reason = partOf(message, 'reason');
  if (reason) {
    return typeof reason['text'] === 'string' ? `Reason: ${visibleText(reason['text'])}` : '';
  }
  const changed = partOf(message, 'changed');
  if (!changed) return '';
  const fields = getTextList(textsIn(changed['fields']));
  const name = named(changed);
  if (fields === '') return name === '' ? '' : `Changed${name}.`;
  return name === '' ? `Changed ${fields}.` : `Changed ${fields} for${name}.`;
}

const MOVES = [
  ['given', 'given'],
  ['taken', 'taken'],
  ['joined', 'added to'],
  ['left', 'removed from'],
] as const;

function movedSentence(moved: Part): string {
  const parts = MOVES.flatMap(([key, words]) => {
    const names = textsIn(moved[key]).map(visibleText);
    return names.length > 0 ? [`${words} ${getTextList(names)}`] : [];
  });
  return parts.length > 0 ? `${capfirst(parts.join('; '))}.` : '';
}

type Part = Readonly<Record<string, unknown>>;

function partOf(
  message: unknown,
  key: 'added' | 'as' | 'changed' | 'deleted' | 'moved' | 'reason',
): Part | null {
  if (!isPart(message) || !Object.hasOwn(message, key)) return null;
  const part = message[key];
  return isPart(part) ? part : null;
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function named({ name, object }: Part): string {
  if (typeof name !== 'string') return '';
  return typeof object === 'string' ? ` ${name} “${visibleText(object)}”` : ` ${name}`;
}
