import cluster from 'node:cluster';

/** What the processes of `npm start` can ask one another, through the one that looks after them. */
type Question = 'metrics';

type Asked = { id: string; asker: number; question: Question };
type Replied = { id: string; of: number; data: unknown };

const PATIENCE_MS = 1000;

let asked = 0;

/** Answer this question of another process, with data that can be sent. Once in a process. */
export function answerProcesses(question: Question, answer: () => Promise<unknown>): void {
  if (!cluster.isWorker) return;
  process.on('message', (message: { gatehouseAsked?: Asked }) => {
    const request = message.gatehouseAsked;
    if (request?.question !== question) return;
    void answer().then((data) => process.send?.({ gatehouseReply: { ...request, data } }));
  });
}

/**
 * What each other process of this machine's `npm start` answers. One that does not answer within a second
 * is left out.
 */
export async function askProcesses<T>(question: Question): Promise<T[]> {
  if (!cluster.isWorker) return [];
  asked += 1;
  const id = `${process.pid}-${asked}`;
  return new Promise<T[]>((resolve) => {
    const found: T[] = [];
    const finish = () => {
      clearTimeout(patience);
      process.off('message', take);
      resolve(found);
    };
    const patience = setTimeout(finish, PATIENCE_MS);
    const take = ({ gatehouseReply: reply }: { gatehouseReply?: Replied }) => {
      if (reply?.id !== id) return;
      // Nobody else is there to be asked.
      if (reply.of > 0) found.push(reply.data as T);
      if (found.length >= reply.of) finish();
    };
    process.on('message', take);
    process.send?.({ gatehouseAsk: { id, question } });
  });
}
