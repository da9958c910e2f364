import type { RequestUser } from '@/lib/contrib/auth/models';
import { groupNamesSeenBy } from '@/lib/contrib/auth/permissions/visible-groups';
import type { Why } from './reason-tree';

/**
 * A decision with its reasons and remedies as somebody may read it: neither names a group that is
 * hidden, which `hiddenGroups` counts. `known` are ids of groups that are no secret to them.
 * Django: no counterpart
 */
export async function whySeenBy(viewer: RequestUser, why: Why, known: readonly number[]) {
  const inSteps = why.steps.flatMap(({ steps }) => steps.flatMap(({ source }) => source ?? []));
  const all = [...why.places, ...inSteps];
  const seen = await groupNamesSeenBy(
    viewer,
    all.flatMap((each) => (each.kind === 'group' ? [each.id] : [])),
    known,
  );
  const isSeen = (named: { kind: string; id?: number } | null) =>
    named?.kind !== 'group' || (named.id !== undefined && seen.has(named.id));
  const hidden = all.flatMap((each) => (each.kind === 'group' && !isSeen(each) ? [each.id] : []));
  return {
    ...why,
    places: why.places.filter(isSeen),
    steps: why.steps.map((step) => ({
      ...step,
      steps: step.steps.filter(({ source }) => isSeen(source)),
    })),
    fixes: why.fixes.filter(({ grant }) => isSeen(grant)),
    hiddenGroups: new Set(hidden).size,
  };
}
