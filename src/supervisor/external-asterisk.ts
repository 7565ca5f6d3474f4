import { ConfigError } from '../config.ts';
import { parseAsteriskVersion } from '../model/asterisk-version.ts';
import { readTemplates, requiredModules } from './asterisk-config.ts';
import { nameSome } from './asterisk-tree.ts';
import { checkAsteriskVersion } from './asterisk-version.ts';

const ARI_ANSWER_MS_MAX = 5_000;
const WHERE = 'The one at ASTERISK_ARI_URL';
const REMEDY = 'Upgrade it, or unset ASTERISK_ARI_URL: "npm start" then finds or lays one by itself.';

/**
 * Checks an Asterisk that somebody else runs by `GET /asterisk/info` and `GET /asterisk/modules` of ARI. Rejects with
 * ConfigError `start.asterisk_away`, `asterisk.too_old` or `asterisk.module_missing`.
 * @param ariUrl with user and password.
 * @returns its version.
 */
export async function checkExternalAsterisk(ariUrl: string): Promise<string> {
  const info = (await ask(ariUrl, 'asterisk/info?only=system')) as { system?: { version?: unknown } } | null;
  const version = parseAsteriskVersion(`Asterisk ${info?.system?.version}`);
  if (version === undefined) throw away('answers, but tells no version: is this the address of ARI?');
  checkAsteriskVersion(version, WHERE, REMEDY);
  const modules = await ask(ariUrl, 'asterisk/modules');
  if (!Array.isArray(modules)) throw away('answers, but tells no modules: is this the address of ARI?');
  const missing = modulesNotRunning(modules);
  if (missing.length === 0) return version;
  throw new ConfigError(
    'asterisk.module_missing',
    `${WHERE} (Asterisk ${version}) does not run modules that are needed: ${nameSome(missing)}. ` +
      'Load them: asterisk-config/modules.conf lists all.',
  );
}

/** The required modules of asterisk-config/modules.conf that ARI does not list as running. */
function modulesNotRunning(modules: readonly { readonly name?: unknown; readonly status?: unknown }[]): string[] {
  const running = new Set(modules.filter(({ status }) => status === 'Running').map(({ name }) => name));
  return requiredModules(readTemplates().get('modules.conf') ?? '').filter((name) => !running.has(name));
}

async function ask(ariUrl: string, path: string): Promise<unknown> {
  const url = new URL(`${ariUrl.replace(/\/+$/, '')}/${path}`);
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = '';
  url.password = '';
  const response = await fetch(url, {
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    signal: AbortSignal.timeout(ARI_ANSWER_MS_MAX),
  }).catch(() => {
    throw away(`does not answer at ${url.host}.`);
  });
  if (response.status === 401 || response.status === 403) throw away('refuses its user or password.');
  if (!response.ok) throw away(`answers ${response.status} to GET ${url.pathname}: is this the address of ARI?`);
  return response.json().catch(() => {
    throw away(`answers GET ${url.pathname} without JSON: is this the address of ARI?`);
  });
}

function away(what: string): ConfigError {
  return new ConfigError('start.asterisk_away', `Asterisk at ASTERISK_ARI_URL ${what}`);
}
