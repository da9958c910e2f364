import { brought } from '@/lib/apps/registry';
import { mayViewEach } from '@/lib/contrib/admin/model-permissions';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userTable } from '@/lib/contrib/auth/users/user-table';
import { db } from '@/lib/db/client';
import type {
  HomeAct,
  HomeChart,
  HomeDeed,
  HomeFigure,
  HomeNotice,
  HomePart,
  HomeStep,
  HomeViewer,
} from './home-parts';

/** What the admin's home shows to one person. */
export type AdminHome = {
  figures: readonly HomeFigure[];
  attention: readonly HomeNotice[];
  charts: readonly HomeChart[];
  activity: readonly HomeAct[];
  steps: readonly HomeStep[];
  deeds: readonly HomeDeed[];
  /** Whether anybody looks for trouble for this person: then it is said that there is none. */
  isWatched: boolean;
  /** Whether this person may read what others did. */
  isActivityTold: boolean;
};

// What was done is told of so many acts.
const MOST_ACTS = 12;

// With fewer people there are next to none but those of the demonstration.
const PEOPLE_OF_A_NEW_SITE = 15;

// Milliseconds between two entries about one act.
const ONE_ACT = 1000;

/**
 * The home of the admin for this person: of everything that the installed apps add to it, what tells
 * of models that the person may view, in the order of the apps. The number of statements does not
 * depend on how many rows there are.
 * Django: contrib/admin/sites.py AdminSite.index
 */
export async function loadHome(viewer: HomeViewer): Promise<AdminHome> {
  const parts = await partsFor(viewer);
  const hasSteps = parts.some(({ steps }) => steps !== undefined) && (await isNewSite());
  const [figures, attention, charts, acts, deeds, steps] = await Promise.all([
    eachOf(parts, (part) => part.figures?.(viewer)),
    eachOf(parts, (part) => part.attention?.(viewer)),
    eachOf(parts, (part) => part.charts?.(viewer)),
    eachOf(parts, (part) => part.activity?.(viewer, MOST_ACTS)),
    eachOf(parts, (part) => part.deeds?.(viewer)),
    hasSteps ? eachOf(parts, (part) => part.steps?.(viewer)) : [],
  ]);
  const isWatched = parts.some((part) => part.attention !== undefined);
  const isActivityTold = parts.some((part) => part.activity !== undefined);
  return {
    figures,
    attention,
    charts,
    activity: newest(acts),
    steps: steps.toSorted(byOrder),
    deeds: deeds.toSorted(byOrder),
    isWatched,
    isActivityTold,
  };
}

type Ordered = { readonly order?: number };

function byOrder(one: Ordered, other: Ordered): number {
  return (one.order ?? 0) - (other.order ?? 0);
}

type Told<T> = (part: HomePart) => Promise<readonly T[]> | undefined;

async function eachOf<T>(parts: readonly HomePart[], told: Told<T>): Promise<T[]> {
  return (await Promise.all(parts.map((part) => told(part) ?? []))).flat();
}

async function partsFor(viewer: HomeViewer): Promise<HomePart[]> {
  const seen: HomePart[] = [];
  for (const part of brought('adminHome')) {
    if (await maySee(viewer, part.models)) seen.push(part);
  }
  return seen;
}

async function maySee({ user, site }: HomeViewer, models: HomePart['models']): Promise<boolean> {
  for (const model of models) {
    const key = model === 'auth.user' ? getUserModel().name.toLowerCase() : model;
    const admin = site.find(key);
    if (!admin || !(await mayViewEach(user, admin))) return false;
  }
  return true;
}

function newest(acts: readonly HomeAct[]): HomeAct[] {
  const told = acts.filter(({ isPlain }) => !isPlain);
  const isTold = (act: HomeAct) =>
    told.some(
      ({ actorId, time }) =>
        actorId !== null && actorId === act.actorId && Math.abs(+time - +act.time) < ONE_ACT,
    );
  return acts
    .filter((act) => !(act.isPlain && isTold(act)))
    .sort((one, other) => +other.time - +one.time)
    .slice(0, MOST_ACTS);
}

async function isNewSite(): Promise<boolean> {
  const rows = await db.$queryRaw<object[]>`
    SELECT 1 AS found FROM ${userTable()} LIMIT ${PEOPLE_OF_A_NEW_SITE}`;
  return rows.length < PEOPLE_OF_A_NEW_SITE;
}
