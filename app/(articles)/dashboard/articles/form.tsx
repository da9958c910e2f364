import { ButtonLink } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import type { FormAction } from '@/components/forms/form-state';
import { ModelFields } from '@/components/forms/model/model-fields';
import { SubmitButton } from '@/components/forms/submit-button';
import { BODY_MAX_LENGTH } from '@/lib/site/articles/apps';
import { ArticleForm } from '@/lib/site/articles/forms';
import type { Article } from '@/lib/site/articles/models';

type Props = { action: FormAction; article?: Article; submit: string; cancelHref: string };

export function ArticleEditor({ action, article, submit, cancelHref }: Props) {
  const form = article ? ArticleForm.withRow(article) : ArticleForm;
  return (
    <div className="max-w-2xl">
      <ActionForm action={action} initialValues={form.filled(article)}>
        {article && <input type="hidden" name="id" value={article.id} />}
        <ModelFields
          fields={form.fields}
          touches={{ body: { rows: 12, maxLength: BODY_MAX_LENGTH } }}
        />
        <div className="flex gap-2">
          <SubmitButton>{submit}</SubmitButton>
          <ButtonLink variant="quiet" href={cancelHref}>
            Cancel
          </ButtonLink>
        </div>
      </ActionForm>
    </div>
  );
}
