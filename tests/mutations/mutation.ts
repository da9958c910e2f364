/**
 * One line of the code changed so that a protection is gone, and the test files below the browser
 * that must notice.
 */
export type Mutation = {
  what: string;
  file: string;
  /** Stands in the file exactly once. */
  from: string;
  to: string;
  project: 'unit' | 'boundary' | 'integration-sqlite' | 'every-type-sqlite';
  tests: readonly string[];
};
