// The thread in which bcrypt computes. Plain JavaScript, because a worker is started by Node itself,
// whatever compiles the rest.
import { constants, setPriority, type } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { hashSync } from 'bcryptjs';

// On Linux this is the priority of the thread, elsewhere it would be that of the whole server: pages
// go first, and passwords take what they leave. (The bundler would write the platform of the build
// into `process.platform`.)
if (type() === 'Linux') setPriority(constants.priority.PRIORITY_LOW);

parentPort.on('message', ({ text, setting, times }) => {
  let hash = '';
  for (let done = 0; done < times; done += 1) hash = hashSync(text, setting);
  parentPort.postMessage(hash);
});
