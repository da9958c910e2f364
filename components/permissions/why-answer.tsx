import { Glyph } from '@/components/permissions/glyph';
import { hiddenGroupsText } from '@/components/permissions/hidden-groups';
import { HoldersLink } from '@/components/permissions/links';
import { ReasonTree } from '@/components/permissions/reason-tree';
import { glyphOf } from '@/components/permissions/source-words';
import { groupNames, WithNames } from '@/components/permissions/with-names';
import { TextLink } from '@/components/text-link';
import { capfirst } from '@/lib/core/text';
import { type Fix, fixWords } from '@/lib/extras/why/remedies';
import type { SeenWhy } from '@/lib/extras/why/why-page';

type Props = {
  why: SeenWhy;
  allowedFixes: ReadonlySet<Fix>;
  /** The permission's id, for who may see its holders. */
  holdersOf: number | null;
  /** Where the user is changed. */
  changeHref: string;
  /** The permission's name for people. */
  name: string;
};

/** One permission of one user: the sentence, the reasons, and for a refusal what would end it. */
export function WhyAnswer({ why, allowedFixes, holdersOf, changeHref, name }: Props) {
  const isVoid = why.steps.some(
    ({ mark, steps }) => mark === 'void' || steps.some((step) => step.mark === 'void'),
  );
  return (
    <section
      aria-labelledby="why"
      className="rounded-panel border border-line bg-surface px-4 py-4 sm:px-5"
    >
      <h2 id="why" className="flex gap-2.5 text-base">
        <span className="flex h-6 items-center">
          <Glyph state={why.allowed || !isVoid ? glyphOf(why.sources) : 'void'} />
        </span>
        <span className="min-w-0">
          <WithNames text={why.sentence} names={[why.username, ...groupNames(why.sources)]} />
        </span>
      </h2>
      <p className="mt-1 flex flex-wrap gap-x-4 text-muted sm:ml-6">
        {name}
        {holdersOf !== null && <HoldersLink permissionId={holdersOf} />}
      </p>
      <div className="mt-4 grid gap-x-10 gap-y-6 sm:ml-6 lg:grid-cols-2">
        <div>
          <h3 className="mb-2">Reasons</h3>
          <ReasonTree steps={why.steps} />
          {why.hiddenGroups > 0 && (
            <p className="mt-2 text-muted">
              {hiddenGroupsText(why.hiddenGroups)} it too, without this member.
            </p>
          )}
        </div>
        {!why.allowed && (
          <div className="space-y-6">
            <Nearest held={why.nearest} />
            <Fixes fixes={why.fixes} allowed={allowedFixes} changeHref={changeHref} />
          </div>
        )}
      </div>
    </section>
  );
}

function Nearest({ held }: { held: SeenWhy['nearest'] }) {
  if (held.length === 0) return null;
  return (
    <div>
      <h3 className="mb-2">Held on the same model</h3>
      <ul className="space-y-1">
        {held.map(({ perm, name }) => (
          <li key={perm}>
            <TextLink href={`?perm=${encodeURIComponent(perm)}`} prefetch={false}>
              {name}
            </TextLink>{' '}
            <code className="text-muted">{perm}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

type FixesProps = { fixes: readonly Fix[]; allowed: ReadonlySet<Fix>; changeHref: string };

function Fixes({ fixes, allowed, changeHref }: FixesProps) {
  return (
    <div>
      <h3 className="mb-2">What would change it</h3>
      {fixes.length === 0 && <p className="text-muted">No grant would.</p>}
      <ul className="space-y-1">
        {fixes.map((fix) => (
          <li key={fixWords(fix)}>
            {allowed.has(fix) ? (
              <TextLink href={`${changeHref}#${fieldOf(fix)}`} prefetch={false}>
                <FixText fix={fix} />
              </TextLink>
            ) : (
              <FixText fix={fix} />
            )}
          </li>
        ))}
      </ul>
      {fixes.length > 0 && allowed.size === 0 && (
        <p className="mt-2 text-muted">None of this is yours to do.</p>
      )}
    </div>
  );
}

function FixText({ fix }: { fix: Fix }) {
  const names = fix.grant ? groupNames([fix.grant]) : [];
  return <WithNames text={capfirst(fixWords(fix))} names={names} />;
}

function fieldOf({ grant }: Fix): string {
  const fields = { direct: 'user_permissions', group: 'groups', superuser: 'is_superuser' };
  return `id_${grant ? fields[grant.kind] : 'is_active'}`;
}
