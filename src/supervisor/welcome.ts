import type { Config } from '../config.ts';
import type { Secrets } from '../secrets.ts';

const SITE_MS_MAX = 5_000;

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

/** The one block that is printed when everything runs. Passwords are shown here and nowhere else. */
export async function renderWelcome(config: Config, site: Site | undefined, secrets: Secrets): Promise<string> {
  const sip = `${reachableHost(config.sip.host)}:${config.sip.port}`;
  const lines = ['', 'Strowger runs.', ''];
  if (!site) lines.push('  Site          the controller does not tell it yet: see the log of the controller');
  for (const { number, flow } of site?.numbers ?? [])
    lines.push(`  Dial          sip:${number}@${sip}  (flow ${flow})`);
  for (const { id, name, extension } of site?.agents ?? []) {
    const password = await secrets.phonePassword(id);
    lines.push(`  Phone         server ${sip}  user ${id}  password ${password}  (${name}, extension ${extension})`);
  }
  lines.push(
    `  HTTP          ${httpAddress(config)}`,
    `  API key       ${config.apiKey ? 'STROWGER_API_KEY' : `"apiKey" in ${config.dataDir}/secrets.json`}`,
    `  Flows         ${config.flowsDir}`,
    `  Logs          ${config.dataDir}/logs`,
    '  Stop          Ctrl-C',
    '',
  );
  return lines.join('\n');
}
