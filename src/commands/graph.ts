import type { CliCommand } from './command.ts';
export const graph: CliCommand = { name: 'graph', usage: '', summary: 'draws flows as pictures', run: async () => 0 };
