import { settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError, checkWarning } from '@/lib/core/checks/registry';

/**
 * Limits of a session that cannot be: no whole number of seconds, or an absolute one below the idle
 * one.
 * Django: no counterpart
 */
export function checkSessionAges(): CheckMessage[] {
  const { SESSION_COOKIE_AGE: idle, SESSION_ABSOLUTE_AGE: absolute } = settings;
  const isPossible = [idle, absolute].every((age) => Number.isInteger(age) && age > 0);
  if (isPossible && absolute >= idle) return [];
  const message = 'SESSION_COOKIE_AGE and SESSION_ABSOLUTE_AGE are no pair of limits.';
  const hint = 'Give both in whole seconds, the absolute one not below the idle one.';
  return [checkError('sessions.E001', message, hint)];
}

/**
 * A session cookie that travels over plain http, or that scripts may read. Before a deployment.
 * Django: core/checks/security/sessions.py (W010 and W013 where the middleware is not listed)
 */
export function checkSessionCookie(): CheckMessage[] {
  const isListed = settings.MIDDLEWARE.includes('SessionMiddleware');
  const found: CheckMessage[] = [];
  if (!(settings.SESSION_COOKIE_SECURE ?? settings.APP_ORIGIN?.startsWith('https:'))) {
    const message = 'The session cookie is sent over plain http too.';
    const hint = 'Set APP_ORIGIN to an https address, or SESSION_COOKIE_SECURE to true.';
    found.push(checkWarning(isListed ? 'security.W012' : 'security.W010', message, hint));
  }
  if (!settings.SESSION_COOKIE_HTTPONLY) {
    const message = 'Scripts may read the session cookie.';
    const hint = 'Set SESSION_COOKIE_HTTPONLY to true.';
    found.push(checkWarning(isListed ? 'security.W015' : 'security.W013', message, hint));
  }
  return found;
}
