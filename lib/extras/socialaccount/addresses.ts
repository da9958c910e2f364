/** Where people look after their links. allauth: socialaccount/urls.py */
export const LINKS_PATH = '/accounts/3rdparty/';

/** How a sign-in at a provider can end otherwise than inside. */
export const OUTCOMES = ['error', 'closed', 'link'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The page that says how it ended; `told` stands in its query. */
export function outcomePath(outcome: Outcome, told: Readonly<Record<string, string>>): string {
  return `${LINKS_PATH}login/${outcome}/?${new URLSearchParams(told)}`;
}
