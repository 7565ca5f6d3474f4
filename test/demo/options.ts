import { parseArgs } from 'node:util';
import { Obstacle } from './obstacle.ts';

export type DemoOptions = {
  /** The number that the simulated caller dials. */
  readonly number: string;
  /** The keys that he presses, one in each menu on his way. */
  readonly keys: string;
  /** Who plays the agent; absent: whoever of the queue is logged out and has no phone. */
  readonly agentId: string | undefined;
};

export const USAGE = `Usage: npm run demo [-- OPTIONS]

  --number NUMBER   the number to dial (100)
  --key KEYS        the key to press in the menu; one key for each menu on the way (1)
  --agent ID        the agent whose phone is simulated (one who is logged out and has no phone registered)
`;

/** `undefined`: help is wanted. Throws Obstacle for an option that does not exist or a value that cannot be. */
export function readOptions(args: readonly string[]): DemoOptions | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const { number = '100', key = '1', agent } = values;
  if (!/^[0-9+*#]{1,32}$/.test(number)) throw new Obstacle(`"${number}" is not a number that can be dialled.`);
  if (!/^[0-9*#]{1,16}$/.test(key)) throw new Obstacle(`"${key}" is not a key of a telephone: use 0 to 9, * or #.`);
  return { number, keys: key, agentId: agent };
}

function parse(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    const help = { type: 'boolean', short: 'h' } as const;
    return parseArgs({ args: [...args], options: { number: text, key: text, agent: text, help } }).values;
  } catch (error) {
    throw new Obstacle(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
}
