import { staffMemberRequired } from '@/app/(admin)/guards';
import { AdminPage } from '@/components/admin/admin-page';
import { AppList } from '@/components/admin/app-list';
import { Activity } from '@/components/admin/home/activity';
import { DayChart } from '@/components/admin/home/day-chart';
import { Figures } from '@/components/admin/home/figures';
import { LinkLines } from '@/components/admin/home/notices';
import { RecentActions } from '@/components/admin/recent-actions';
import { ButtonLink } from '@/components/button';
import { Section } from '@/components/section';
import { loadHome } from '@/lib/contrib/admin/home/home';
import { recentActions } from '@/lib/contrib/admin/models';
import { adminSite } from '@/lib/site/admins';

export default staffMemberRequired.page(async function AdminIndex({ request }) {
  const { user } = request;
  const [home, apps] = await Promise.all([
    loadHome({ user, site: adminSite }),
    adminSite.appList(user),
  ]);
  const { figures, attention, charts, activity, steps, deeds, isWatched, isActivityTold } = home;
  return (
    <AdminPage
      request={request}
      title="Admin"
      actions={
        deeds.length > 0 &&
        deeds.map(({ text, href }) => (
          <ButtonLink key={href} href={href} prefetch={false}>
            {text}
          </ButtonLink>
        ))
      }
    >
      {apps.length === 0 && (
        <p className="text-muted">You do not have permission to view or edit anything.</p>
      )}
      <div className="space-y-10">
        {figures.length > 0 && <Figures figures={figures} />}
        {steps.length > 0 && (
          <Section title="First steps" lead="While there are few people here.">
            <LinkLines lines={steps} />
            <p className="mt-4 text-muted">
              Your own app begins with this command; docs/grow.md goes on from there.
              <code className="mt-1 block text-ink select-all">
                npm run manage -- startapp invoices
              </code>
            </p>
          </Section>
        )}
        {isWatched && (
          <Section title="Needs attention">
            {attention.length > 0 ? (
              <LinkLines lines={attention} />
            ) : (
              <p className="text-muted">Nothing at the moment.</p>
            )}
          </Section>
        )}
        {charts.map((chart) => (
          <DayChart key={chart.title} chart={chart} />
        ))}
        {!isWatched && apps.length > 0 && <AppList apps={apps} />}
        {isActivityTold ? (
          <Section title="Activity" lead="What everybody did last.">
            <Activity acts={activity} />
          </Section>
        ) : (
          <Section title="Recent actions" lead="What you did here last.">
            <RecentActions actions={await recentActions(user)} />
          </Section>
        )}
      </div>
    </AdminPage>
  );
});
