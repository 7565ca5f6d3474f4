import { readConfig } from '../config.ts';
import { serve as start } from '../main.ts';
import type { CliCommand } from './command.ts';
import { wrongUsage } from './wrong-usage.ts';

export const serve: CliCommand = {
  name: 'serve',
  usage: '',
  summary: 'runs the controller (npm start runs it together with PostgreSQL and Asterisk)',
  async run(args, env) {
    if (args.length > 0) return wrongUsage(serve, `"${args[0]}" is not understood.`);
    const controller = await start(readConfig(env));
    return new Promise((done) => {
      const stop = (): void => {
        controller.close().then(
          () => done(0),
          () => done(1),
        );
      };
      process.on('SIGTERM', stop);
      process.on('SIGINT', stop);
    });
  },
};
