import { setUp } from '@/tests/support/socialaccount/set-up';
import { whoIsWho } from './sign-in';

const site = setUp();

whoIsWho(site);
