import Link from 'next/link';
import { PaletteOpener } from '@/components/admin/keyboard/palette-opener';
import { ButtonLink } from '@/components/button';
import { SubmitButton } from '@/components/forms/submit-button';
import { BrandMark } from '@/components/frame/brand-mark';
import { NavLink } from '@/components/nav-link';
import { SendingForm } from '@/components/sending/sending-form';

type Send = (form: FormData) => Promise<void>;
type Links = { links: readonly { href: string; label: string }[] };
type Props = Links & {
  who: string;
  hasPalette: boolean;
  siteName: string;
  username: string | null;
  signOut: Send;
  /** Who has shown their first factor and not yet the others. */
  signingIn: string | null;
  cancelLogin: Send;
};

export function SiteHeader(props: Props) {
  const { siteName, who, username, signOut, signingIn, cancelLogin, links, hasPalette } = props;
  const name = username ?? signingIn;
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-6 gap-y-1 px-4 py-2 sm:px-6">
        <Link href="/" prefetch={false} className="flex min-h-10 items-center gap-2 font-semibold">
          <BrandMark />
          <span className="max-[22rem]:sr-only">{siteName}</span>
        </Link>
        {username !== null && <MainNavigation links={links} />}
        <div className="-mr-2 flex min-w-0 flex-1 items-center justify-end gap-3">
          <PaletteOpener who={who} isOn={hasPalette} />
          {name === null ? (
            <ButtonLink variant="quiet" href="/accounts/login/" prefetch={false}>
              Sign in
            </ButtonLink>
          ) : (
            <Account
              username={name}
              isOnTheWay={username === null}
              action={username === null ? cancelLogin : signOut}
            />
          )}
        </div>
      </div>
    </header>
  );
}

const tab =
  'border-y-2 border-transparent py-1 text-muted hover:text-ink aria-[current]:border-b-accent aria-[current]:text-ink';

function MainNavigation({ links }: Links) {
  return (
    <nav aria-label="Main" className="order-last flex w-full gap-5 sm:order-none sm:w-auto">
      {[{ href: '/dashboard/', label: 'Dashboard' }, ...links].map(({ href, label }, i) => (
        <NavLink key={href} href={href} exact={i === 0} prefetch={false} className={tab}>
          {label}
        </NavLink>
      ))}
    </nav>
  );
}

type FormProps = {
  username: string;
  action: Send;
  /** Before the last factor: what is offered then is to give up. */
  isOnTheWay: boolean;
};

function Account({ username, action, isOnTheWay }: FormProps) {
  return (
    <SendingForm
      action={action}
      failed="Not done"
      notice="floating"
      isLast
      data-sign-out
      className="flex min-w-0 items-center gap-2"
    >
      <span className="truncate text-muted sm:max-w-56" title={username}>
        {isOnTheWay ? 'Signing in as ' : <span className="sr-only">Signed in as </span>}
        <AccountName username={username} isLink={!isOnTheWay} />
      </span>
      <SubmitButton variant="quiet" className="shrink-0">
        {isOnTheWay ? 'Cancel' : 'Sign out'}
      </SubmitButton>
    </SendingForm>
  );
}

function AccountName({ username, isLink }: { username: string; isLink: boolean }) {
  if (!isLink) return <bdi>{username}</bdi>;
  return (
    <Link
      href="/accounts/"
      prefetch={false}
      className="underline-offset-4 hover:text-ink hover:underline"
    >
      <bdi>{username}</bdi>
    </Link>
  );
}
