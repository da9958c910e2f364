import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';
import { isSignInFresh, stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import type { HttpRequest } from '@/lib/http/request';

/**
 * Whether saving a form of these screens, the lines in it included, can ask for a fresh sign-in: then the
 * form has to have a field to give it in.
 */
export function canGrant({ options, site }: ModelAdmin): boolean {
  if (options.isGrant) return true;
  return (options.inlines ?? []).some((inline) => {
    const own = site.find(inline.model)?.options;
    const canDelete = inline.options.canDelete ?? true;
    return own?.isGrant !== undefined || (canDelete && own?.isDeletionGuarded === true);
  });
}

/** The fields for that, and whether they are needed at once; null where nothing asks for them. */
export async function stepUpFor(
  admin: ModelAdmin,
  request: HttpRequest<User>,
): Promise<{ fields: ConfirmationField[]; isOld: boolean } | null> {
  if (!canGrant(admin)) return null;
  return { fields: await stepUpFields(request.user), isOld: !isSignInFresh(request) };
}
