import type { Command } from '@/lib/core/management/base';
export const command: Command = {
  name: 'importallauth',
  usage: '',
  help: '',
  async run() {
    return 0;
  },
};
