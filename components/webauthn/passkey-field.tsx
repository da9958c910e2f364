'use client';

import { type ComponentType, useEffect, useState } from 'react';
import type { PasskeyFieldProps } from '@/components/webauthn/passkey-button';

/**
 * A passkey as a field of a form. What it is made of is loaded where it is drawn: most pages that may
 * ask for a confirmation never do.
 */
export function PasskeyField(props: PasskeyFieldProps) {
  const [Field, setField] = useState<ComponentType<PasskeyFieldProps> | null>(null);
  useEffect(() => {
    void import('@/components/webauthn/passkey-button').then(({ PasskeyButton }) =>
      setField(() => PasskeyButton),
    );
  }, []);
  if (Field) return <Field {...props} />;
  return (
    <div className="min-h-10">
      <noscript>
        <p className="text-muted">A passkey can only be used with JavaScript.</p>
      </noscript>
    </div>
  );
}
