// The package brings no types: as much of it as the tests use.
declare module 'oidc-provider' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

  type Context = { path: string; body: unknown; oidc: { client?: { clientId: string } } };

  export class Provider {
    constructor(issuer: string, configuration: object);
    proxy: boolean;
    Grant: {
      new (of: {
        clientId: string;
        accountId: string;
      }): {
        addOIDCScope(scope: string): void;
        save(): Promise<string>;
      };
      find(id: string): Promise<object | undefined>;
    };
    callback(): RequestListener;
    use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): void;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: object,
      options?: { mergeWithLastSubmission: boolean },
    ): Promise<void>;
  }
}
