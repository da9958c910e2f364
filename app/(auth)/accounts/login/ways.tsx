import { ButtonLink } from '@/components/button';
import { SignInPasskey } from '@/components/webauthn/sign-in-passkey';
import type { OfferedWay } from '@/lib/contrib/auth/sign-in/ways';

type Props = { ways: readonly OfferedWay[]; next: string };

/** The further ways to sign in, below the form; nothing where there is none. */
export function SignInWays({ ways, next }: Props) {
  if (ways.length === 0) return null;
  return (
    <nav aria-label="Other ways to sign in" className="mt-6 border-t border-line pt-6">
      <ul className="space-y-3">
        {ways.map(({ name, label, href, ceremony }) => (
          <li key={name}>
            {ceremony ? (
              <SignInPasskey label={label} href={href} options={ceremony.options} next={next} />
            ) : (
              <ButtonLink href={href} prefetch={false} className="w-full">
                {label}
              </ButtonLink>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
