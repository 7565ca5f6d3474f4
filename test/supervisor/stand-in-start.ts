// `npm start` with the stand-in controller.
import { resolve } from 'node:path';
import { runSupervisor } from '../../src/supervisor/start.ts';

process.exit(await runSupervisor(process.env, resolve(import.meta.dirname, 'stand-in-controller.ts')));
