import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ConfigError } from '../config.ts';

const USER_NAME = 'strowger';
const COMMAND_MS_MAX = 10_000;

export type SystemUser = { readonly uid: number; readonly gid: number };

/** Finds a user in the text of /etc/passwd (passwd(5): name, password, uid, gid, ...). */
export function findUser(passwd: string, name: string): SystemUser | undefined {
  const line = passwd.split('\n').find((candidate) => candidate.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/**
 * The user that PostgreSQL and Asterisk run as when this process is root: PostgreSQL refuses root, and neither
 * needs its rights. It is made when missing. `undefined` when this process is not root: then they run as we do.
 */
export function ensureSystemUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const before = findUser(readFileSync('/etc/passwd', 'utf8'), USER_NAME);
  if (before) return before;
  try {
    execFileSync(
      'useradd',
      ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', '--user-group', USER_NAME],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
        timeout: COMMAND_MS_MAX,
      },
    );
  } catch (error) {
    throw new ConfigError('user.not_made', `The system user ${USER_NAME} could not be made: ${String(error)}`);
  }
  const made = findUser(readFileSync('/etc/passwd', 'utf8'), USER_NAME);
  if (!made) throw new ConfigError('user.not_made', `useradd made no user ${USER_NAME} in /etc/passwd.`);
  return made;
}
