'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/button';
import { useHydrated } from '@/components/use-hydrated';
import type { SignInCeremony } from '@/components/webauthn/sign-in-ceremony';

type Props = {
  label: string;
  /** Where options are had, and where the answer is sent. */
  options: string;
  href: string;
  next: string;
};

/**
 * Signing in by a passkey: at once where the browser offers one at the field of the username, and by
 * this button. Only the browser can do it, so without JavaScript it says so.
 */
export function SignInPasskey({ label, options, href, next }: Props) {
  const isHydrated = useHydrated();
  const ceremony = useRef<SignInCeremony | null>(null);
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);

  useEffect(() => {
    let isGone = false;
    void import('@/components/webauthn/sign-in-ceremony').then(({ beginSignIn }) => {
      if (isGone) return;
      ceremony.current = beginSignIn({ options, href, next, tell: setProblem, setBusy });
    });
    return () => {
      isGone = true;
      ceremony.current?.end();
    };
  }, [options, href, next]);

  if (!isHydrated) {
    return (
      <div className="min-h-10">
        <noscript>
          <p className="text-muted">Signing in with a passkey needs JavaScript.</p>
        </noscript>
      </div>
    );
  }
  return (
    <>
      <Button
        type="button"
        aria-busy={isBusy || undefined}
        onClick={() => isBusy || ceremony.current?.ask()}
        className="w-full aria-busy:cursor-progress aria-busy:opacity-70"
      >
        {label}
      </Button>
      <p role="alert" className="text-sm text-danger not-empty:mt-2">
        {problem}
      </p>
    </>
  );
}
