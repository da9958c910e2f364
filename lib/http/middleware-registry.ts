import {
  AuthenticationMiddleware,
  LoginRequiredMiddleware,
  PersistentRemoteUserMiddleware,
  RemoteUserMiddleware,
} from '@/lib/auth/middleware';
import type { Middleware } from '@/lib/core/middleware';
import { MessageMiddleware } from '@/lib/messages/middleware';
import { SessionMiddleware } from '@/lib/sessions/middleware';

/** The names that `settings.MIDDLEWARE` may list. One's own: one file, one line here. */
export const MIDDLEWARE_REGISTRY: Record<string, Middleware> = {
  SessionMiddleware,
  AuthenticationMiddleware,
  RemoteUserMiddleware,
  PersistentRemoteUserMiddleware,
  LoginRequiredMiddleware,
  MessageMiddleware,
};
