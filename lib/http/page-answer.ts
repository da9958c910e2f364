import { currentSource } from './source/current-source';

/** Whether an action can answer with a page of its own; not on a host without the request hook. */
export function canAnswerWithPage(): boolean {
  return currentSource().notes() !== null;
}

/**
 * A way for an action to answer with a page of its own, such as "are you sure?": what it gives, the
 * page that is rendered in the same response takes and shows in its place, with JavaScript and
 * without. The next request knows nothing of it. `name` tells it from the others.
 * Django: a view that answers a POST with another template
 */
export function pageAnswer<T extends object>(name: string) {
  return {
    /** Called in an action. On a host without the request hook nothing is shown. */
    give(value: T): void {
      const source = currentSource();
      const notes = source.notes();
      if (!notes) return;
      notes.answers ??= new Map();
      notes.answers.set(name, value);
      source.refresh();
    },
    /** Called in the page; null when no action answers with this. */
    take(): T | null {
      return (currentSource().notes()?.answers?.get(name) as T | undefined) ?? null;
    },
  };
}
