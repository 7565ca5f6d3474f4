import type { Hand } from './act/hand.ts';
import { tellUnknown } from './act/recording-end.ts';
import { unwatch } from './act/unwatch.ts';
import type { Found } from './inventory.ts';

/**
 * What Asterisk does not have any more although nobody told: the connection was down, or Asterisk began anew. A leg whose
 * end nobody told would keep its agent's phone from ever being seen as busy. It must be missing twice, because what was
 * just asked for is not listed yet.
 */
export class Lost {
  #missing: ReadonlySet<string> = new Set();

  /** @param known the keys of what the door knew before it asked, see `keys`. */
  forget(hand: Hand, known: readonly string[], found: Found): void {
    const listed = new Set(keysOf(found));
    const missing = new Set(known.filter((key) => !listed.has(key)));
    for (const key of missing) if (this.#missing.has(key)) forgetOne(hand, key);
    this.#missing = missing;
  }
}

/** All that the door knows and that a listing would show. */
export function keys({ legs, lines, recordings, watches }: Hand): string[] {
  return [
    ...legs.ids(),
    ...lines.channels(),
    ...recordings.ids(),
    // A supervisor in the talk itself has no channel to listen by.
    ...watches.all().flatMap(({ snoopId }) => snoopId ?? []),
  ];
}

function keysOf({ inventory, legs, lines, watches }: Found): string[] {
  return [
    ...legs.map(({ legId }) => legId),
    ...lines.map(({ channelId }) => channelId),
    ...(inventory.calls?.recordings ?? []).flatMap(({ running, recordingId }) => (running ? recordingId : [])),
    ...watches.map(({ snoopId }) => snoopId),
  ];
}

/** The ends of legs are told by who compares the listing with what is believed; of the rest nobody else keeps a book. */
function forgetOne(hand: Hand, key: string): void {
  const { host, legs, lines, live, prompts, recordings, watches } = hand;
  const leg = legs.remove(key);
  if (leg) {
    live.ended(leg.channelId);
    return prompts.forget(leg.channelId, leg.contactId);
  }
  const line = lines.remove(key);
  if (line) host.take({ kind: 'line.closed', atMs: host.now(), agentId: line.agentId, cause: 'lost' });
  const recording = recordings.get(key);
  if (recording) {
    recordings.remove(key);
    tellUnknown(hand, recording);
  }
  for (const watch of watches.all()) {
    if (watch.snoopId !== key) continue;
    watches.remove(watch.legId);
    unwatch(hand, watch);
  }
}
