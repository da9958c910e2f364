import { ButtonLink } from '@/components/button';

/** What else there is about an object. */
export function ObjectLinks({ links }: { links: readonly { label: string; href: string }[] }) {
  return links.map(({ label, href }) => (
    <ButtonLink key={href} href={href} prefetch={false}>
      {label}
    </ButtonLink>
  ));
}
