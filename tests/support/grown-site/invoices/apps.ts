import { defineApp } from '@/lib/apps/define-app';

export const invoicesApp = defineApp({
  label: 'invoices',
  verboseName: 'Invoices',
  models: {
    invoice: {
      verboseName: 'invoice',
      permissions: [
        ['approve_invoice', 'Can approve invoice'],
        ['export_invoice', 'Can export invoice'],
      ],
    },
    reminder: { verboseName: 'reminder' },
  },
});
