import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { MemoryFigures } from './acd-memory-child.ts';

/** Kinds of items that are measured, each in a process of its own, whose heap holds nothing else and can be collected on demand. */
const KINDS = 3;

export async function measureMemory(signal: AbortSignal): Promise<readonly MemoryFigures[]> {
  const all: MemoryFigures[] = [];
  for (let kind = 0; kind < KINDS; kind++) all.push(await measureKind(kind, signal));
  return all;
}

async function measureKind(kind: number, signal: AbortSignal): Promise<MemoryFigures> {
  const file = fileURLToPath(new URL('./acd-memory-child.ts', import.meta.url));
  const child = fork(file, [String(kind)], { execArgv: [...process.execArgv, '--expose-gc'], signal });
  const exited = once(child, 'exit');
  const [figures] = (await Promise.race([
    once(child, 'message'),
    exited.then(([status]) =>
      Promise.reject(new Error(`the memory measurement ended with ${status} before it told anything`)),
    ),
  ])) as [MemoryFigures];
  await exited;
  return figures;
}
