import { loginRequired } from '@/app/(security-log)/guards';
import { DateTime } from '@/components/date-time';
import { Page } from '@/components/page';
import { TextLink } from '@/components/text-link';
import { refuseImpersonation } from '@/lib/contrib/auth/authenticators/on-behalf';
import { describeUserAgent } from '@/lib/contrib/sessions/user-agent';
import { ownSignIns } from '@/lib/extras/security-log/own-sign-ins';

export default loginRequired.page(async function SignInsPage({ request }) {
  refuseImpersonation(request);
  const { user } = request;
  const signIns = await ownSignIns(user.id);
  return (
    <Page
      title="Recent sign-ins"
      user={user}
      lead={
        <>
          The last thirty as you, and tries at your name that failed. If one was not you,{' '}
          <TextLink href="/accounts/password_change/">change your password</TextLink>.
        </>
      }
    >
      {signIns.length === 0 ? (
        <p className="text-muted">There are none on record.</p>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {signIns.map(({ id, time, isFailure, ipAddress, userAgent }) => (
            <li key={id} className="flex flex-wrap items-baseline gap-x-4 py-2.5">
              <span className={isFailure ? 'font-semibold text-danger' : 'font-semibold'}>
                {isFailure ? 'Failed try' : 'Signed in'}
              </span>
              <span className="min-w-0 grow break-words">
                {describeUserAgent(userAgent)}
                {ipAddress !== '' && <span className="text-muted">{`, ${ipAddress}`}</span>}
              </span>
              <span className="text-muted">
                <DateTime value={time} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
});
