import { defineConfig } from '@/lib/apps/define-config';
import { InvoiceBackend } from './backends';
import { invoiceHasher } from './hasher';

export const invoicesConfig = defineConfig('invoices', {
  backends: [new InvoiceBackend()],
  hashers: [invoiceHasher],
});
