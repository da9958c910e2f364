'use client';

import { useEffect } from 'react';
import { type OwnPasskeys, signalOwn } from '@/components/webauthn/signals';

/** Tells this browser's authenticators which of their passkeys still count, and what the person is called. */
export function TellAuthenticators({ passkeys }: { passkeys: OwnPasskeys }) {
  useEffect(() => void signalOwn(passkeys), [passkeys]);
  return null;
}
