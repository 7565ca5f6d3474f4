import { randomBytes } from 'node:crypto';
import { type AsteriskPorts, renderAsteriskConfig } from '../../src/supervisor/asterisk-config.ts';
import type { AsteriskProgram } from '../../src/supervisor/asterisk-tree.ts';
import { runAsterisk } from './asterisk-process.ts';
import { sipAccount } from './sip-account.ts';

/**
 * What it does with a call from outside: 600 is silent, 601 plays a tone of 1000 Hz before the answer, 700 and a phone's
 * id rings that phone, 701 the same for one second. From a phone: a feature code is answered with the phone's number
 * as digits.
 */
const DIALPLAN = `[from-outside]
exten => 600,1,Answer()
 same => n,Wait(60)
exten => 601,1,Progress()
 same => n,PlayTones(1000)
 same => n,Wait(60)
exten => _700.,1,Dial(PJSIP/\${EXTEN:3})
 same => n,Hangup(\${HANGUPCAUSE})
exten => _701.,1,Dial(PJSIP/\${EXTEN:3},1)
 same => n,Hangup(19)

[from-phone]
exten => _*.,1,Answer()
 same => n,SendDTMF(\${CALLERID(num)},100)
 same => n,Wait(60)
`;

const phone = (id: string, password: string): string =>
  sipAccount({ id, password, context: 'from-phone' }, [`callerid = "Phone ${id}" <2001>`, 'allow = ulaw']);

/**
 * An exchange with the project's own SIP configuration but a dialplan that needs no controller: what the far end sees
 * of it is known beforehand.
 */
export async function startPlainExchange(plan: {
  readonly program: AsteriskProgram;
  readonly home: string;
  readonly ports: AsteriskPorts;
  readonly phones: readonly { readonly id: string; readonly password: string }[];
}): Promise<{ stop(): Promise<void> }> {
  const { home, program, ports } = plan;
  const ariPassword = randomBytes(16).toString('hex');
  const files = renderAsteriskConfig(home, program.folders, { ports, ariApp: 'nobody', ariPassword });
  const phones = plan.phones.map(({ id, password }) => phone(id, password));
  files.set('pjsip.conf', `${files.get('pjsip.conf')}${phones.join('')}`);
  files.set('extensions.conf', DIALPLAN);
  files.set('modules.conf', `${files.get('modules.conf')}load = app_dial.so\nload = app_playtones.so\n`);
  const ariUrl = `http://strowger:${ariPassword}@127.0.0.1:${ports.ari}/ari`;
  return runAsterisk({ name: 'The plain exchange', program, home, files, ariUrl });
}
