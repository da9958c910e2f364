/** What an authenticator may be told of the passkeys that it keeps: WebAuthn L3 5.1.10. */
type Signals = {
  signalUnknownCredential?(told: { rpId: string; credentialId: string }): Promise<void>;
  signalAllAcceptedCredentials?(told: {
    rpId: string;
    userId: string;
    allAcceptedCredentialIds: readonly string[];
  }): Promise<void>;
  signalCurrentUserDetails?(told: {
    rpId: string;
    userId: string;
    name: string;
    displayName: string;
  }): Promise<void>;
};

/** The passkeys of one person and what they are called, as their authenticators should have it. */
export type OwnPasskeys = {
  rpId: string;
  userId: string;
  credentialIds: readonly string[];
  name: string;
  displayName: string;
};

/** Have the authenticator forget a passkey that is none here. */
export async function signalUnknown(rpId: string, credentialId: string): Promise<void> {
  await quietly(() => signals()?.signalUnknownCredential?.({ rpId, credentialId }));
}

/** Have authenticators forget the passkeys of this person that are not listed, and learn the name. */
export async function signalOwn({
  rpId,
  userId,
  credentialIds,
  ...names
}: OwnPasskeys): Promise<void> {
  const known = { rpId, userId };
  await quietly(() =>
    signals()?.signalAllAcceptedCredentials?.({
      ...known,
      allAcceptedCredentialIds: credentialIds,
    }),
  );
  await quietly(() => signals()?.signalCurrentUserDetails?.({ ...known, ...names }));
}

function signals(): Signals | undefined {
  return 'PublicKeyCredential' in window ? window.PublicKeyCredential : undefined;
}

// It is a courtesy: a browser that knows none of it, or nothing of the passkey, has lost nothing.
async function quietly(tell: () => Promise<void> | undefined): Promise<void> {
  try {
    await tell();
  } catch {}
}
