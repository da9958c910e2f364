import { describe } from 'vitest';
import { testDatabase } from '@/tests/support/database';
import { setUp } from '@/tests/support/socialaccount/set-up';
import { forgedAnswers, replayedAnswers } from './forged';
import { otherProviders } from './others';
import { whoIsWho } from './sign-in';

const site = setUp();
// What is refused before the database is asked is tried on one of them.
const isFirst = testDatabase === 'sqlite';

describe('who is it', () => whoIsWho(site));
describe('replayed answers', () => replayedAnswers(site));
describe.runIf(isFirst)('forged answers', () => forgedAnswers(site));
describe.runIf(isFirst)('other providers', () => otherProviders(site));
