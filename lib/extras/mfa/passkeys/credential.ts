import { z } from 'zod';

const base64url = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\w-]+$/);

// An id has 1023 bytes at most: WebAuthn L3 5.4.3. What else is in it belongs to nobody here.
const head = { id: base64url(1364), rawId: base64url(1364), type: z.literal('public-key') };

const assertion = z.object({
  ...head,
  response: z.object({
    clientDataJSON: base64url(4096),
    authenticatorData: base64url(4096),
    signature: base64url(8192),
    userHandle: base64url(86).nullish(),
  }),
});

const attestation = z.object({
  ...head,
  response: z.object({
    clientDataJSON: base64url(4096),
    attestationObject: base64url(65_536),
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(10)
      .nullish(),
  }),
});

/** What a browser answers with when somebody has used a passkey. */
export type Assertion = z.output<typeof assertion>;

/** What it answers with when they have made one. */
export type Attestation = z.output<typeof attestation>;

/**
 * The field `credential` as the answer of a passkey that was used; null for anything else. Only the
 * form is looked at, nothing is verified yet.
 * allauth: mfa/webauthn/forms.py (the field, and the JSON in it)
 */
export function parseAssertion(text: string): Assertion | null {
  return assertion.safeParse(parseJson(text)).data ?? null;
}

/** The field `credential` as the answer of a passkey that was made; null for anything else. */
export function parseAttestation(text: string): Attestation | null {
  return attestation.safeParse(parseJson(text)).data ?? null;
}

/**
 * What the browser says of the page that asked: the challenge that is answered, and whether the page
 * stood in a frame of another site. Null for what is no such thing. Nothing of it is verified yet.
 * WebAuthn L3 5.8.1
 */
export function clientDataOf({ response: { clientDataJSON } }: Assertion | Attestation) {
  const text = Buffer.from(clientDataJSON, 'base64url').toString();
  return clientData.safeParse(parseJson(text)).data ?? null;
}

const clientData = z.object({ challenge: z.string(), crossOrigin: z.boolean().optional() });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
