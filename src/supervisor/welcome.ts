import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config.ts';
import type { Secrets } from '../secrets.ts';

const SITE_MS_MAX = 5_000;
const CONNECT_MS_MAX = 5_000;
const CONNECT_POLL_MS = 100;
const LABEL_CHARS = 10;
/** The number of the site under which the page /chat comes (docs/chat.md). */
const CHAT_ADDRESS = 'chat';

/** What `GET /v1/site` tells, as far as it is printed. */
export type Site = {
  readonly numbers: readonly { readonly number: string; readonly flow: string }[];
  readonly agents: readonly { readonly id: string; readonly name: string; readonly extension: string }[];
};

/** An address that a program on this machine can reach, also when the server listens on all addresses. */
export function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

export function httpAddress(config: Config): string {
  return `http://${reachableHost(config.http.host)}:${config.http.port}`;
}

/** Asks the controller for the site; `undefined` when it does not answer as expected. */
export async function readSite(config: Config, apiKey: string): Promise<Site | undefined> {
  try {
    const response = await fetch(`${httpAddress(config)}/v1/site`, {
      headers: { authorization: `Bearer ${apiKey}` },
      signal: AbortSignal.timeout(SITE_MS_MAX),
    });
    const body = (await response.json()) as Partial<Site>;
    return response.ok && Array.isArray(body.numbers) && Array.isArray(body.agents) ? (body as Site) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What `GET /v1/health` says of the parts that are not well, one line each; nothing when it does not answer as expected.
 * Within 5 s of the controller's start Asterisk may come up yet, so that is waited for: who reads the block may dial.
 */
export async function readAilments(config: Config, apiKey: string, signal: AbortSignal): Promise<readonly string[]> {
  const deadline = Date.now() + CONNECT_MS_MAX;
  for (;;) {
    const down = Object.entries(await readParts(config, apiKey)).filter(([, { up }]) => !up);
    const connecting = down.some(([name]) => name === 'asterisk' || name === 'database');
    if (!connecting || signal.aborted || Date.now() > deadline) {
      return down.map(([name, { detail }]) => `${name}: ${detail ?? 'not up'}`);
    }
    await pause(CONNECT_POLL_MS);
  }
}

async function readParts(config: Config, apiKey: string): Promise<Record<string, { up: boolean; detail?: string }>> {
  try {
    const response = await fetch(`${httpAddress(config)}/v1/health`, {
      headers: { authorization: `Bearer ${apiKey}` },
      signal: AbortSignal.timeout(SITE_MS_MAX),
    });
    const { parts } = (await response.json()) as { parts?: Record<string, { up: boolean; detail?: string }> };
    return parts ?? {};
  } catch {
    return {};
  }
}

/** The one block that is printed when everything runs. Passwords are shown here and nowhere else. */
export async function renderWelcome(
  config: Config,
  { site, ailments }: { readonly site: Site | undefined; readonly ailments: readonly string[] },
  secrets: Secrets,
): Promise<string> {
  const sip = `${reachableHost(config.sip.host)}:${config.sip.port}`;
  const rows: [string, string][] = [];
  if (!site) rows.push(['Site', 'the controller does not tell it yet: see its log']);
  for (const { number, flow } of site?.numbers ?? []) {
    if (number === CHAT_ADDRESS) rows.push(['Chat', `${httpAddress(config)}/chat  (flow ${flow})`]);
    else rows.push(['Dial', `sip:${number}@${sip}  (flow ${flow})`]);
  }
  rows.push(['Agents', `register a SIP phone at ${sip} with one of these`]);
  const agents = site?.agents ?? [];
  const widest = Math.max(0, ...agents.map(({ id }) => id.length));
  for (const { id, name, extension } of agents) {
    const password = await secrets.phonePassword(id);
    rows.push(['', `user ${id.padEnd(widest)}  password ${password}  ${name}, ${extension}`]);
  }
  rows.push(
    ['HTTP', httpAddress(config)],
    ['API key', config.apiKey ? 'the one in STROWGER_API_KEY' : `"apiKey" in ${config.dataDir}/secrets.json`],
    ['Flows', config.flowsDir],
    ['Logs', `${config.dataDir}/logs`],
    ...ailments.map((line): [string, string] => ['Not well', line]),
    ['Stop', 'Ctrl-C'],
  );
  return ['', 'Strowger runs.', '', ...rows.map(([label, value]) => `  ${label.padEnd(LABEL_CHARS)}${value}`), ''].join(
    '\n',
  );
}
