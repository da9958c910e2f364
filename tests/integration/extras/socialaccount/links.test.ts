import { describe } from 'vitest';
import { setUp } from '@/tests/support/socialaccount/set-up';
import { firstPasswords } from './first-password';
import { claimedGroups } from './groups';
import { ownLinks } from './links';
import { endsAndStages } from './logout';

const site = setUp();

describe('links', () => ownLinks(site));
describe('a first password', () => firstPasswords(site));
describe('groups', () => claimedGroups(site));
describe('ends', () => endsAndStages(site));
