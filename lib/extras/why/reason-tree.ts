import { getBackends } from '@/lib/contrib/auth/backends';
import type { User } from '@/lib/contrib/auth/models';
import {
  ask,
  type BackendVerdict,
  decide,
  describe,
  type Explanation,
  explained,
  possibleSources,
} from '@/lib/contrib/auth/permissions/decisions';
import { membershipNotes, noteOf } from '@/lib/contrib/auth/permissions/membership-notes';
import {
  besideIn,
  type CataloguedPermission,
} from '@/lib/contrib/auth/permissions/permission-catalogue';
import {
  bySource,
  distinct,
  hasSource,
  isLasting,
  type Source,
} from '@/lib/contrib/auth/permissions/sources';
import { suppose } from '@/lib/contrib/auth/permissions/suppositions';
import { timedWords } from '@/lib/contrib/auth/permissions/timed-grants';
import { visibleText } from '@/lib/core/text';
import { type Fix, findFixes } from './remedies';

/** Tick, cross, a grant that does not count, a denial, or a question that was never asked. */
export type Mark = 'yes' | 'no' | 'void' | 'denied' | 'not reached';

/** One reason in the tree; `label` and `note` may be shown to a person. */
export type Step = {
  label: string;
  mark: Mark;
  /** What the mark alone does not say; '' for nothing. */
  note: string;
  /** Of a leaf under a backend. */
  source: Source | null;
  steps: Step[];
};

/** What is asked of a user, and every permission there is: who asks has read them once. */
export type Question = {
  /** `app.codename`. */
  perm: string;
  obj?: unknown;
  catalogue: readonly CataloguedPermission[];
};

/** A decision with everything that a person wants to know of it. */
export type Why = Explanation & {
  sentence: string;
  steps: Step[];
  /** For a refusal: what the user holds on the same models. */
  nearest: { perm: string; name: string }[];
  /** For a refusal: each of these would end it, the smallest first. */
  fixes: Fix[];
};

/**
 * Why a user holds the permission `app.codename`, on `obj` if one is given, or does not, as a
 * sentence and as a tree: active, superuser, each backend in order and each place that it looks at.
 * The page and the command `why` both show this. The decision in it is `explain`'s.
 * Django: no counterpart
 */
export async function explainWhy(user: User, { perm, obj, catalogue }: Question): Promise<Why> {
  const possible = await possibleSources(perm, obj);
  const explanation = explained(await decide(user, perm, obj), possible);
  const isRefused = !explanation.allowed;
  const beside = isRefused ? besideIn(catalogue, perm) : [];
  return {
    ...explanation,
    sentence: describe(explanation),
    steps: await reasonTree(user, explanation, { obj, possible }),
    nearest: await nearestOf(user, { perm, obj, catalogue: beside }),
    fixes: isRefused ? await findFixes(user, explanation, { obj, beside }) : [],
  };
}

async function reasonTree(
  user: User,
  explanation: Explanation,
  { obj, possible }: { obj: unknown; possible: readonly Source[][] },
): Promise<Step[]> {
  const { isActive, isSuperuser, verdicts } = explanation;
  const notes = user.isAuthenticated ? await membershipNotes([user.id]) : [];
  const active = isActive ? null : await suppose(user, { isActive: true, isSuperuser: false });
  const steps: Step[] = [
    leaf('active', isActive ? 'yes' : 'no', isActive ? '' : 'the account cannot use what it holds'),
    leaf('superuser', superuserMark(explanation), isSuperuser && !isActive ? 'but inactive' : ''),
  ];
  for (const [index, backend] of getBackends().entries()) {
    const verdict = verdicts[index] ?? { backend: backend.name, verdict: 'silent', sources: [] };
    const held = active ? (await ask(backend, active, explanation.perm, obj)).sources : [];
    steps.push({
      ...leaf(backend.name, verdictMark(verdict), ''),
      steps: leavesOf(verdict, {
        examined: (await backend.examinedSources?.(user, explanation.perm, obj)) ?? [],
        possible: possible[index] ?? [],
        void: held,
        noted: (source) => (source.kind === 'group' ? noteOf(notes, user, source.id) : ''),
      }),
    });
  }
  return steps;
}

type Places = {
  examined: readonly Source[];
  possible: readonly Source[];
  void: readonly Source[];
  /** Where a membership came from, of a group that somebody is in. */
  noted(source: Source): string;
};

function leavesOf({ verdict, sources }: BackendVerdict, places: Places): Step[] {
  const all = distinct([...sources, ...places.void, ...places.examined, ...places.possible]);
  const isTimed = ({ id }: { id: number }) =>
    all.some((each) => each.kind === 'group' && each.id === id && !isLasting(each));
  // Who is in a group for a time is not said to be without it.
  const told = all.filter(
    (source) =>
      source.kind !== 'group' || source.timed || hasSource(sources, source) || !isTimed(source),
  );
  return told.sort(bySource).map((source) => {
    const label = placeWords(source);
    if (verdict === 'not reached') return leaf(label, 'not reached', '', source);
    if (hasSource(sources, source)) return leaf(label, 'yes', places.noted(source), source);
    if (hasSource(places.void, source))
      return leaf(label, 'void', 'the account is inactive', source);
    return leaf(label, 'no', lackNote(source, places), source);
  });
}

function lackNote(source: Source, { examined, possible }: Places): string {
  if (source.kind !== 'group') return '';
  if (!hasSource(examined, source)) return 'holds it, without this member';
  return hasSource(possible, source) ? '' : 'a member, but the group does not hold it';
}

function placeWords(source: Source): string {
  switch (source.kind) {
    case 'superuser':
      return 'superuser';
    case 'direct':
      return `granted directly${timedPlace(source)}`;
    case 'group':
      return `group ${visibleText(source.name)}${timedPlace(source)}`;
    case 'backend':
      return source.reason;
  }
}

function timedPlace(source: Source): string {
  return 'timed' in source && source.timed ? ` ${timedWords(source.timed)}` : '';
}

function superuserMark({ isActive, isSuperuser }: Explanation): Mark {
  if (!isSuperuser) return 'no';
  return isActive ? 'yes' : 'void';
}

function verdictMark({ verdict }: BackendVerdict): Mark {
  const marks = { granted: 'yes', silent: 'no', denied: 'denied', 'not reached': 'not reached' };
  return marks[verdict] as Mark;
}

function leaf(label: string, mark: Mark, note: string, source: Source | null = null): Step {
  return { label, mark, note, source, steps: [] };
}

async function nearestOf(user: User, { perm, obj, catalogue }: Question): Promise<Why['nearest']> {
  const held: Why['nearest'] = [];
  for (const beside of catalogue) {
    const isHeld = beside.perm !== perm && (await decide(user, beside.perm, obj)).allowed;
    if (isHeld) held.push({ perm: beside.perm, name: beside.name });
  }
  return held;
}
