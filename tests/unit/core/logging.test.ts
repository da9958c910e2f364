import { describe, expect, it, vi } from 'vitest';
import { getLogger } from '@/lib/core/logging';

describe('getLogger', () => {
  it('writes each call as one line with the name of who speaks, where its gravity belongs', () => {
    const [info, warn] = [
      vi.spyOn(console, 'info').mockReturnValue(),
      vi.spyOn(console, 'warn').mockReturnValue(),
    ];
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const logger = getLogger('shop');
    logger.info('Sold.', { id: 7, gift: true });
    logger.warning('Nearly sold out.');
    logger.error('Sold out.');
    expect(info.mock.calls).toEqual([['[shop] Sold. {"id":7,"gift":true}']]);
    expect(warn.mock.calls).toEqual([['[shop] Nearly sold out.']]);
    expect(error.mock.calls).toEqual([['[shop] Sold out.']]);
  });

  it('lets nothing that somebody typed begin a line of its own', () => {
    const info = vi.spyOn(console, 'info').mockReturnValue();
    getLogger('shop').info('Sold a\r\n[auth] b\u2028c\u001b[2J', { name: 'x\n[auth] y' });
    expect(info.mock.calls).toEqual([['[shop] Sold a [auth] b c [2J {"name":"x\\n[auth] y"}']]);
  });
});
