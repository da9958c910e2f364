import { Button, ButtonLink } from '@/components/button';
import { ElsewhereForm } from '@/components/forms/elsewhere-form';
import { TextLink } from '@/components/text-link';
import { SignInPasskey } from '@/components/webauthn/sign-in-passkey';
import type { OfferedWay } from '@/lib/contrib/auth/sign-in/ways';

type Props = { ways: readonly OfferedWay[]; next: string };

/** The further ways to sign in, below the form; nothing where there is none. */
export function SignInWays({ ways, next }: Props) {
  if (ways.length === 0) return null;
  return (
    <nav aria-label="Other ways to sign in" className="mt-6 border-t border-line pt-6">
      <ul className="space-y-3">
        {ways.map((way) => (
          <li key={way.name}>
            <Way way={way} next={next} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Way({ way, next }: { way: OfferedWay; next: string }) {
  const { label, href, ceremony, isPosted, isForNewcomers } = way;
  if (ceremony) {
    return <SignInPasskey label={label} href={href} options={ceremony.options} next={next} />;
  }
  if (isPosted) {
    return (
      <ElsewhereForm address={href}>
        <input type="hidden" name="process" value="login" />
        <input type="hidden" name="next" value={next} />
        <Button className="w-full">{label}</Button>
      </ElsewhereForm>
    );
  }
  if (isForNewcomers) {
    return (
      <p className="pt-3 text-muted">
        No account yet? <TextLink href={href}>{label}</TextLink>
      </p>
    );
  }
  return (
    <ButtonLink href={href} prefetch={false} className="w-full">
      {label}
    </ButtonLink>
  );
}
