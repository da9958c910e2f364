import { adminApp } from '@/lib/contrib/admin/apps';
import { authApp } from '@/lib/contrib/auth/apps';
import { contentTypesApp } from '@/lib/contrib/contenttypes/apps';
import { messagesApp } from '@/lib/contrib/messages/apps';
import { sessionsApp } from '@/lib/contrib/sessions/apps';
import { accessRequestsApp } from '@/lib/extras/access-requests/apps';
import { accessReviewApp } from '@/lib/extras/access-review/apps';
import { accountApp } from '@/lib/extras/account/apps';
import { alertsApp } from '@/lib/extras/alerts/apps';
import { devicesApp } from '@/lib/extras/devices/apps';
import { draftsApp } from '@/lib/extras/drafts/apps';
import { exportApp } from '@/lib/extras/export/apps';
import { filesApp } from '@/lib/extras/files/apps';
import { grantRulesApp } from '@/lib/extras/grant-rules/apps';
import { hijackApp } from '@/lib/extras/hijack/apps';
import { importApp } from '@/lib/extras/import/apps';
import { matrixApp } from '@/lib/extras/matrix/apps';
import { metricsApp } from '@/lib/extras/metrics/apps';
import { mfaApp } from '@/lib/extras/mfa/apps';
import { paletteApp } from '@/lib/extras/palette/apps';
import { savedViewsApp } from '@/lib/extras/saved-views/apps';
import { securityLogApp } from '@/lib/extras/security-log/apps';
import { socialAccountApp } from '@/lib/extras/socialaccount/apps';
import { throttlingApp } from '@/lib/extras/throttling/apps';
import { tokensApp } from '@/lib/extras/tokens/apps';
import { watchApp } from '@/lib/extras/watch/apps';
import { whyApp } from '@/lib/extras/why/apps';
import { articlesApp } from '@/lib/site/articles/apps';

/**
 * The apps of this site, in the order in which their content types and permissions are made. A new
 * app is one line here and one in `app-configs.ts`; settings.INSTALLED_APPS takes one out that is to
 * stay in the tree.
 * Django: settings.INSTALLED_APPS
 */
export const apps = [
  adminApp,
  authApp,
  contentTypesApp,
  sessionsApp,
  messagesApp,
  securityLogApp,
  throttlingApp,
  grantRulesApp,
  whyApp,
  matrixApp,
  devicesApp,
  paletteApp,
  draftsApp,
  exportApp,
  savedViewsApp,
  importApp,
  filesApp,
  watchApp,
  alertsApp,
  metricsApp,
  tokensApp,
  hijackApp,
  accessRequestsApp,
  accessReviewApp,
  accountApp,
  socialAccountApp,
  mfaApp,
  articlesApp,
] as const;
