// Loaded into a server before anything else: its clock goes wrong by CLOCK_OFFSET_MS, in Node.js and
// in the contexts that it makes for the Edge.
import { createRequire } from 'node:module';

const offset = Number(process.env.CLOCK_OFFSET_MS);
const source = `{
  const Right = Date;
  globalThis.Date = class Date extends Right {
    // Next.js wraps the constructor, and takes over only what is its own.
    static UTC = Right.UTC;
    static parse = Right.parse;
    constructor(...args) {
      if (args.length === 0) super(Right.now() + ${offset});
      else super(...args);
    }
    static now() {
      return Right.now() + ${offset};
    }
  };
}`;

// The object that CommonJS modules see; an ECMAScript import is a view of it.
const vm = createRequire(import.meta.url)('node:vm');
const createContext = vm.createContext.bind(vm);
vm.createContext = (...args) => {
  const context = createContext(...args);
  vm.runInContext(source, context);
  return context;
};
vm.runInThisContext(source);
