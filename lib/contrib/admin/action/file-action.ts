/** A file that an action answers with. */
export type ActionFile = {
  /** Letters, digits, `-`, `_` and `.`; others are taken out. */
  name: string;
  /** Such as `application/json`. */
  contentType: string;
  content: string | Uint8Array<ArrayBuffer> | AsyncIterable<string>;
};

/**
 * Something to have of the rows that are ticked in the change list: a file, which leaves the list as it is.
 * It writes nothing. `permission` is as an action's; `Call` is what it works on, and who asked for it.
 * Django: an action that returns an HttpResponse
 */
export interface FileAction<Call> {
  readonly name: string;
  readonly label: string;
  readonly permission: string;
  file(call: Call): Promise<ActionFile>;
}
