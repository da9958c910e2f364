import type { CDPSession, Page } from '@playwright/test';

/** An authenticator of Chromium's own, in the place of the device's. */
export type VirtualAuthenticator = {
  /**
   * Whether it answers as soon as it is asked; else whatever asks it waits for ever, as before somebody
   * who looks at a dialog.
   */
  answer(isAtOnce: boolean): Promise<void>;
  /** How many passkeys it keeps. */
  count(): Promise<number>;
};

/** Give the browser of this page an authenticator that knows its owner and keeps passkeys. */
export async function addVirtualAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    async answer(isAtOnce) {
      const enabled = isAtOnce;
      await session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
    },
    async count() {
      const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId });
      return credentials.length;
    },
  };
}

/** Have the documents of this page count how often they ask for a passkey. */
export async function countAsking(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { credentials } = navigator;
    const get = credentials.get.bind(credentials);
    let times = 0;
    credentials.get = (options) => {
      times += 1;
      Reflect.set(window, 'timesAsked', times);
      return get(options);
    };
  });
}

/** How often the document that is shown has asked. */
export function timesAsked(page: Page): Promise<unknown> {
  return page.evaluate(() => Reflect.get(window, 'timesAsked'));
}
