import { BaseBackend } from '@/lib/contrib/auth/backends/base';
import type { RequestUser } from '@/lib/contrib/auth/models';
import type { Source } from '@/lib/contrib/auth/permissions/sources';

/** Every active person may view every invoice: with it in force, the tests of auth would see more. */
export class InvoiceBackend extends BaseBackend {
  readonly name = 'InvoiceBackend';

  override async hasPerm(user: RequestUser, perm: string): Promise<readonly Source[]> {
    if (!user.isActive || perm !== 'invoices.view_invoice') return [];
    return [{ kind: 'backend', backend: this.name, reason: 'whoever is active' }];
  }
}
