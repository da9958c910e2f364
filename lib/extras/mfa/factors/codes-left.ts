import type { User } from '@/lib/contrib/auth/models';
import { recoveryCodesKind } from './recovery-codes-kind';

/** What somebody is told who has just used a recovery code. */
export async function codesLeft({ id }: Pick<User, 'id'>): Promise<string> {
  const left = (await recoveryCodesKind.factorsOf(id)).length;
  const few = left === 1 ? 'one is left' : `${left} are left`;
  return `You have used a recovery code: ${left === 0 ? 'none is left' : few}.`;
}
