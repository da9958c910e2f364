import { PersonTabs } from '@/app/(admin)/admin/auth/user/person-tabs';
import { listCrumbs } from '@/app/(admin)/admin/object-crumbs';
import {
  declineResetAction,
  resetFactorsAction,
} from '@/app/(mfa)/admin/[app]/[model]/[id]/2fa/actions';
import { targetAt } from '@/app/(mfa)/admin/[app]/[model]/[id]/2fa/find-target';
import { staffMemberRequired } from '@/app/(mfa)/guards';
import { AdminPage } from '@/components/admin/admin-page';
import { HandedTicket } from '@/components/mfa/handed-ticket';
import { PendingReset } from '@/components/mfa/pending-reset';
import { ResetFactors } from '@/components/mfa/reset-factors';
import { Section } from '@/components/section';
import { settings } from '@/lib/conf/settings';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { isSignInFresh, stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { readCookies } from '@/lib/core/cookies';
import { factorsByKind } from '@/lib/extras/mfa/factors/own-factors';
import { factorRequirement, requirementSentence } from '@/lib/extras/mfa/requirement';
import { validRequest } from '@/lib/extras/mfa/reset/reset-requests';
import { ticketCookie } from '@/lib/extras/mfa/reset/ticket-cookie';
import { openTicket } from '@/lib/extras/mfa/reset/tickets';

type Params = { app: string; model: string; id: string };

export default staffMemberRequired.page<Params>(async function UserFactorsPage({
  request,
  params,
}) {
  const target = await targetAt(request.user, params);
  const { id, username } = target;
  const requirement = await factorRequirement(target);
  const asked = await validRequest(id);
  const cookies = readCookies(request.headers, ticketCookie.name(request.isSecure));
  const handed = await ticketCookie.open(cookies, ({ user }) => user === id);
  const ticket = await openTicket(id);
  const isHanded = handed !== null && ticket?.fits(handed.ticket) === true;
  return (
    <AdminPage
      request={request}
      title={`Second factors of ${username}`}
      heading={
        <>
          Second factors of <bdi>{username}</bdi>
        </>
      }
      lead={
        requirement
          ? requirementSentence(requirement, username)
          : `No rule requires a second factor of ${username}.`
      }
      crumbs={[
        ...listCrumbs(userAdmin()),
        { label: username, href: userAdminPath(`${id}/change/`) },
      ]}
    >
      <PersonTabs viewer={request.user} id={id} tab="Second factors" />
      <div className="space-y-8">
        {ticket && (
          <Section title="Enrolment ticket">
            <HandedTicket
              ticket={isHanded ? (handed?.ticket ?? null) : null}
              expires={ticket.expires}
              isExpired={ticket.expires <= new Date()}
            />
          </Section>
        )}
        {asked && (
          <Section title="Waiting">
            <PendingReset
              asked={{
                by: asked.by.username,
                reason: asked.reason,
                created: asked.created,
                expires: asked.expires,
              }}
              targetId={id}
              isOwn={asked.requestedById === request.user.id}
              decline={declineResetAction}
            />
          </Section>
        )}
        <Section title="Remove or reset">
          <ResetFactors
            targetId={id}
            kinds={(await factorsByKind(target)).map(({ kind, factors }) => ({
              name: kind.name,
              label: kind.label,
              standsAlone: kind.standsAlone,
              factors,
            }))}
            needsTwo={settings.MFA_RESET_APPROVALS > 1}
            isAgreeing={asked !== null && asked.requestedById !== request.user.id}
            stepUp={{ fields: await stepUpFields(request.user), isOld: !isSignInFresh(request) }}
            action={resetFactorsAction}
          />
        </Section>
      </div>
    </AdminPage>
  );
});
