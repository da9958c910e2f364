'use client';

import { ButtonLink } from '@/components/button';
import { SubmitButton } from '@/components/forms/submit-button';
import { SendingForm } from '@/components/sending/sending-form';
import type { ShownCard } from '@/lib/contrib/auth/account/account-cards';

type Props = { card: ShownCard; notNow: (form: FormData) => Promise<void> };

/** Something that is offered once, with a way to be asked no more for a while. A client component for the wire only. */
export function OfferCard({ card: { name, title, text, link, needsScript }, notNow }: Props) {
  return (
    <section
      aria-labelledby={`offer_${name}`}
      className={`mb-10 max-w-2xl rounded-panel border border-line bg-surface p-5 ${needsScript ? 'noscript:hidden' : ''}`}
    >
      <h2 id={`offer_${name}`} className="font-semibold">
        {title}
      </h2>
      <p className="mt-1 text-muted">{text}</p>
      <div className="mt-4 flex flex-wrap gap-3">
        <ButtonLink href={link.href} prefetch={false}>
          {link.label}
        </ButtonLink>
        <SendingForm action={notNow} failed="Not done" notice="inside">
          <input type="hidden" name="card" value={name} />
          <SubmitButton variant="quiet">Not now</SubmitButton>
        </SendingForm>
      </div>
    </section>
  );
}
