import { cache } from 'react';
import { keepRemoteUser } from '@/lib/contrib/auth/remote-user/keep-remote-user';
import { readRequest } from './request';

/**
 * The request, read once per rendering: layout and page share it, and with it the one statement
 * for session and user. Layouts draw with it; they decide nothing.
 */
export const getRequest = cache(async () => {
  const request = await readRequest();
  await keepRemoteUser(request);
  return request;
});
