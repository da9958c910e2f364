import { idsIn } from '@/lib/forms/fields';

/** The ids that a many-to-many field of a row gets by new values; none if they do not name it. */
export function gained(before: object | null, values: object, name: string): number[] {
  const held = new Set(idsOf(before, name));
  return idsOf(values, name).filter((id) => !held.has(id));
}

/** Those that it loses. */
export function lost(before: object | null, values: object, name: string): number[] {
  if (!(name in values)) return [];
  const kept = new Set(idsOf(values, name));
  return idsOf(before, name).filter((id) => !kept.has(id));
}

/** Whether it becomes another one. */
export function isMoved(before: object | null, values: object, name: string): boolean {
  return gained(before, values, name).length + lost(before, values, name).length > 0;
}

/** What a row, or new values, say of a field. */
export function valueIn(record: object | null, name: string): unknown {
  return record && Reflect.get(record, name);
}

function idsOf(record: object | null, name: string): number[] {
  return idsIn(valueIn(record, name));
}
