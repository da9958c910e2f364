import type { Viewer } from '@/lib/apps/define-config';
import { allConfigs, brought } from '@/lib/apps/registry';
import type { SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/users/user';
import type { TransactionClient } from '@/lib/db/client';

/** Something of a person, for whoever lets them go: what one and many are called, and where they stand. */
export type Belonging = {
  readonly one: string;
  readonly many: string;
  readonly count: number;
  readonly href?: string;
};

/** Who lets whom go, and from where. */
export type LettingGo = {
  readonly user: { readonly id: number; readonly username: string };
  readonly actor: User | undefined;
  readonly request: SecurityRequest;
};

/** What an app has to do with somebody who is let go. */
export interface Offboarding {
  /** What of theirs ends for good, a label each; asked for the page that asks first. */
  ends?(userId: number): Promise<readonly Belonging[]>;
  /**
   * What of theirs stays and wants another owner, as far as the viewer may see it.
   */
  owns?(userId: number, viewer: Viewer): Promise<readonly Belonging[]>;
  /**
   * End what ends, in the transaction of the whole: how many, by the names under which the security log
   * keeps them. Called also while the app is out, since its tables stay.
   */
  end?(tx: TransactionClient, who: LettingGo): Promise<Readonly<Record<string, number>>>;
}

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** What ends and what stays when somebody is let go: their account asleep, their ways in closed. */
    readonly offboarding?: readonly Offboarding[];
  }
}

/** What ends with somebody's account, and what they own, of all apps that are in; nothing is left out. */
export async function belongingsOf(
  userId: number,
  viewer: Viewer,
): Promise<{ ends: Belonging[]; owns: Belonging[] }> {
  const ends: Belonging[] = [];
  const owns: Belonging[] = [];
  for (const app of brought('offboarding')) {
    ends.push(...((await app.ends?.(userId)) ?? []));
    owns.push(...((await app.owns?.(userId, viewer)) ?? []));
  }
  const isSome = ({ count }: Belonging) => count > 0;
  return { ends: ends.filter(isSome), owns: owns.filter(isSome) };
}

/** End what ends of somebody, in the transaction of the caller. What an app throws undoes all of it. */
export async function endBelongings(
  tx: TransactionClient,
  who: LettingGo,
): Promise<Record<string, number>> {
  const ended: Record<string, number> = {};
  for (const { offboarding = [] } of allConfigs()) {
    for (const { end } of offboarding) {
      for (const [name, count] of Object.entries((await end?.(tx, who)) ?? {})) {
        if (count > 0) ended[name] = count;
      }
    }
  }
  return ended;
}
