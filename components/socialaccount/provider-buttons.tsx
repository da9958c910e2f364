import { Button } from '@/components/button';

type Props = { buttons: readonly { readonly href: string; readonly label: string }[] };

/** Forms that lead to a provider and back, each a button. Their answer is another site's page. */
export function ProviderButtons({ buttons }: Props) {
  return (
    <div className="flex flex-wrap gap-3">
      {buttons.map(({ href, label }) => (
        <form key={href} action={href} method="post">
          <input type="hidden" name="process" value="connect" />
          <Button>{label}</Button>
        </form>
      ))}
    </div>
  );
}
