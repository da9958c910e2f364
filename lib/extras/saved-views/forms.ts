import { z } from 'zod';
import { nameField } from '@/lib/forms/fields';

/** What a view is called. */
export const ViewForm = z.object({
  name: nameField({ max: 60, required: 'Give the view a name.' }),
});
