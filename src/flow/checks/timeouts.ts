import type { Node } from 'yaml';
import type { ReadFlow } from '../flow-file.ts';
import type { Path, Source } from '../source.ts';
import type { ReadStep } from '../step-shape.ts';
import { durationIn, spokenDuration } from '../values.ts';

/** Times of one step of which the first must not be longer than the second. */
const ORDERS: readonly { readonly shorter: Path; readonly longer: Path; readonly why: string }[] = [
  {
    shorter: ['inter_digit_timeout'],
    longer: ['timeout'],
    why: 'after a digit one would be waited for longer than for the first one',
  },
  {
    shorter: ['direct_dial', 'inter_digit_timeout'],
    longer: ['timeout'],
    why: 'after a digit one would be waited for longer than for the first one',
  },
  {
    shorter: ['speech', 'end_silence'],
    longer: ['speech', 'max_duration'],
    why: 'the silence could never be that long',
  },
  { shorter: ['connect_timeout'], longer: ['timeout'], why: 'the whole request ends before' },
  { shorter: ['announcements', 'first_after'], longer: ['max_wait'], why: 'the wait ends before' },
];

/** Times that can never run out as they are written. Only those that stand in the file are compared, and defaults with them. */
export function checkTimeouts({ source, steps }: ReadFlow): void {
  for (const read of steps.values()) {
    for (const { shorter, longer, why } of ORDERS) {
      if (!Object.hasOwn(read.kind.fields, String(shorter[0]))) continue;
      const first = timeAt(source, read, shorter);
      const second = timeAt(source, read, longer) ?? defaultOf(read, longer);
      if (!first || !second || first.ms <= second.ms) continue;
      const [names, times] = [
        [shorter, longer].map((path) => path.join('.')),
        [first, second].map(({ ms }) => spokenDuration(ms)),
      ];
      const message = `${names[0]} (${times[0]}) is longer than ${names[1]} (${times[1]}): ${why}.`;
      source.problem('timeout.order', first.node, message);
    }
  }
}

type Time = { readonly ms: number; readonly node?: Node | null };

function timeAt(source: Source, { node }: ReadStep, path: Path): Time | undefined {
  const found = source.textAt(path, node);
  const ms = found && durationIn(found.text);
  return ms === undefined ? undefined : { ms, node: found!.node };
}

function defaultOf({ kind }: ReadStep, [key, ...rest]: Path): Time | undefined {
  const shown = rest.length === 0 ? kind.fields[String(key)]?.shown : undefined;
  const ms = typeof shown === 'string' ? durationIn(shown) : undefined;
  return ms === undefined ? undefined : { ms };
}
