import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, readConfig } from '../config.ts';
import { openSecrets } from '../secrets.ts';
import { readPidFile } from '../supervisor/pid-file.ts';
import { httpAddress } from '../supervisor/welcome.ts';

/** A question that makes the controller read its journal again may take as long as the API gives it. */
const ANSWER_MS_MAX = 65_000;

/**
 * Asks the controller of this machine over its HTTP API, with the key of the data folder; a body makes it a POST, else
 * it is the method given.
 * Rejects with ConfigError `controller.unreachable`, or with the code that the API answered.
 */
export async function askController<T>(
  env: NodeJS.ProcessEnv,
  path: string,
  body?: object,
  method: 'GET' | 'DELETE' = 'GET',
): Promise<T> {
  const config = readConfig(env);
  // The address in the supervisor's lock is the one that it listens on, whatever this shell's environment says.
  const address = readPidFile(join(config.dataDir, 'strowger.lock'))?.about || httpAddress(config);
  const apiKey = config.apiKey ?? (await keyIn(config.dataDir));
  if (apiKey === undefined) throw unreachable(address, `${config.dataDir} holds no API key`);
  const sent = body === undefined ? { method } : { method: 'POST', body: JSON.stringify(body) };
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(address + path, {
    ...sent,
    headers: { authorization: `Bearer ${apiKey}`, ...type },
    signal: AbortSignal.timeout(ANSWER_MS_MAX),
  }).catch((error: Error & { cause?: { code?: string } }) => {
    throw unreachable(address, error.cause?.code ?? error.message);
  });
  const answer = (await response.json().catch(() => ({}))) as T & { error?: { code: string; message: string } };
  if (response.ok) return answer;
  if (answer.error) throw new ConfigError(answer.error.code, answer.error.message);
  throw unreachable(address, `HTTP status ${response.status}`);
}

/** Looks first whether there are secrets: asking a question must not make any. */
async function keyIn(dataDir: string): Promise<string | undefined> {
  return existsSync(join(dataDir, 'secrets.json')) ? (await openSecrets(dataDir)).apiKey : undefined;
}

function unreachable(address: string, why: string): ConfigError {
  return new ConfigError(
    'controller.unreachable',
    `The controller at ${address} does not answer (${why}). Is it running?`,
  );
}
