import {
  createHash,
  createSign,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** The flags of WebAuthn L3 6.1, beside "present". */
type Flags = { isVerified?: boolean; isSyncable?: boolean; isSynced?: boolean };

type Page = { origin?: string; crossOrigin?: boolean };
type Options = { challenge: string; rpId?: string } & Page & Flags;

const UP = 0x01;
const UV = 0x04;
const BE = 0x08;
const BS = 0x10;
const AT = 0x40;

/**
 * An authenticator without a browser: an ES256 key that makes and uses one passkey as WebAuthn says,
 * with flags and counter as a test wants them. `attestation` is what a browser answers to creation
 * options, `assertion` what it answers to request options.
 */
export class SoftwareAuthenticator {
  readonly id = randomBytes(32);
  readonly #key: { publicKey: KeyObject; privateKey: KeyObject };
  /** What the next answer says; 0 for ever for those that keep none. */
  signCount = 0;
  userHandle: string | null = null;

  constructor(
    private readonly flags: Flags = { isVerified: true },
    private readonly site = { origin: 'http://localhost:3000', rpId: 'localhost' },
  ) {
    this.#key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  }

  get credentialId(): string {
    return this.id.toString('base64url');
  }

  /** Make the passkey for the person of `userHandle`, as creation options name them. */
  attestation({ challenge, userHandle, ...rest }: Options & { userHandle: string }) {
    this.userHandle = userHandle;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const credential = Buffer.concat([Buffer.alloc(16), length, this.id, this.#cosePublicKey()]);
    const authData = Buffer.concat([this.#authenticatorData(AT, rest), credential]);
    const statement = new Map<string, string | Map<string, string> | Uint8Array>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', new Uint8Array(authData)],
    ]);
    return {
      ...this.#head(),
      response: {
        clientDataJSON: this.#clientData('webauthn.create', challenge, rest),
        attestationObject: Buffer.from(isoCBOR.encode(statement)).toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  /** Sign a challenge. `signCount` of this answer; the authenticator's own otherwise. */
  assertion({ challenge, signCount = this.signCount, ...rest }: Options & { signCount?: number }) {
    const authData = this.#authenticatorData(0, rest, signCount);
    const clientDataJSON = this.#clientData('webauthn.get', challenge, rest);
    const hash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest();
    const signature = createSign('sha256')
      .update(Buffer.concat([authData, hash]))
      .sign(this.#key.privateKey);
    return {
      ...this.#head(),
      response: {
        clientDataJSON,
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: this.userHandle,
      },
    };
  }

  #head() {
    return {
      id: this.credentialId,
      rawId: this.credentialId,
      type: 'public-key' as const,
      clientExtensionResults: {},
    };
  }

  #clientData(
    type: string,
    challenge: string,
    { origin = this.site.origin, crossOrigin = false }: Page,
  ): string {
    const content = JSON.stringify({ type, challenge, origin, crossOrigin });
    return Buffer.from(content).toString('base64url');
  }

  #authenticatorData(
    flags: number,
    { rpId = this.site.rpId, ...own }: Flags & { rpId?: string },
    signCount = this.signCount,
  ): Buffer {
    const { isVerified, isSyncable, isSynced } = { ...this.flags, ...own };
    const all = UP | flags | (isVerified ? UV : 0) | (isSyncable ? BE : 0) | (isSynced ? BS : 0);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(signCount);
    const rpIdHash = createHash('sha256').update(rpId).digest();
    return Buffer.concat([rpIdHash, Buffer.from([all]), counter]);
  }

  // COSE: kty EC2, alg ES256, crv P-256.
  #cosePublicKey(): Uint8Array {
    const { x = '', y = '' } = this.#key.publicKey.export({ format: 'jwk' });
    const key = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
      [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
    ]);
    return isoCBOR.encode(key);
  }
}
