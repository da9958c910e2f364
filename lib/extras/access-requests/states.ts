/** What a request can be. */
export const STATES = ['open', 'approved', 'refused', 'withdrawn'] as const;

export type RequestState = (typeof STATES)[number];

const WORDS: Record<RequestState, string> = {
  open: 'Waiting',
  approved: 'Granted',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
};

/** A state as people read it. */
export function stateWords(state: string): string {
  return Object.hasOwn(WORDS, state) ? WORDS[state as RequestState] : state;
}
