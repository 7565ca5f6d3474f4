// The service `setup` of docker-compose.yml: makes the secrets at the first start, gives PostgreSQL and Redis theirs, and
// writes Asterisk's configuration. It runs before every start, has no network, and ends by itself.
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Config, ConfigError, readConfig } from '../src/config.ts';
import { openSecrets, type Secrets } from '../src/secrets.ts';
import { renderAsteriskConfig, writeAsteriskConfig } from '../src/supervisor/asterisk-config.ts';
import { openCertificate } from '../src/supervisor/certificate.ts';
import { addContainerConfig, type ContainerNetwork } from './container-asterisk.ts';

const ASTERISK_HOME = '/var/lib/strowger/asterisk';
const POSTGRES_SECRET = '/var/lib/strowger/postgres-secret/password';
const REDIS_SECRET = '/var/lib/strowger/redis-secret/redis.conf';
/** The group of the user that the official images of PostgreSQL and of Redis run as. */
const SERVER_GROUP = 999;
const REDIS_SECRET_BYTES = 24;
/** This machine, and RFC 1918 and RFC 4193, of which container engines take their networks. */
const PRIVATE_NETWORKS = '127.0.0.0/8,::1/128,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fd00::/8';

/** Where docker/asterisk.Dockerfile has Debian's Asterisk. */
const FOLDERS = {
  modules: '/usr/lib/asterisk-modules',
  share: '/usr/share/asterisk',
  sbin: '/usr/sbin',
  music: '/usr/share/asterisk/moh',
};

function readNetwork(args: readonly string[]): ContainerNetwork {
  const text = { type: 'string', default: '' } as const;
  const options = {
    'ari-host': text,
    'publish-address': text,
    'external-address': text,
    'local-networks': text,
    'host-network': text,
    'trusted-callers': text,
  };
  const { values } = parseArgs({ args: [...args], options });
  const list = (value: string): string[] => value.split(/[\s,]+/).filter(Boolean);
  return {
    ariHost: values['ari-host'],
    publishAddress: values['publish-address'],
    externalAddress: values['external-address'] || undefined,
    localNetworks: list(values['local-networks']),
    hostNetwork: values['host-network'] || undefined,
    trustedCallers: list(values['trusted-callers']),
  };
}

function writeAsterisk(config: Config, secrets: Secrets, network: ContainerNetwork): void {
  const certificate = openCertificate(config, Date.now());
  const settings = {
    ports: {
      ari: config.ariPort,
      sip: config.sip,
      rtp: config.rtp,
      tls: config.sipTlsPort,
      wss: config.wssPort,
    },
    ariApp: config.ariApp,
    ariPassword: secrets.ariPassword,
    promptsDir: config.promptsDir,
    // ARI is bound to a network on which the controller is alone, and whose addresses the engine chooses.
    ariClients: PRIVATE_NETWORKS,
    ...(certificate ? { certificate } : {}),
  };
  const files = renderAsteriskConfig(ASTERISK_HOME, FOLDERS, settings);
  writeAsteriskConfig(ASTERISK_HOME, addContainerConfig(files, network), undefined);
}

/** Writes a secret that one other container reads by its group; what is there already, with the same text, stays. */
function writeServerSecret(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  writeFileSync(file, text, { mode: 0o600, flush: true });
  chownSync(file, -1, SERVER_GROUP);
  chmodSync(file, 0o640);
}

/** Redis takes no part yet (see docs/containers.md); its password is nevertheless its own. */
function redisConfig(): string {
  if (existsSync(REDIS_SECRET)) return readFileSync(REDIS_SECRET, 'utf8');
  const password = randomBytes(REDIS_SECRET_BYTES).toString('base64url');
  return ['bind * -::*', 'save ""', 'appendonly no', 'maxmemory 128mb', `requirepass ${password}`, ''].join('\n');
}

try {
  const config = readConfig(process.env);
  const network = readNetwork(process.argv.slice(2));
  const secrets = await openSecrets(config.dataDir);
  writeServerSecret(POSTGRES_SECRET, secrets.databasePassword);
  writeServerSecret(REDIS_SECRET, redisConfig());
  writeAsterisk(config, secrets, network);
  process.stdout.write("The secrets are there and Asterisk's configuration is written.\n");
} catch (error) {
  const expected = error instanceof ConfigError;
  process.stderr.write(`${expected ? `${error.code}: ${error.message}` : (error as Error).stack}\n`);
  process.exit(1);
}
