type Receiver<Payload> = (payload: Payload) => void | Promise<void>;

/** What a signal sends: what a receiver of it takes. */
export type PayloadOf<S> = S extends Signal<infer Payload> ? Payload : never;

/**
 * Something that happened, told to whoever asked to be told. Receivers run one after the other, in
 * the order in which they connected, and are awaited; one that throws stops the sender.
 * Django: django/dispatch/dispatcher.py Signal
 */
export class Signal<Payload> {
  readonly #receivers = new Set<Receiver<Payload>>();

  /** Connecting a receiver twice counts once. Returns what disconnects it. */
  connect(receiver: Receiver<Payload>): () => void {
    this.#receivers.add(receiver);
    return () => this.disconnect(receiver);
  }

  disconnect(receiver: Receiver<Payload>): void {
    this.#receivers.delete(receiver);
  }

  async send(payload: Payload): Promise<void> {
    for (const receiver of [...this.#receivers]) await receiver(payload);
  }
}
