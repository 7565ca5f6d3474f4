import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseDocument } from 'yaml';
import { projectDir } from '../../src/config.ts';
import { ASTERISK_NEEDED } from '../../src/model/asterisk-version.ts';

type Service = {
  readonly image: string;
  readonly user?: string;
  readonly build?: { readonly dockerfile: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  readonly networks?: readonly string[] | Readonly<Record<string, { readonly aliases?: readonly string[] } | null>>;
  readonly ports?: readonly string[];
  readonly volumes: readonly string[];
  readonly restart: string;
  readonly stop_grace_period?: string;
  readonly healthcheck?: object;
  readonly read_only: boolean;
  readonly cap_drop: readonly string[];
  readonly security_opt: readonly string[];
  readonly deploy: { readonly resources: { readonly limits: Readonly<Record<string, string | number>> } };
};
type Compose = {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};

const COMPOSE_FILES = ['docker-compose.yml', 'docker/compose.host-network.yml'];
const DOCKERFILES = ['docker/controller.Dockerfile', 'docker/asterisk.Dockerfile'];

const text = (file: string): string => readFileSync(join(projectDir, file), 'utf8');

/** Parsed as the compose plugin does: `<<` merges, and its tags `!reset` and `!override` are let through. */
function read(file: string): Compose {
  const document = parseDocument(text(file), { merge: true, logLevel: 'error' });
  assert.deepEqual(document.errors, [], file);
  return document.toJS() as Compose;
}

const compose = read('docker-compose.yml');
const services = Object.entries(compose.services);
const networksOf = ({ networks = [] }: Service): readonly string[] =>
  Array.isArray(networks) ? networks : Object.keys(networks);

test('docker compose up gives the controller, Asterisk, PostgreSQL 18 and Redis, and sets them up before', () => {
  assert.deepEqual(Object.keys(compose.services).sort(), ['asterisk', 'controller', 'postgres', 'redis', 'setup']);
  assert.match(compose.services['postgres']?.image ?? '', /^postgres:18\./);
});

test('every variable that our own containers get is one that src/config.ts reads', () => {
  const known = text('src/config.ts');
  for (const file of COMPOSE_FILES) {
    for (const [name, { environment = {} }] of Object.entries(read(file).services)) {
      for (const variable of name === 'postgres' ? [] : Object.keys(environment)) {
        assert.ok(
          known.includes(`'${variable}'`),
          `${file}: ${name} gets ${variable}, which src/config.ts does not read`,
        );
      }
    }
  }
});

test('every variable of the compose files and no other has a row in docs/containers.md', () => {
  const used = new Set(COMPOSE_FILES.flatMap((file) => [...text(file).matchAll(/\$\{(\w+)/g)].map(([, name]) => name)));
  const rows = [...text('docs/containers.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
  assert.deepEqual([...used].sort(), rows.sort());
});

test('every file that an image copies exists and is let through to the builder', () => {
  const through = text('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  for (const file of DOCKERFILES) {
    const copies = [...text(file).matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, from = '']) => from.split(' '));
    assert.notEqual(copies.length, 0);
    for (const from of copies) {
      const path = from.replace(/\/\*\.ts$/, '');
      assert.ok(existsSync(join(projectDir, path)), `${file} copies ${from}, which is not there`);
      assert.ok(through.includes(path.split('/')[0] ?? ''), `${file} copies ${from}, which .dockerignore holds back`);
    }
  }
});

test('no password stands in the files: neither as a value nor in an address', () => {
  for (const file of [...COMPOSE_FILES, ...DOCKERFILES]) {
    assert.doesNotMatch(text(file), /:\/\/[^\s/@:]+:[^\s/@]+@/, `${file} has an address with a password`);
    const values = text(file).matchAll(/\b[A-Z_]*(?:PASSWORD|SECRET|API_KEY|TOKEN)(?!_FILE)[A-Z_]*\s*[:=]\s*(.*)$/gm);
    for (const [line, value] of values) assert.match(value ?? '', /^\$\{\w+:-\}$/, `${file}: ${line}`);
  }
});

test('every image is pinned to a version, and ours bears the version of package.json', () => {
  const froms = DOCKERFILES.flatMap((file) => [...text(file).matchAll(/^FROM (\S+)/gm)].map(([, image = '']) => image));
  const release = (JSON.parse(text('package.json')) as { version: string }).version;
  for (const image of [...froms, ...services.map(([, service]) => service.image)]) {
    if (image.startsWith('strowger-')) assert.equal(image.split(':')[1], release);
    else assert.match(image, /^[a-z]+:(\d+\.\d+(\.\d+)?-[a-z-]+|[a-z]+-\d{8}-slim)$/);
  }
  // Older ones do not run TypeScript by themselves.
  assert.ok(Number(/^node:(\d+)/.exec(froms[0] ?? '')?.[1]) >= 24);
});

test('the Asterisk image is held to the version that the program asks for', () => {
  assert.equal(/^needed=(.+)$/m.exec(text('docker/check-asterisk.sh'))?.[1], ASTERISK_NEEDED);
});

test('every container is bounded and closed: no root, no capabilities, a read-only root, limits', () => {
  for (const [name, service] of services) {
    assert.equal(service.read_only, true, name);
    assert.deepEqual(service.cap_drop, ['ALL'], name);
    assert.deepEqual(service.security_opt, ['no-new-privileges:true'], name);
    assert.deepEqual(Object.keys(service.deploy.resources.limits).sort(), ['cpus', 'memory', 'pids'], name);
    const dockerfile = DOCKERFILES.find((file) => service.image.includes(/docker\/(\w+)/.exec(file)?.[1] ?? '?'));
    const user = service.user ?? /^USER (.+)$/m.exec(dockerfile ? text(dockerfile) : '')?.[1];
    assert.match(user ?? '', /^[1-9]\d*:[1-9]\d*$/, `${name} runs as ${user}`);
  }
});

test('every server is watched, started again and given time to stop; setup runs once', () => {
  for (const [name, service] of services.filter(([name]) => name !== 'setup')) {
    assert.ok(service.healthcheck, name);
    assert.equal(service.restart, 'unless-stopped', name);
    assert.match(service.stop_grace_period ?? '', /^\d+s$/, name);
  }
  assert.equal(compose.services['setup']?.restart, 'no');
});

test('ports are published on loopback unless the variable says otherwise', () => {
  const ports = COMPOSE_FILES.flatMap((file) => Object.values(read(file).services).flatMap(({ ports = [] }) => ports));
  assert.equal(ports.length, 5);
  for (const port of ports) assert.match(port, /^(\$\{STROWGER_(SIP|HTTP)_HOST:-127\.0\.0\.1\}|127\.0\.0\.1):/);
});

test("ARI's name lies on an internal network that only the controller shares with Asterisk", () => {
  const members = services.filter(([, service]) => networksOf(service).includes('control')).map(([name]) => name);
  assert.deepEqual(members.sort(), ['asterisk', 'controller']);
  assert.equal(compose.networks['control']?.internal, true);
  const { networks = {} } = compose.services['asterisk'] ?? {};
  const aliased = Object.entries(networks).filter(([, network]) => network?.aliases?.includes('ari'));
  assert.deepEqual(
    aliased.map(([name]) => name),
    ['control'],
  );
  assert.ok(compose.services['setup']?.command?.includes('--ari-host=ari'));
});

test('the prompts lie at one path in both containers, and Asterisk may only read them', () => {
  const mountOf = (name: string) => compose.services[name]?.volumes.find((volume) => volume.startsWith('prompts:'));
  assert.equal(mountOf('asterisk'), `${mountOf('controller')}:ro`);
  assert.equal(compose.services['controller']?.environment?.['STROWGER_PROMPTS'], mountOf('controller')?.split(':')[1]);
});

test('every named volume is declared', () => {
  const used = services.flatMap(([, { volumes }]) => volumes.map((volume) => volume.split(':')[0] ?? ''));
  const named = new Set(used.filter((name) => !/^[./]/.test(name)));
  assert.deepEqual([...named].sort(), Object.keys(compose.volumes).sort());
});
