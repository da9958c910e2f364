import type { Phrase, Tone } from '@/lib/contrib/admin/list/shown/rich-cells';

/** As much of an entry of the log as a sentence tells. */
export type Told = {
  readonly event: string;
  readonly actorId: number | null;
  readonly actorUsername: string;
  readonly subjectId: number | null;
  readonly subjectUsername: string;
  readonly targetId: number | null;
  readonly targetUsername: string;
  readonly detail: string;
};

/** What happened, in parts of which some lead on, and whether it wants to be looked at. */
export type Sentence = { parts: Phrase[]; tone: Tone };

/** How whoever reads may be told of people, groups and permissions. */
export type Words = {
  person(id: number | null, username: string): Phrase;
  group(id: number | null, name: string): Phrase;
  /** The detail as it is kept, for who may read all of it; null if there is nothing to read. */
  raw(detail: string): string | null;
  /** The label of `app.codename`. */
  permission(perm: string): string;
};

/** The detail of an entry, of which nothing is sure: other programs may write the table. */
export class Detail {
  readonly #parts: Readonly<Record<string, unknown>>;

  constructor(json: string) {
    this.#parts = partsOf(json);
  }

  text(name: string): string {
    const value = this.#parts[name];
    return typeof value === 'string' ? value : '';
  }

  number(name: string): number | null {
    const value = this.#parts[name];
    return typeof value === 'number' ? value : null;
  }

  flag(name: string): boolean | null {
    const value = this.#parts[name];
    return typeof value === 'boolean' ? value : null;
  }

  list(name: string): string[] {
    const value = this.#parts[name];
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  }
}

/** Parts of a sentence from texts and phrases. */
export function phrases(...parts: readonly (string | Phrase)[]): Phrase[] {
  return parts.flatMap((part) => {
    if (typeof part !== 'string') return [part];
    return part === '' ? [] : [{ text: part }];
  });
}

/** "1 session", "1,200 sessions". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

// Characters. Longer ones are no details of ours.
const LONGEST = 100_000;

function partsOf(json: string): Readonly<Record<string, unknown>> {
  if (json.length > LONGEST) return {};
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? { ...parsed }
      : {};
  } catch {
    return {};
  }
}
