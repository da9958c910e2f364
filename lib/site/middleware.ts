import {
  AuthenticationMiddleware,
  LoginRequiredMiddleware,
  PersistentRemoteUserMiddleware,
  RemoteUserMiddleware,
} from '@/lib/contrib/auth/middleware';
import { MessageMiddleware } from '@/lib/contrib/messages/middleware';
import { SessionMiddleware } from '@/lib/contrib/sessions/middleware';
import { CommonMiddleware } from '@/lib/middleware/common';
import type { Middleware } from '@/lib/middleware/compose';
import { ContentSecurityPolicyMiddleware } from '@/lib/middleware/csp';
import { CsrfViewMiddleware } from '@/lib/middleware/csrf';
import { SecurityMiddleware } from '@/lib/middleware/security';

/**
 * The names that `settings.MIDDLEWARE` may list. One's own: one file, one line here, where an app's
 * stands as `middlewareOf('app', AppMiddleware)`. No config brings it, since the Edge runs it, where
 * nothing of a config can be loaded.
 * Django: a dotted path in MIDDLEWARE
 */
export const MIDDLEWARE_REGISTRY: Record<string, Middleware> = {
  SecurityMiddleware,
  ContentSecurityPolicyMiddleware,
  SessionMiddleware,
  CommonMiddleware,
  CsrfViewMiddleware,
  AuthenticationMiddleware,
  RemoteUserMiddleware,
  PersistentRemoteUserMiddleware,
  LoginRequiredMiddleware,
  MessageMiddleware,
};
