/** What somebody has told Apple that they are called, which it tells once. */
export type ToldName = { readonly given: string; readonly family: string };
