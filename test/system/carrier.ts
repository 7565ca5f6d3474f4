import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Certificate } from '../../src/supervisor/asterisk-config.ts';
import { renderAsteriskConfig } from '../../src/supervisor/asterisk-config.ts';
import { runAsterisk } from '../far-end/asterisk-process.ts';
import { sipAccount } from '../far-end/sip-account.ts';
import type { Exchange } from './exchange.ts';

/** Who registers with the carrier, and how its sound goes. */
export type Account = { readonly id: string; readonly password: string; readonly srtp?: boolean };

/** A telephone network to which the exchange under test has trunks: it takes registrations and passes calls on. */
export type Carrier = {
  readonly sipPort: number;
  readonly tlsPort: number;
  /** Calls a number of the exchange by the registration of an account, with a tone of 1000 Hz for who answers. */
  call(number: string, options: { readonly account: string; readonly from: string }): Promise<void>;
  stop(): Promise<void>;
};

/** 600 answers; 603 and 486 refuse as these SIP answers do; 1000 is a tone for who was called. */
const DIALPLAN = `[from-outside]
exten => _X!,1,Goto(network,\${EXTEN},1)
exten => _+X!,1,Goto(network,\${EXTEN},1)

[network]
exten => 486,1,Hangup(17)
exten => 503,1,Hangup(42)
exten => _X.,1,Answer()
 same => n,PlayTones(1000)
 same => n,Wait(60)
`;

const account = ({ id, password, srtp = false }: Account): string =>
  sipAccount({ id, password, context: 'network' }, ['allow = alaw,ulaw', `media_encryption = ${srtp ? 'sdes' : 'no'}`]);

/** Starts it beside an exchange, on ports of the exchange's slot. */
export async function startCarrier(
  { program, dir, slot }: Pick<Exchange, 'program' | 'dir' | 'slot'>,
  accounts: readonly Account[],
  certificate: Certificate,
): Promise<Carrier> {
  const home = join(dir, 'carrier');
  const ports = {
    ari: slot.carrier.ari,
    sip: { host: '127.0.0.1', port: slot.carrier.sip },
    tls: slot.carrier.tls,
    rtp: slot.farRtp,
  };
  const ariPassword = randomBytes(16).toString('hex');
  const files = renderAsteriskConfig(home, program.folders, { ports, ariApp: 'nobody', ariPassword, certificate });
  files.set('pjsip.conf', `${files.get('pjsip.conf')}${accounts.map(account).join('')}`);
  files.set('extensions.conf', DIALPLAN);
  files.set('modules.conf', `${files.get('modules.conf')}load = app_playtones.so\n`);
  const host = `127.0.0.1:${ports.ari}/ari`;
  const ariUrl = `http://strowger:${ariPassword}@${host}`;
  const { stop } = await runAsterisk({ name: 'The carrier', program, home, files, ariUrl });
  return {
    sipPort: ports.sip.port,
    tlsPort: ports.tls,
    call: async (number, { account: by, from }) => {
      const query = new URLSearchParams({
        endpoint: `PJSIP/${number}@${by}`,
        context: 'network',
        extension: '1000',
        priority: '1',
        callerId: from,
      });
      const authorization = `Basic ${Buffer.from(`strowger:${ariPassword}`).toString('base64')}`;
      const answer = await fetch(`http://${host}/channels?${query}`, { method: 'POST', headers: { authorization } });
      if (!answer.ok) throw new Error(`the carrier cannot call: ${answer.status} ${await answer.text()}`);
    },
    stop,
  };
}
