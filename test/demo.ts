import { join } from 'node:path';
import { type Config, ConfigError, readConfig } from '../src/config.ts';
import { openSecrets } from '../src/secrets.ts';
import { chooseActor, retireActor } from './demo/actor.ts';
import { renderContact } from './demo/contact-page.ts';
import { type Narrator, openNarrator } from './demo/narrator.ts';
import { startNetwork } from './demo/network.ts';
import { Obstacle } from './demo/obstacle.ts';
import { type DemoOptions, readOptions, USAGE } from './demo/options.ts';
import { provideServer, type Server } from './demo/server.ts';
import { playCall } from './demo/story.ts';
import { Undo } from './demo/undo.ts';
import { findWay, type Way } from './demo/way.ts';
import { openWindow, type Story } from './demo/window.ts';

type Show = {
  readonly options: DemoOptions;
  readonly config: Config;
  readonly narrator: Narrator;
  readonly signal: AbortSignal;
  readonly undo: Undo;
};

/** `npm run demo`: one call from the first ring to its report. Exit status 0 when all of it was as expected. */
async function run(args: readonly string[]): Promise<number> {
  const narrator = openNarrator(process.stdout);
  const interrupt = new AbortController();
  // Installed for good: a second Ctrl-C must not break the tidying up that the first began.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => interrupt.abort());
  // A reader that went away (a pipe into head) must not leave the agent logged in and a server running.
  process.stdout.on('error', () => interrupt.abort());
  const { signal } = interrupt;
  const undo = new Undo();
  let status = 0;
  try {
    const options = readOptions(args);
    if (!options) {
      narrator.say(USAGE);
      return 0;
    }
    await show({ options, config: readConfig(process.env), narrator, signal, undo });
  } catch (error) {
    status = 1;
    narrator.say('', signal.aborted ? 'Interrupted: putting everything back.' : sentence(error));
  }
  const failed = await undo.run();
  narrator.say(...failed);
  if (signal.aborted && failed.length === 0) narrator.say('Everything is as it was before.');
  return failed.length > 0 ? 1 : status;
}

async function show({ options, config, narrator, signal, undo }: Show): Promise<void> {
  narrator.heading('Strowger demo: one call, from dialling to its report');
  const way = await findWay(config.flowsDir, options);
  const server = await provideServer(config, signal, narrator);
  undo.later('stop the server', server.stop);
  const secrets = await openSecrets(config.dataDir);
  const window = openWindow(server.address, config.apiKey ?? secrets.apiKey);
  const [site, actor] = await Promise.all([window.site(), chooseActor(window, way, options.agentId)]);
  narrator.tell('server', `The site is "${site.name}". ${wayInWords(options.number, way)}`);
  signal.throwIfAborted();
  const far = await startNetwork(config, { id: actor.id, password: await secrets.phonePassword(actor.id) });
  undo.later('stop the simulated telephone network', far.stop);
  undo.later(`log ${actor.id} out`, () => retireActor(window, actor.id));
  undo.later(`unregister the phone of ${actor.id}`, () => far.phone(actor.id).unregister());
  narrator.tell(
    'far end',
    `A second Asterisk plays the telephone network and ${actor.name}'s phone: no real phone is needed.`,
  );
  const go = interruptible(signal);
  const story = await playCall({ window, far, way, actor, number: options.number, narrator, undo, go });
  narrator.heading(`The same call as GET /v1/contacts/${story.summary.id} reports it`);
  narrator.say(...renderContact(story));
  narrator.heading('Where to read more');
  narrator.say(...furtherReading(config, server, story));
}

function wayInWords(number: string, way: Way): string {
  const keys = way.menus.map(({ key }) => key).join(', then ');
  return `Number ${number} leads to the flow ${way.flowId}${keys && `, key ${keys}`} to the queue ${way.queueId}.`;
}

function furtherReading(config: Config, { address, ranBefore }: Server, { summary }: Story): string[] {
  const key = config.apiKey ? 'STROWGER_API_KEY' : `"apiKey" in ${join(config.dataDir, 'secrets.json')}`;
  return [
    `  this contact        ${address}/v1/contacts/${summary.id}`,
    `  queues, live        ${address}/v1/queues`,
    `  all that there is   ${address}/openapi.json (needs no key)`,
    `  the key             header "Authorization: Bearer KEY"; KEY is ${key}`,
    ...(ranBefore
      ? []
      : ['  the server          stops now; "npm start" runs one that stays, with this contact in its journal']),
    '',
  ];
}

/** Makes waits end at once on Ctrl-C. What was waited for may still come, and is then nobody's. */
function interruptible(signal: AbortSignal): <T>(wait: Promise<T>) => Promise<T> {
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  interrupted.catch(() => undefined);
  return (wait) => {
    signal.throwIfAborted();
    return Promise.race([wait, interrupted]);
  };
}

function sentence(error: unknown): string {
  if (error instanceof Obstacle || error instanceof ConfigError) return `The demo stopped: ${error.message}`;
  return `The demo failed: ${error instanceof Error ? error.message : error}`;
}

process.exit(await run(process.argv.slice(2)));
