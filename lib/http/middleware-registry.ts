import {
  AuthenticationMiddleware,
  LoginRequiredMiddleware,
  PersistentRemoteUserMiddleware,
  RemoteUserMiddleware,
} from '@/lib/auth/middleware';
import { CommonMiddleware } from '@/lib/core/middleware/common';
import type { Middleware } from '@/lib/core/middleware/compose';
import { ContentSecurityPolicyMiddleware } from '@/lib/core/middleware/csp';
import { CsrfViewMiddleware } from '@/lib/core/middleware/csrf';
import { SecurityMiddleware } from '@/lib/core/middleware/security';
import { MessageMiddleware } from '@/lib/messages/middleware';
import { SessionMiddleware } from '@/lib/sessions/middleware';

/** The names that `settings.MIDDLEWARE` may list. One's own: one file, one line here. */
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
