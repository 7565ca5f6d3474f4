import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Config, ConfigError } from '../config.ts';
import type { Certificate } from './asterisk-config.ts';
import { selfSigned } from './self-signed.ts';

/** Made anew so long before it ends, at the next start. */
const RENEW_MS = 60 * 24 * 3_600_000;
/** Where Debian keeps the authorities that its users trust. */
const SYSTEM_AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

type Asked = Pick<Config, 'dataDir' | 'sip' | 'sipTlsPort' | 'wssPort' | 'tlsCert' | 'tlsKey' | 'tlsCa'>;

/**
 * The certificate for TLS and WSS: the one that the configuration names, else one of our own in `<dataDir>/tls/`, which is
 * made at the first start. Undefined: neither port is set. Throws ConfigError `tls.incomplete` or `tls.unreadable`.
 */
export function openCertificate(asked: Asked, nowMs: number): Certificate | undefined {
  const { sipTlsPort, wssPort, tlsCert, tlsKey, tlsCa } = asked;
  if (sipTlsPort === undefined && wssPort === undefined) return undefined;
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw new ConfigError('tls.incomplete', 'STROWGER_TLS_CERT and STROWGER_TLS_KEY are set together or not at all.');
  }
  const own = tlsCert === undefined || tlsKey === undefined;
  const pair = own
    ? ownPair(join(asked.dataDir, 'tls'), asked.sip.host, nowMs)
    : { certificate: read('STROWGER_TLS_CERT', tlsCert), key: read('STROWGER_TLS_KEY', tlsKey) };
  if (!isCertificate(pair.certificate)) {
    throw new ConfigError('tls.unreadable', 'The file of STROWGER_TLS_CERT holds no certificate in PEM.');
  }
  return { ...pair, authorities: authorities(tlsCa) ?? pair.certificate };
}

function authorities(tlsCa: string | undefined): string | undefined {
  if (tlsCa !== undefined) return read('STROWGER_TLS_CA', tlsCa);
  // Without any, no trunk over TLS is believed; our own certificate is as good as none.
  return existsSync(SYSTEM_AUTHORITIES) ? readFileSync(SYSTEM_AUTHORITIES, 'utf8') : undefined;
}

function ownPair(dir: string, host: string, nowMs: number): { certificate: string; key: string } {
  const files = { certificate: join(dir, 'certificate.pem'), key: join(dir, 'key.pem') };
  if (existsSync(files.certificate) && existsSync(files.key)) {
    const certificate = readFileSync(files.certificate, 'utf8');
    const fresh = isCertificate(certificate) && Date.parse(new X509Certificate(certificate).validTo) - nowMs > RENEW_MS;
    if (fresh) return { certificate, key: readFileSync(files.key, 'utf8') };
  }
  const names = ['localhost', hostname(), '127.0.0.1', host].filter((name) => /^[A-Za-z0-9.-]+$/.test(name));
  const made = selfSigned([...new Set(names)], nowMs);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeFileSync(files.key, made.key, { mode: 0o600 });
  writeFileSync(files.certificate, made.certificate, { mode: 0o600 });
  return made;
}

function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).subject !== '';
  } catch {
    return false;
  }
}

function read(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError('tls.unreadable', `The file of ${variable}, ${path}, cannot be read (${code}).`);
  }
}
