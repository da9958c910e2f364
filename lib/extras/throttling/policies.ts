import { APPS } from '@/lib/apps/declared';
import type { ThrottlePolicies } from '@/lib/conf/global-settings';
import { settings } from '@/lib/conf/settings';
import type { ThrottleKind } from '@/lib/contrib/auth/sign-in/attempts';

const declared: Readonly<Record<string, ThrottlePolicies>> = Object.assign(
  {},
  ...APPS.map(({ throttles }) => throttles),
);

/** The waits of a kind: what settings.THROTTLES says of it, else what its app declares. */
export function policiesOf(kind: ThrottleKind): ThrottlePolicies {
  const policies = settings.THROTTLES[kind] ?? declared[kind];
  if (!policies) throw new TypeError(`No app declares the throttle "${kind}".`);
  return policies;
}
