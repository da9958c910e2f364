import { loginRequired } from '@/app/(mfa)/guards';
import { FactorList } from '@/components/mfa/factor-list';
import { Page } from '@/components/page';
import { factorsByKind } from '@/lib/extras/mfa/factors/own-factors';
import { factorRequirement, requirementSentence } from '@/lib/extras/mfa/requirement';

export default loginRequired.page(async function FactorsPage({ request: { user } }) {
  const all = await factorsByKind(user);
  const isProtected = all.some(({ kind, factors }) => kind.standsAlone && factors.length > 0);
  const requirement = await factorRequirement(user);
  // Recovery codes stand in for another factor: without one there is nothing to recover.
  const shown = all.filter(({ kind }) => kind.standsAlone || isProtected);
  return (
    <Page
      title="Second factors"
      user={user}
      lead={
        <>
          <p>
            {isProtected
              ? 'Your password alone does not let anybody in.'
              : 'Whoever learns your password can sign in as you. A second factor stops that.'}
          </p>
          {requirement && <p>{requirementSentence(requirement)}</p>}
        </>
      }
    >
      <FactorList
        kinds={shown.map(({ kind, factors }) => ({
          name: kind.name,
          label: kind.label,
          summary: kind.summary(factors),
          factor: kind.standsAlone && factors.length === 1 ? (factors[0] ?? null) : null,
        }))}
      />
    </Page>
  );
});
