import type { ReactNode } from 'react';
import { DateTime } from '@/components/date-time';
import { SubmitButton } from '@/components/forms/submit-button';
import { SendingForm } from '@/components/sending/sending-form';
import type { Token } from '@/lib/extras/tokens/models';

type EndToken = (form: FormData) => Promise<void>;

/** A person's tokens, each with what it carries; every one can be ended here. */
export function TokenList({ tokens, end }: { tokens: readonly Token[]; end: EndToken }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {tokens.map((token) => (
        <li
          key={token.id}
          className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-4 sm:flex-nowrap"
        >
          <TokenFacts token={token} />
          <SendingForm
            action={end}
            failed="Nothing is ended"
            notice="floating"
            className="shrink-0"
          >
            <input type="hidden" name="id" value={token.id} />
            <SubmitButton variant="secondary">
              End token
              <span className="sr-only">: {token.name}</span>
            </SubmitButton>
          </SendingForm>
        </li>
      ))}
    </ul>
  );
}

function TokenFacts({ token }: { token: Token }) {
  const { name, start, permissions, isFull, networks, created, expires, lastUsed } = token;
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <bdi className="font-semibold wrap-anywhere">{name}</bdi>
        <code className="text-sm text-muted">{start}…</code>
      </p>
      <p className="mt-1 text-sm wrap-anywhere">
        {isFull ? 'All that you may do' : permissions.join(', ') || 'Nothing any more'}
      </p>
      <dl className="mt-1 flex flex-wrap gap-x-6 gap-y-0.5 text-sm text-muted">
        <TokenFact name="Made">
          <DateTime value={created} />
        </TokenFact>
        <TokenFact name="Last used">{lastUsed ? <DateTime value={lastUsed} /> : 'never'}</TokenFact>
        <TokenFact name="Ends">{expires ? <DateTime value={expires} /> : 'never'}</TokenFact>
        {networks !== '' && (
          <TokenFact name="Only from">{networks.replaceAll('\n', ', ')}</TokenFact>
        )}
      </dl>
    </div>
  );
}

function TokenFact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 gap-x-1.5">
      <dt>{name}</dt>
      <dd className="min-w-0 text-ink wrap-anywhere">{children}</dd>
    </div>
  );
}
