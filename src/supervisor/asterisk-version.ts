import { ConfigError } from '../config.ts';
import { ASTERISK_NEEDED, compareVersions } from '../model/asterisk-version.ts';

/** Throws ConfigError `asterisk.too_old` with what was found, what is needed and what can be done. */
export function checkAsteriskVersion(found: string, where: string, remedy: string): void {
  if (compareVersions(found, ASTERISK_NEEDED) >= 0) return;
  throw new ConfigError(
    'asterisk.too_old',
    `${where} is Asterisk ${found}, but ${ASTERISK_NEEDED} or newer is needed. ${remedy}`,
  );
}
