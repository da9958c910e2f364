import { describe, expect, it } from 'vitest';
import { Signal } from '@/lib/dispatch';

describe('Signal', () => {
  it('awaits its receivers one after the other, in the order in which they connected', async () => {
    const signal = new Signal<string>();
    const heard: string[] = [];
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    signal.connect(async (word) => {
      await held;
      heard.push(`slow ${word}`);
    });
    signal.connect((word) => void heard.push(`fast ${word}`));
    const sent = signal.send('hello');
    await Promise.resolve();
    expect(heard).toEqual([]);
    goOn();
    await sent;
    expect(heard).toEqual(['slow hello', 'fast hello']);
  });

  it('tells a receiver once, however often it connected, and no more once disconnected', async () => {
    const signal = new Signal<string>();
    const heard: string[] = [];
    const receiver = (word: string) => void heard.push(word);
    signal.connect(receiver);
    const disconnect = signal.connect(receiver);
    await signal.send('one');
    disconnect();
    await signal.send('two');
    expect(heard).toEqual(['one']);
  });

  it('passes a failure on to the sender', async () => {
    const signal = new Signal<string>();
    signal.connect(() => Promise.reject(new Error('full')));
    await expect(signal.send('hello')).rejects.toThrow('full');
  });
});
