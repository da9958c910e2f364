import { staffMemberRequired } from '@/app/(admin)/guards';
import { AdminPage } from '@/components/admin/admin-page';
import { AppList } from '@/components/admin/app-list';
import { RecentActions } from '@/components/admin/recent-actions';
import { Section } from '@/components/section';
import { recentActions } from '@/lib/contrib/admin/models';
import { adminSite } from '@/lib/site/admins';

export default staffMemberRequired.page(async function AdminIndex({ request }) {
  const { user } = request;
  const [apps, actions] = await Promise.all([adminSite.appList(user), recentActions(user)]);
  return (
    <AdminPage request={request} title="Admin">
      {apps.length === 0 && (
        <p className="text-muted">You do not have permission to view or edit anything.</p>
      )}
      <div className="space-y-10">
        {apps.length > 0 && <AppList apps={apps} />}
        <Section title="Recent actions" lead="What you did here last.">
          <RecentActions actions={actions} />
        </Section>
      </div>
    </AdminPage>
  );
});
