import { populate } from '@/lib/apps/registry';
import { adminConfig } from '@/lib/contrib/admin/config';
import { authConfig } from '@/lib/contrib/auth/config';
import { contentTypesConfig } from '@/lib/contrib/contenttypes/config';
import { sessionsConfig } from '@/lib/contrib/sessions/config';
import { accessRequestsConfig } from '@/lib/extras/access-requests/config';
import { accessReviewConfig } from '@/lib/extras/access-review/config';
import { accountConfig } from '@/lib/extras/account/config';
import { alertsConfig } from '@/lib/extras/alerts/config';
import { devicesConfig } from '@/lib/extras/devices/config';
import { filesConfig } from '@/lib/extras/files/config';
import { grantRulesConfig } from '@/lib/extras/grant-rules/config';
import { hijackConfig } from '@/lib/extras/hijack/config';
import { importConfig } from '@/lib/extras/import/config';
import { matrixConfig } from '@/lib/extras/matrix/config';
import { metricsConfig } from '@/lib/extras/metrics/config';
import { mfaConfig } from '@/lib/extras/mfa/config';
import { savedViewsConfig } from '@/lib/extras/saved-views/config';
import { securityLogConfig } from '@/lib/extras/security-log/config';
import { socialAccountConfig } from '@/lib/extras/socialaccount/config';
import { throttlingConfig } from '@/lib/extras/throttling/config';
import { tokensConfig } from '@/lib/extras/tokens/config';
import { whyConfig } from '@/lib/extras/why/config';
import { articlesConfig } from '@/lib/site/articles/config';
// The user models that AUTH_USER_MODEL may name.
import '@/lib/site/user-models';

/**
 * What the apps of this site bring to the server, in the order in which it counts: a permission
 * hangs on a content type. An app that brings nothing has no line here.
 * Django: settings.INSTALLED_APPS, of which AppConfig.create() makes the configs
 */
export const appConfigs = [
  contentTypesConfig,
  sessionsConfig,
  authConfig,
  adminConfig,
  securityLogConfig,
  throttlingConfig,
  grantRulesConfig,
  whyConfig,
  matrixConfig,
  devicesConfig,
  importConfig,
  savedViewsConfig,
  filesConfig,
  metricsConfig,
  alertsConfig,
  tokensConfig,
  hijackConfig,
  accessRequestsConfig,
  accessReviewConfig,
  accountConfig,
  socialAccountConfig,
  mfaConfig,
  articlesConfig,
];

populate(appConfigs);
