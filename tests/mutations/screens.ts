import { OF_FILES } from './files';
import { OF_HOME } from './home';
import type { Mutation } from './mutation';
import { OF_PEOPLE } from './people';
import { OF_RIGHTS } from './rights';

/** What protects the admin's screens beyond forms and lists. */
export const OF_SCREENS: readonly Mutation[] = [
  ...OF_RIGHTS,
  ...OF_PEOPLE,
  ...OF_HOME,
  ...OF_FILES,
];
