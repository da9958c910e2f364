import { notNowAction } from '@/app/(site)/dashboard/actions';
import { Holdings } from '@/app/(site)/dashboard/holdings';
import { OfferCard } from '@/components/account/offer-card';
import { DateTime } from '@/components/date-time';
import { Page } from '@/components/page';
import { tableOf } from '@/components/permissions/permission-table';
import { TextLink } from '@/components/text-link';
import type { ShownCard } from '@/lib/contrib/auth/account/account-cards';
import type { User } from '@/lib/contrib/auth/models';
import type { explainAll } from '@/lib/contrib/auth/permissions/decisions';

type Props = {
  user: User;
  links: readonly { href: string; label: string }[];
  cards: readonly ShownCard[];
  /** Where this person has work to do; null where there is none but here. */
  onward: { href: string; label: string } | null;
} & Awaited<ReturnType<typeof explainAll>>;

export function DashboardView({ user, links, cards, onward, groups, permissions }: Props) {
  return (
    <Page
      title="Dashboard"
      heading={user.getFullName() || user.username}
      user={user}
      lead={onward && <TextLink href={onward.href}>{`Go on to ${onward.label}`}</TextLink>}
    >
      {cards.map((card) => (
        <OfferCard key={card.name} card={card} notNow={notNowAction} />
      ))}
      <Holdings
        username={user.username}
        email={user.email}
        isSuperuser={user.isSuperuser}
        isStaff={user.isStaff}
        lastSignIn={user.lastLogin ? <DateTime value={user.lastLogin} /> : 'Never'}
        groups={groups}
        links={links}
        permissions={tableOf(permissions)}
      />
    </Page>
  );
}
