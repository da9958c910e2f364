import { Button } from '@/components/button';
import { ElsewhereForm } from '@/components/forms/elsewhere-form';

type Props = { buttons: readonly { readonly href: string; readonly label: string }[] };

/** Forms that lead to a provider and back, each a button. Their answer is another site's page. */
export function ProviderButtons({ buttons }: Props) {
  return (
    <div className="flex flex-wrap gap-3">
      {buttons.map(({ href, label }) => (
        <ElsewhereForm key={href} address={href}>
          <input type="hidden" name="process" value="connect" />
          <Button>{label}</Button>
        </ElsewhereForm>
      ))}
    </div>
  );
}
