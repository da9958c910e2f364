import { ButtonLink } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import type { FormAction } from '@/components/forms/form-state';
import { SubmitButton } from '@/components/forms/submit-button';
import { TextArea } from '@/components/forms/text-area';
import { TextField } from '@/components/forms/text-field';
import { BODY_HELP, BODY_MAX_LENGTH } from '@/lib/site/articles/apps';
import type { Article } from '@/lib/site/articles/models';

type Props = { action: FormAction; article?: Article; submit: string; cancelHref: string };

export function ArticleEditor({ action, article, submit, cancelHref }: Props) {
  return (
    <div className="max-w-2xl">
      <ActionForm
        action={action}
        initialValues={article && { title: article.title, body: article.body }}
      >
        {article && <input type="hidden" name="id" value={article.id} />}
        <TextField name="title" label="Title" dir="auto" />
        <TextArea
          name="body"
          label="Body"
          hint={BODY_HELP}
          maxLength={BODY_MAX_LENGTH}
          rows={12}
          dir="auto"
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
