'use client';

import { type ComponentProps, lazy } from 'react';

// The bundler sends a page all that it may draw at once, and any list may be one that is changed: the
// form and its controls come along where they are drawn alone. The server waits for them, so that the
// page is whole without scripts.
const parts = () => import('@/components/admin/list/editable/editable-form');
const Form = lazy(async () => ({ default: (await parts()).EditableForm }));
const Rows = lazy(async () => ({ default: (await parts()).EditedRows }));

/** `EditableForm`, with scripts of its own. */
export function EditableForm(props: ComponentProps<typeof Form>) {
  return <Form {...props} />;
}

/** `EditedRows`, in the same scripts. */
export function EditedRows(props: ComponentProps<typeof Rows>) {
  return <Rows {...props} />;
}
