import type { Instrumentation } from 'next';

export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const [{ start }, { systemChecks }, remoteUserHeader] = await Promise.all([
      import('@/lib/http/server/start'),
      import('@/lib/site/checks'),
      import('@/lib/contrib/auth/remote-user/header'),
    ]);
    await start(systemChecks(), remoteUserHeader);
  }
}

export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { reportRequestError } = await import('@/lib/http/server/request-error');
    reportRequestError(error, request, context);
  }
};
