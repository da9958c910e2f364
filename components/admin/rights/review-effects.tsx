import { PeopleLine } from '@/components/admin/rights/people-line';
import { PermissionNames } from '@/components/admin/rights/permission-names';
import type { Effects, PermissionEffect, StatusEffect } from '@/lib/contrib/auth/rights/effects';

type Props = Pick<Effects, 'effects' | 'statuses'> & {
  actorId: number;
  /** How many sessions end with it. */
  sessions?: number;
};

type Verb = readonly [one: string, several: string];

const STATUS_VERBS: Record<StatusEffect['status'], { gains: Verb; losses: Verb }> = {
  isActive: {
    gains: ['can sign in again', 'can sign in again'],
    losses: ['can no longer sign in', 'can no longer sign in'],
  },
  isSuperuser: {
    gains: ['becomes a superuser and may do everything', 'become superusers and may do everything'],
    losses: ['is no longer a superuser', 'are no longer superusers'],
  },
  isStaff: {
    gains: ['may open the admin', 'may open the admin'],
    losses: ['can no longer open the admin', 'can no longer open the admin'],
  },
};

const STATUS_NAMES = { isActive: 'Account', isSuperuser: 'Superuser', isStaff: 'Staff' } as const;

/** Who can do something afterwards that could not before, and the other way round. */
export function ReviewEffects({ effects, statuses, actorId, sessions = 0 }: Props) {
  const felt = effects.filter(({ gains, losses }) => gains.count + losses.count > 0);
  const unfelt = effects.length - felt.length;
  return (
    <div className="space-y-3">
      <dl className="divide-y divide-line">
        {statuses.map(({ status, gains, losses }) => (
          <Line key={status} title={<span className="font-semibold">{STATUS_NAMES[status]}</span>}>
            <PeopleLine
              people={losses}
              actorId={actorId}
              isLoss
              verb={STATUS_VERBS[status].losses}
            />
            <PeopleLine
              people={gains}
              actorId={actorId}
              isLoss={false}
              verb={STATUS_VERBS[status].gains}
            />
            {status === 'isActive' && sessions > 0 && (
              <p className="pl-5">
                {sessions === 1
                  ? '1 session ends.'
                  : `${sessions.toLocaleString('en')} sessions end.`}
              </p>
            )}
          </Line>
        ))}
        {alikeIn(felt).map(([first, ...others]) => {
          const what = others.length === 0 ? 'it' : 'them';
          return (
            <Line key={first.perm} title={<PermissionNames permissions={[first, ...others]} />}>
              <PeopleLine
                people={first.losses}
                actorId={actorId}
                isLoss
                verb={[`loses ${what}`, `lose ${what}`]}
              />
              <PeopleLine
                people={first.gains}
                actorId={actorId}
                isLoss={false}
                verb={[`gains ${what}`, `gain ${what}`]}
              />
            </Line>
          );
        })}
      </dl>
      {unfelt > 0 && statuses.length === 0 && (
        <p className="text-muted">
          {felt.length === 0
            ? 'Nobody gains or loses anything by this now.'
            : `Of the other ${unfelt === 1 ? 'permission' : `${unfelt} permissions`} nobody gains or loses anything now.`}
        </p>
      )}
    </div>
  );
}

function Line({ title, children }: { title: React.ReactNode; children: React.ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[18rem_minmax(0,1fr)]">
      <dt className="min-w-0">{title}</dt>
      <dd className="min-w-0 space-y-1">{children}</dd>
    </div>
  );
}

type Cluster = [PermissionEffect, ...PermissionEffect[]];

// What is gained and lost by the same people is told once.
function alikeIn(effects: readonly PermissionEffect[]): Cluster[] {
  const clusters = new Map<string, Cluster>();
  for (const effect of effects) {
    const { gains, losses } = effect;
    const key = JSON.stringify([gains, losses]);
    const known = clusters.get(key);
    if (known) known.push(effect);
    else clusters.set(key, [effect]);
  }
  return [...clusters.values()];
}
