import { ButtonLink } from '@/components/button';
import { Page } from '@/components/page';
import { Glyph } from '@/components/permissions/glyph';
import { hiddenGroupsText } from '@/components/permissions/hidden-groups';
import { WhyLink } from '@/components/permissions/links';
import { glyphOf } from '@/components/permissions/source-words';
import { Section } from '@/components/section';
import { isInstalled } from '@/lib/apps/installed';
import type { RequestUser } from '@/lib/contrib/auth/models';
import { describe, type Explanation } from '@/lib/contrib/auth/permissions/decisions';
import { getTextList, visibleText } from '@/lib/core/text';
import type { ForbiddenPart } from '@/lib/http/forbidden-parts';

type SeenExplanation = Explanation & { hiddenGroups: number };

type Props = {
  user: RequestUser;
  explanations: SeenExplanation[];
  message?: string;
  /** What apps say that can be done about it. */
  parts?: readonly ForbiddenPart[];
};

/** The page of a 403: what is missing, why, and who could change it. */
export function PermissionDenied({ user, explanations, message, parts = [] }: Props) {
  return (
    <Page
      title="Not allowed"
      heading="You may not do this"
      user={user}
      lead={message || 'You are signed in, but something this page needs is not granted to you.'}
    >
      <div className="space-y-10">
        {explanations.length > 0 && (
          <Section title="What it needs">
            <ul className="space-y-6">
              {explanations.map((explanation) => (
                <Need key={explanation.perm} explanation={explanation} staffId={staffIdOf(user)} />
              ))}
            </ul>
          </Section>
        )}
        <Section title="What to do">
          <div className="space-y-6">
            {/* What is closed to whoever acts as another, nobody can grant. */}
            {!user.impersonator && parts.length === 0 && (
              <p>
                Ask somebody who manages people here, and name what is missing. What they change
                counts at your next click; you need not sign in again.
              </p>
            )}
            {parts.map(({ text }) => (
              <p key={text}>{text} What is changed counts at your next click.</p>
            ))}
            <div className="flex flex-wrap gap-2">
              {parts.map(({ link }) => (
                <ButtonLink key={link.href} href={link.href} variant="primary" prefetch={false}>
                  {link.label}
                </ButtonLink>
              ))}
              <ButtonLink href="/dashboard/" prefetch={false}>
                See what you may do
              </ButtonLink>
            </div>
          </div>
        </Section>
      </div>
    </Page>
  );
}

// The reasons stand in the admin, which is for staff.
function staffIdOf(user: RequestUser): number | null {
  const maySee = user.isAuthenticated && user.isActive && user.isStaff && isInstalled('why');
  return maySee ? user.id : null;
}

type NeedProps = {
  explanation: SeenExplanation;
  /** Who may ask the admin for more, which is for staff; null for others. */
  staffId: number | null;
};

function Need({ explanation, staffId }: NeedProps) {
  const { perm, allowed, sources } = explanation;
  return (
    <li className="grid grid-cols-[1.5rem_minmax(0,1fr)]">
      <span className="flex h-6 items-center">
        <Glyph state={allowed ? glyphOf(sources) : 'empty'} />
      </span>
      <div className="space-y-1">
        <code className="leading-6">{perm}</code>
        <p className="text-muted">{describe(explanation, 'second')}</p>
        {!allowed && <p className="text-muted">{grantedBy(explanation)}</p>}
        {staffId !== null && <WhyLink userId={staffId} perm={perm} />}
      </div>
    </li>
  );
}

function grantedBy({ places, hiddenGroups }: SeenExplanation): string {
  const names = places.flatMap((place) =>
    place.kind === 'group' ? [visibleText(place.name)] : [],
  );
  const rules = places.flatMap((place) => (place.kind === 'backend' ? [place.reason] : []));
  const named = names.length > 0 ? [`People in ${getTextList(names, 'or')} have it.`] : [];
  const hidden = hiddenGroups > 0 ? [`${hiddenGroupsText(hiddenGroups)} it.`] : [];
  const groups = [...named, ...hidden];
  return [
    ...(groups.length > 0 ? groups : ['No group grants it.']),
    ...rules.map((rule) => `Also: ${rule}.`),
  ].join(' ');
}
