import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** Browsers refuse a certificate of their own machine that is valid for longer than about 27 months. */
const VALID_MS = 800 * 24 * 3_600_000;
/** So that a clock that is a little behind accepts it as well. */
const BEFORE_MS = 24 * 3_600_000;
const SERIAL_BYTES = 16;

/** Object identifiers in DER, without their tag and length. */
const ECDSA_WITH_SHA256 = Buffer.from([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]);
const COMMON_NAME = Buffer.from([0x55, 0x04, 0x03]);
const SUBJECT_ALTERNATIVE_NAME = Buffer.from([0x55, 0x1d, 0x11]);
const BASIC_CONSTRAINTS = Buffer.from([0x55, 0x1d, 0x13]);
const SUBJECT_KEY = Buffer.from([0x55, 0x1d, 0x0e]);

/**
 * A certificate that is signed by its own key (X.509 v3, RFC 5280; ECDSA with P-256), for hosts and IPv4 addresses; both in
 * PEM. Node makes keys but no certificates, and no other program is needed for one of this size.
 */
export function selfSigned(names: readonly string[], nowMs: number): { certificate: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(der(0x06, ECDSA_WITH_SHA256));
  const name = sequence(der(0x31, sequence(der(0x06, COMMON_NAME), der(0x0c, Buffer.from(names[0] ?? 'strowger')))));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const serial = randomBytes(SERIAL_BYTES);
  // A positive number without zeros in front.
  serial[0] = (serial[0]! & 0x7f) | 0x40;
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    algorithm,
    name,
    sequence(time(nowMs - BEFORE_MS), time(nowMs + VALID_MS)),
    name,
    spki,
    der(0xa3, extensions(names, spki)),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]);
  return { certificate: pem(sequence(body, algorithm, der(0x03, signature))), key: keyPem(privateKey) };
}

function extensions(names: readonly string[], spki: Buffer): Buffer {
  const others = names.map((name) =>
    isIPv4(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name)),
  );
  // It is its own authority, which is what those who trust it look for.
  const authority = sequence(der(0x01, Buffer.from([0xff])));
  const keyId = createHash('sha1').update(spki).digest();
  return sequence(
    extension(SUBJECT_ALTERNATIVE_NAME, sequence(...others)),
    extension(BASIC_CONSTRAINTS, authority),
    extension(SUBJECT_KEY, der(0x04, keyId)),
  );
}

function extension(id: Buffer, value: Buffer): Buffer {
  return sequence(der(0x06, id), der(0x04, value));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

/** Tag, length (X.690, 8.1.3), content. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...bytes]), content]);
}

/** UTCTime, as RFC 5280 wants it until 2049. */
function time(atMs: number): Buffer {
  const text = new Date(atMs).toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${text}Z`));
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').replace(/(.{64})(?!$)/g, '$1\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function keyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }) as string;
}
