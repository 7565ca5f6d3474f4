import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { asteriskDirs } from '../../src/supervisor/asterisk-config.ts';
import type { AsteriskProgram } from '../../src/supervisor/asterisk-tree.ts';
import { ARI_USER, connectAri } from './ari.ts';
import { runAsterisk } from './asterisk-process.ts';
import { type FarEndSettings, renderFarEndConfig, writeTones } from './config.ts';
import { openConsole } from './console.ts';
import { Ears } from './ears.ts';
import type { Line } from './line.ts';
import type { Phone } from './phone.ts';
import { phoneRegistrations } from './registrations.ts';
import { Sounds } from './sounds.ts';
import { type CallOptions, Switchboard } from './switchboard.ts';

/** One for all far ends of a process: ari-client uses the credentials of its last connect for all its clients. */
const ARI_PASSWORD = randomBytes(16).toString('hex');

export type FarEndPlan = Omit<FarEndSettings, 'ariPassword'> & {
  readonly program: AsteriskProgram;
  /** Folder of its own for configuration, sounds and recordings; a short path, for the control socket lies below. */
  readonly home: string;
};

/** The telephone network and the agents' phones: a second Asterisk, driven by the test. */
export type FarEnd = {
  readonly pid: number;
  /** Calls a number of the exchange from outside; `from` is the caller's number. Resolves when the call is on its way. */
  call(number: string, options: CallOptions): Promise<Line>;
  /** Throws for a phone that the plan did not name. */
  phone(id: string): Phone;
  /** Whom the exchange calls in the telephone network: `nextRing()` is the next call to any number. */
  readonly outside: Pick<Phone, 'nextRing' | 'ringCount' | 'expectNoRingUntil'>;
  /** Hangs up everything and ends Asterisk. May be called twice. */
  stop(): Promise<void>;
};

/** Starts it and waits until it can place calls. The phones are not registered yet. */
export async function startFarEnd(plan: FarEndPlan): Promise<FarEnd> {
  const { home, program } = plan;
  const dirs = asteriskDirs(home);
  const files = renderFarEndConfig(home, program.folders, { ...plan, ariPassword: ARI_PASSWORD });
  writeTones(home);
  const host = `127.0.0.1:${plan.ports.ari}`;
  const ariUrl = `http://${ARI_USER}:${ARI_PASSWORD}@${host}/ari`;
  const asterisk = await runAsterisk({ name: 'The far end', program, home, files, ariUrl });
  try {
    let board: Switchboard | undefined;
    const ari = await connectAri(`http://${host}`, ARI_PASSWORD, (event) => board?.take(event));
    const registrations = phoneRegistrations(ari, openConsole(join(dirs.run, 'asterisk.ctl')), plan.exchange);
    const opened = new Switchboard(
      ari,
      new Ears(ari, dirs.spool),
      new Sounds(join(dirs.lib, 'said')),
      registrations,
      plan,
    );
    board = opened;
    return {
      pid: asterisk.pid,
      call: (number, options) => opened.call(number, options),
      phone: (id) => opened.phone(id),
      outside: opened.outside,
      stop: async () => {
        ari.close();
        opened.close();
        await asterisk.stop();
      },
    };
  } catch (error) {
    await asterisk.stop();
    throw error;
  }
}
