import { parseAriAddress } from '../ari/address.ts';

const ANSWER_MS_MAX = 2_000;
/** Of res_prometheus (res/prometheus/pjsip_outbound_registrations.c): 0 unregistered, 1 registered, 2 rejected. */
const METRIC =
  /^asterisk_pjsip_outbound_registration_status\{[^}]*username="([^"]*)",domain="([^"]*)"[^}]*\} ([012])$/gm;

export type RegistrationState = 'unregistered' | 'registered' | 'rejected';
const STATES: readonly RegistrationState[] = ['unregistered', 'registered', 'rejected'];

/** The state of each registration by `registrationKey`; undefined: Asterisk does not tell. */
export type RegistrationStates = ReadonlyMap<string, RegistrationState> | undefined;

export function registrationKey(clientUri: string, serverUri: string): string {
  return `${clientUri} ${serverUri}`;
}

/** Asks Asterisk's metrics: neither ARI nor its events tell how a registration stands. */
export async function registrationStates(ariUrl: string): Promise<RegistrationStates> {
  const { authorization } = parseAriAddress(ariUrl);
  const url = new URL('/metrics', ariUrl);
  url.username = '';
  url.password = '';
  try {
    const answer = await fetch(url, { headers: { authorization }, signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    return answer.ok ? statesIn(await answer.text()) : undefined;
  } catch {
    return undefined;
  }
}

export function statesIn(metrics: string): Map<string, RegistrationState> {
  return new Map(
    [...metrics.matchAll(METRIC)].map(([, client = '', server = '', state]) => [
      registrationKey(client, server),
      STATES[Number(state)]!,
    ]),
  );
}
