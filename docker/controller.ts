#!/usr/bin/env node
// The controller in its container: `strowger serve`, `strowger check`, ... (src/cli.ts). docker-compose.yml holds the
// addresses of PostgreSQL and Asterisk without passwords; those that `setup` made are put in here.
import { readConfig } from '../src/config.ts';
import { openSecrets } from '../src/secrets.ts';
import { withPassword } from './with-password.ts';

try {
  const { databaseUrl, ariUrl, dataDir } = readConfig(process.env);
  const { databasePassword, ariPassword } = await openSecrets(dataDir);
  if (databaseUrl !== undefined) process.env['DATABASE_URL'] = withPassword(databaseUrl, databasePassword);
  if (ariUrl !== undefined) process.env['ASTERISK_ARI_URL'] = withPassword(ariUrl, ariPassword);
} catch (error) {
  const { code, message } = error as { code?: string; message: string };
  process.stderr.write(`${code ?? 'controller.not_started'}: ${message}\n`);
  process.exit(1);
}
await import('../src/cli.ts');
