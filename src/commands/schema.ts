import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ConfigError } from '../config.ts';
import type { CliCommand } from './command.ts';
import { FILE_SCHEMAS, schemaText } from './file-schemas.ts';
import { readOptions } from './options.ts';
import { wrongUsage } from './wrong-usage.ts';

const NAMES = FILE_SCHEMAS.map(({ name }) => name);

export const schema: CliCommand = {
  name: 'schema',
  usage: `[${NAMES.join('|')}] [--write FOLDER]`,
  summary:
    'prints the JSON Schema by which editors complete, explain and check a kind of file; flow when none is named',
  async run(args) {
    const options = readOptions(args, { values: ['write'], flags: ['json'] });
    if (typeof options === 'string') return wrongUsage(schema, options);
    const [name, ...more] = options.others;
    if (more.length > 0) return wrongUsage(schema, 'It takes one kind of file at most.');
    const { write } = options.values;
    const wanted = FILE_SCHEMAS.filter((one) => one.name === (name ?? (write === undefined ? 'flow' : one.name)));
    if (wanted.length === 0) return wrongUsage(schema, `There is no schema "${name}".`);
    if (write === undefined) process.stdout.write(schemaText(wanted[0]!));
    else await writeAll(resolve(write), wanted);
    return 0;
  },
};

async function writeAll(folder: string, wanted: typeof FILE_SCHEMAS): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    for (const one of wanted) {
      const path = join(folder, one.file);
      await writeFile(path, schemaText(one));
      process.stdout.write(`${path}\n`);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ConfigError('file.unwritable', `Nothing can be written to ${folder} (${code ?? message}).`);
  }
}
