import { describe } from 'vitest';
import { setUp } from '@/tests/support/socialaccount/set-up';
import { forgedAnswers } from './forged';
import { otherProviders } from './others';
import { whoIsWho } from './sign-in';

const site = setUp();

describe('who is it', () => whoIsWho(site));
describe('forged answers', () => forgedAnswers(site));
describe('other providers', () => otherProviders(site));
