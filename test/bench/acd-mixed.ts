import type { Event } from '../../src/model/event.ts';
import type { RandomStream } from '../../src/simulation/random.ts';
import { type Floor, offersIn } from './acd-floor.ts';

/** Hands one event to the engine, with whatever is measured around it, and returns it with all that followed. */
export type Handle = (event: Event) => readonly Event[];

/** 10,000 agents with talks of 80 s end one every 8 ms. */
const CYCLE_MS = 8;
const ABANDON_PART = 0.1;
const NO_ANSWER_PART = 0.05;

/** Everyone is busy and a long line waits: agents become free, most answer, some let it ring, customers come and give up. */
export function mixedWork(floor: Floor, random: RandomStream, cycles: number, handle: Handle): void {
  const handleAll = (event: Event): void => {
    for (const { offerId } of offersIn(handle(event))) {
      if (random() >= NO_ANSWER_PART) handle(floor.answer(offerId));
    }
  };
  for (let cycle = 0; cycle < cycles; cycle++) {
    floor.advance(CYCLE_MS);
    for (let due = floor.due(); due; due = floor.due()) handleAll(due);
    endTalk(floor, handleAll);
    handleAll(floor.arrival());
    if (random() >= ABANDON_PART) continue;
    const gone = floor.abandonment();
    if (!gone) continue;
    handle(gone);
    handleAll(floor.arrival());
  }
}

/** A contact comes to idle agents, is answered, and somebody else's talk ends, so that as many stay idle. */
export function idleWork(floor: Floor, cycles: number, handle: Handle): void {
  for (let cycle = 0; cycle < cycles; cycle++) {
    floor.advance(CYCLE_MS);
    for (let due = floor.due(); due; due = floor.due()) floor.engine.take(due);
    for (const { offerId } of offersIn(handle(floor.arrival()))) floor.engine.take(floor.answer(offerId));
    endTalk(floor, (event) => {
      for (const { offerId } of offersIn(floor.engine.take(event))) floor.engine.take(floor.answer(offerId));
    });
  }
}

/** After the talk the customer's leg ends. That is no decision and not counted, but its time is part of the work. */
function endTalk({ engine, talkEnd, nowMs: atMs }: Floor, handle: (event: Event) => void): void {
  const end = talkEnd();
  if (!end) return;
  const contactId = engine.state.offers.get(end.offerId)!.contactId;
  handle(end);
  engine.take({ kind: 'contact.ended', atMs, contactId, cause: 'hung_up', endedBy: 'system' });
  engine.take({ kind: 'contact.finished', atMs, contactId });
}
