import type { User } from '@/lib/contrib/auth/models';
import type { Factor, FactorKind } from './factor-kind';
import { factorKinds } from './kinds';

/** A supported kind, and what somebody has of it. */
export type KindOf = { readonly kind: FactorKind; readonly factors: readonly Factor[] };

/** Every supported kind with what this person has of it. A statement for each. */
export async function factorsByKind(user: Pick<User, 'id'>): Promise<KindOf[]> {
  const found: KindOf[] = [];
  for (const kind of factorKinds()) {
    found.push({ kind, factors: await kind.factorsOf(user.id) });
  }
  return found;
}

/** The kinds of which this person has something to give. */
export async function ownedKinds(user: Pick<User, 'id'>): Promise<FactorKind[]> {
  const all = await factorsByKind(user);
  return all.filter(({ factors }) => factors.length > 0).map(({ kind }) => kind);
}
