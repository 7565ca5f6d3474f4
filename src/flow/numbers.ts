import type { FlowId } from '../model/ids.ts';
import type { Site } from '../model/site.ts';

/** The flow of a dialled number: the number itself, else the longest beginning (`0800*`), else none. */
export function flowForNumber(site: Site, dialled: string): FlowId | undefined {
  let best: { length: number; flow: FlowId } | undefined;
  for (const { number, flow } of site.numbers) {
    if (number === dialled) return flow;
    const begin = number.endsWith('*') ? number.slice(0, -1) : undefined;
    if (begin === undefined || !dialled.startsWith(begin)) continue;
    if (!best || begin.length > best.length) best = { length: begin.length, flow };
  }
  return best?.flow;
}
