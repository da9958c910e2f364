import { adminApp } from '@/lib/contrib/admin/apps';
import { authApp } from '@/lib/contrib/auth/apps';
import { contentTypesApp } from '@/lib/contrib/contenttypes/apps';
import { sessionsApp } from '@/lib/contrib/sessions/apps';
import { securityApp } from '@/lib/extras/security-log/apps';
import { articlesApp } from '@/lib/site/articles/apps';

/**
 * The apps whose models have content types and permissions, in the order in which those are made.
 * A new app is one line here.
 * Django: settings.INSTALLED_APPS
 */
export const apps = [
  adminApp,
  authApp,
  contentTypesApp,
  sessionsApp,
  securityApp,
  articlesApp,
] as const;
