import type { Settings } from '@/lib/conf/global-settings';
import type { Costs } from './django';

/** Hashing as cheap as it can be made, here; what has no setting costs what it costs. */
export const ourCosts: Partial<Settings> = { BCRYPT_ROUNDS: 4, PBKDF2_ITERATIONS: 1000 };

/** The same for Django, whose versions differ in scrypt's parallelism: ours is that of 5.1. */
export const djangosCosts: Costs = {
  PBKDF2PasswordHasher: { iterations: 1000 },
  BCryptSHA256PasswordHasher: { rounds: 4 },
  ScryptPasswordHasher: { parallelism: 5 },
};
