import type { ReactNode } from 'react';
import { FirstButton } from '@/components/admin/form/first-button';
import { HiddenValue } from '@/components/admin/form/hidden-value';
import { Inlines } from '@/components/admin/form/inlines/inlines';
import { Prepopulate } from '@/components/admin/form/prepopulate';
import { ReadOnly } from '@/components/admin/form/read-only';
import { FieldOfForm } from '@/components/admin/form/related/field-of-form';
import { type StepUp, StepUpIfOld } from '@/components/admin/step-up';
import { ActionForm } from '@/components/forms/action-form';
import type { FormAction } from '@/components/forms/form-state';
import { Section } from '@/components/section';
import type { FormView } from '@/lib/contrib/admin/form/change-form';
import type { InlineForms } from '@/lib/contrib/admin/inlines/inline-view';
import { capfirst } from '@/lib/core/text';
import type { FormState } from '@/lib/forms/forms';

type Props = {
  view: FormView;
  inlines: InlineForms;
  /** What the first section is called that has no title. */
  noun: string;
  action: FormAction;
  /** What the form carries along. */
  hidden: Record<string, string>;
  /** Null where nothing in the form asks for it. */
  stepUp: StepUp | null;
  /** The form as it was sent, where it is shown again by itself: from the review of what it does. */
  sent?: FormState;
  children: ReactNode;
  /** The address of the form, to come back to from one beside a field. */
  back: string;
};

/** The form of one object: its sections, then the buttons. */
export function ObjectForm(props: Props) {
  const { view, inlines, noun, action, hidden, stepUp, sent, back, children } = props;
  const version = view.version !== '' && { _version: view.version };
  const fields = view.sections.flatMap((section) => section.fields);
  const values = { ...view.values, ...inlines.values, ...version };
  const hasOtherButtons = inlines.views.length > 0 || fields.some(({ related }) => related);
  return (
    <ActionForm
      action={action}
      initialValues={values}
      sent={sent}
      notice="inside"
      labels={Object.fromEntries(fields.map(({ name, label }) => [name, label]))}
    >
      {hasOtherButtons && <FirstButton name="_save" />}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {view.version !== '' && <HiddenValue name="_version" />}
      <Sections view={view} noun={noun} back={back} />
      <Inlines views={inlines.views} back={back} />
      {view.prepopulated.length > 0 && <Prepopulate fields={view.prepopulated} />}
      {/* Most of what is saved needs no proof: the server asks for it where something does. */}
      {stepUp && <StepUpIfOld fields={stepUp.fields} isOld={false} />}
      {children}
    </ActionForm>
  );
}

type SectionsProps = Pick<Props, 'view' | 'noun'> & { back?: string };

/** The sections of a form, or of one that is only read. */
export function Sections({ view, noun, back }: SectionsProps) {
  return (
    <div className="space-y-8">
      {view.sections.map(({ title, description, fields, facts }) => (
        <Section key={title ?? ''} title={title ?? capfirst(noun)} lead={description}>
          <div className="max-w-3xl space-y-5">
            {fields.map((field) => (
              <FieldOfForm key={field.name} field={field} back={back} />
            ))}
            {facts.map(({ label, text, link }) => (
              <ReadOnly key={label} label={label} texts={[text]} link={link} />
            ))}
          </div>
        </Section>
      ))}
    </div>
  );
}
