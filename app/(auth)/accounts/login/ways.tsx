import { ButtonLink } from '@/components/button';

type Props = { ways: readonly { name: string; label: string; href: string }[] };

/** The further ways to sign in, below the form; nothing where there is none. */
export function SignInWays({ ways }: Props) {
  if (ways.length === 0) return null;
  return (
    <nav aria-label="Other ways to sign in" className="mt-6 border-t border-line pt-6">
      <ul className="space-y-3">
        {ways.map(({ name, label, href }) => (
          <li key={name}>
            <ButtonLink href={href} prefetch={false} className="w-full">
              {label}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
