import { randomInt } from 'node:crypto';
import { toneRatio } from '../../src/media/goertzel.ts';
import type { FarEnd } from '../far-end/far-end.ts';
import type { Line, Ring } from '../far-end/line.ts';
import { until } from '../system/until.ts';
import { type Heard, measureLoudness } from './loudness.ts';
import { type Narrator, seconds } from './narrator.ts';
import { Obstacle } from './obstacle.ts';
import type { Undo } from './undo.ts';
import type { Way } from './way.ts';
import type { Agent, Contact, Story, Window } from './window.ts';

const MENU_LISTEN_MS = 2_000;
const MUSIC_LISTEN_MS = 1_000;
const RING_LISTEN_MS = 800;
const TONE_LISTEN_MS = 400;
/** A greeting may be long, and its first rendering takes a moment. */
const GREETING_MS_MAX = 20_000;
/** Less is a click, not a word. */
const SPEECH_MS_MIN = 300;
const CALLER_HZ = 1_000;
const AGENT_HZ = 1_900;

/** All that the play needs. */
export type Play = {
  readonly window: Window;
  readonly far: FarEnd;
  readonly way: Way;
  readonly actor: Agent;
  readonly number: string;
  readonly narrator: Narrator;
  readonly undo: Undo;
  /** Lets a wait end when the play is interrupted. */
  readonly go: <T>(wait: Promise<T>) => Promise<T>;
};

/** Plays the call and tells it. Rejects with one sentence on what was awaited and what was seen. */
export async function playCall(play: Play): Promise<Story> {
  const { far, actor, narrator, go, window } = play;
  const phone = far.phone(actor.id);
  await go(phone.register());
  narrator.tell('agent', `${actor.name}'s SIP phone registers at the server. ${actor.name} is not logged in yet.`);
  // Numbers from +1 202 555 0100 to 0199 belong to nobody and are kept free for stories.
  const from = `+12025550${randomInt(100, 200)}`;
  const caller = await go(far.call(play.number, { from }));
  play.undo.later('hang up', () => caller.hangUp());
  narrator.tell('caller', `The caller, ${from}, dials ${play.number} over SIP.`);
  await go(reachQueue(play, caller, from));
  await window.logIn(actor.id);
  narrator.tell('agent', `${actor.name} logs in (POST /v1/agents/${actor.id}/login).`);
  const ring = await go(takeRing(play, caller, from));
  const contact = await go(stage(play, from, 'that the caller talks', (one) => one.stage === 'talking'));
  await go(talk(play, caller, ring));
  await go(caller.hangUp());
  narrator.tell('caller', 'The caller hangs up.');
  const { cause, text } = await go(ring.ended());
  narrator.tell('agent', `${actor.name}'s phone is free again (cause ${cause}, ${text.toLowerCase()}).`);
  return go(wholeStory(play, contact.id, from));
}

async function reachQueue(play: Play, caller: Line, from: string): Promise<void> {
  const { narrator, way } = play;
  const { id } = await stage(play, from, 'that the server knows the call', () => true);
  await caller.answered();
  narrator.tell('caller', 'The server answers the call.');
  if (way.isGreeted) {
    const next = way.menus[0]?.stepId;
    const listening = await caller.startListening();
    await stage(play, from, `that the flow goes on to ${next ?? 'the queue'}`, (one) => isThere(one, next));
    await tellSpeech(play, id, measureLoudness(await listening.stop()), 'first');
  }
  for (const { stepId, key } of way.menus) {
    await stage(play, from, `that the menu ${stepId} begins`, (one) => isThere(one, stepId));
    await tellSpeech(play, id, measureLoudness(await caller.listen(MENU_LISTEN_MS)), 'last');
    await caller.press(key);
    narrator.tell('caller', `The caller presses ${key}.`);
  }
  await stage(play, from, 'that the caller waits', (one) => one.stage === 'waiting');
  narrator.tell('queue', `The caller waits in the queue ${way.queueId}, because no agent is there.`);
  const music = measureLoudness(await caller.listen(MUSIC_LISTEN_MS));
  if (music.soundMs < SPEECH_MS_MIN) throw new Obstacle(`awaited music for the waiting caller, heard ${level(music)}.`);
  narrator.tell('caller', `The caller hears music: ${level(music)}.`);
}

function isThere(contact: Contact, stepId: string | undefined): boolean {
  return stepId === undefined ? contact.stage === 'waiting' : contact.stepId === stepId;
}

/** What was said stands in the journal; that it was heard is measured. */
async function tellSpeech({ window, narrator }: Play, contactId: string, heard: Heard, which: 'first' | 'last') {
  const { timeline } = await window.story(contactId);
  const prompts = timeline.flatMap(({ what, text }) => (what === 'prompt.started' ? [text] : []));
  const said = (/: (".*")$/.exec(prompts.at(which === 'first' ? 0 : -1) ?? '') ?? [])[1] ?? 'an announcement';
  if (heard.soundMs < SPEECH_MS_MIN)
    throw new Obstacle(`awaited that the caller hears ${said}, heard ${level(heard)}.`);
  narrator.tell('caller', `The caller hears a voice say ${said}: ${level(heard)}.`);
}

async function takeRing({ far, actor, narrator }: Play, caller: Line, from: string): Promise<Ring> {
  const ring = await far.phone(actor.id).nextRing();
  if (ring.from.number !== from) {
    // Somebody else has come in between: that caller goes back to the queue and keeps the place.
    await ring.reject('busy');
    throw new Obstacle('awaited the call of the demo at the phone, but another caller was faster and was sent back.');
  }
  narrator.tell('agent', `${actor.name}'s phone rings and shows ${ring.from.number}.`);
  const meanwhile = measureLoudness(await caller.listen(RING_LISTEN_MS));
  narrator.tell('caller', `While it rings, the caller still hears music: ${level(meanwhile)}.`);
  await ring.answer();
  narrator.tell('agent', `${actor.name} answers.`);
  return ring;
}

/** Each plays a tone, and each is measured where the other should hear it. */
async function talk({ narrator, actor }: Play, caller: Line, ring: Ring): Promise<void> {
  await Promise.all([caller.playTone(CALLER_HZ), ring.playTone(AGENT_HZ)]);
  await Promise.all([ring.hears(CALLER_HZ), caller.hears(AGENT_HZ)]);
  const [atAgent, atCaller] = await Promise.all([ring.listen(TONE_LISTEN_MS), caller.listen(TONE_LISTEN_MS)]);
  narrator.tell(
    'agent',
    `${actor.name} hears the caller, who plays a tone of ${CALLER_HZ} Hz: ${share(atAgent, CALLER_HZ)}.`,
  );
  narrator.tell('caller', `The caller hears ${actor.name}, who plays ${AGENT_HZ} Hz: ${share(atCaller, AGENT_HZ)}.`);
}

async function wholeStory({ window, way, actor }: Play, contactId: string, from: string): Promise<Story> {
  const story = await until('the story of the contact is complete', async () => {
    const told = await window.story(contactId);
    return told.timeline.some((one) => one.what === 'contact.finished') ? told : undefined;
  });
  const { summary } = story;
  const stay = summary.queues[0];
  const fits = summary.from === from && stay?.queue === way.queueId && stay.outcome === 'answered';
  if (fits && stay.agent === actor.id) return story;
  throw new Obstacle(`awaited that the API reports the call as it was, but it says ${JSON.stringify(summary)}.`);
}

function stage(play: Play, from: string, what: string, fits: (one: Contact) => boolean): Promise<Contact> {
  const own = async (): Promise<Contact | undefined> =>
    (await play.window.contacts()).find((contact) => contact.from === from);
  return until(
    what,
    async () => {
      const contact = await own();
      return contact && fits(contact) ? contact : undefined;
    },
    { withinMs: GREETING_MS_MAX, everyMs: 50, seen: own },
  );
}

function level({ soundMs, dbfs }: Heard): string {
  return soundMs === 0 ? 'silence' : `${seconds(soundMs)} of sound at ${dbfs.toFixed(0)} dBFS measured`;
}

function share(pcm: Int16Array, hz: number): string {
  return `${(toneRatio(pcm, hz) * 100).toFixed(0)} % of the sound's power there (Goertzel)`;
}
