import assert from 'node:assert/strict';
import { test } from 'node:test';
import { debianArchive, parseDeb822Sources, parseOneLineSources } from '../../src/supervisor/apt-sources.ts';

test("one-line sources give the Debian archive, not security updates or other makers' archives", () => {
  const sources = parseOneLineSources(`
# deb http://commented.example/debian bookworm main
deb-src http://source.example/debian bookworm main
deb http://security.example/debian-security bookworm-security main
deb [arch=amd64 signed-by=/usr/share/keyrings/x.gpg] https://third.example/debian nodistro main
deb [signed-by=/k.gpg] https://mirror.example/debian/ bookworm main contrib
`);
  assert.equal(sources.length, 3);
  assert.equal(debianArchive(sources), 'https://mirror.example/debian');
});

test('deb822 sources are read with continuation lines, comments and disabled stanzas', () => {
  const sources = parseDeb822Sources(`Types: deb
# a comment within a stanza
URIs: http://security.example/debian-security
Suites: bookworm-security
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm

Types: deb deb-src
URIs: http://mirror.example/debian
Suites: bookworm
 bookworm-updates
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc
`);
  assert.deepEqual(sources[1], { uri: 'http://mirror.example/debian', suites: ['bookworm', 'bookworm-updates'] });
  assert.equal(debianArchive(sources), 'http://mirror.example/debian');
});

test('a machine without a Debian archive gives none', () => {
  const ubuntu = parseOneLineSources(
    'deb http://archive.example/ubuntu noble main\ndeb cdrom:[x]/debian bookworm main',
  );
  assert.equal(debianArchive(ubuntu), undefined);
  assert.equal(debianArchive([]), undefined);
});
