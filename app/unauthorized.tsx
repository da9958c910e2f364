import ForbiddenPage from '@/app/forbidden';

/**
 * Nothing here answers 401: who is not signed in is led to sign-in. It stands in the place of Next.js's
 * own page, which would travel twice with every other one; no client component, which would be one more script.
 */
export default function UnauthorizedPage() {
  return <ForbiddenPage />;
}
