import type { Scene } from '../system/scene.ts';
import type { Life } from './life.ts';

type Channel = { id: string; name: string; state: string; caller: { number: string } };
type Bridge = { id: string; channels: string[] };
type AgentView = { id: string; state: string; phone: string; contactId?: string; offerId?: string };
type ContactView = { id: string; from: string; stage: string };

const AGENT_LEG = /\.o\d+-[0-9a-z]+$/;
const TALK = 'talk-';
/** Channels by which a talk is recorded; they come and go with it. */
const RECORDING = /^Snoop\//;

/**
 * Compares what the controller believes, what Asterisk has, and who is on the line at the far end.
 * @returns a sentence for each difference; none when all three agree.
 */
export async function differences(scene: Scene, life: Life): Promise<string[]> {
  const { exchange } = scene;
  try {
    const [health, contacts, agents, channels, bridges] = await Promise.all([
      exchange.health(),
      scene.contacts() as Promise<ContactView[]>,
      exchange.get('/v1/agents').then(({ body }) => (body as { agents: AgentView[] }).agents),
      (exchange.ari('channels') as Promise<Channel[]>).then((all) => all.filter(({ name }) => !RECORDING.test(name))),
      exchange.ari('bridges') as Promise<Bridge[]>,
    ]);
    const down = Object.entries(health?.parts ?? { controller: { up: false } });
    return [
      ...down.flatMap(([part, { up }]) => (up ? [] : [`${part} is down`])),
      ...contactsDiffer(contacts, channels),
      ...agentsDiffer(agents, channels),
      ...talksDiffer(contacts, bridges),
      ...callersDiffer(life, channels),
    ];
  } catch (error) {
    return [`nobody answers: ${(error as Error).message}`];
  }
}

function contactsDiffer(contacts: readonly ContactView[], channels: readonly Channel[]): string[] {
  const there = new Set(channels.map(({ id }) => id));
  const known = new Set(contacts.map(({ id }) => id));
  const callers = channels.filter(({ id }) => !AGENT_LEG.test(id));
  return [
    ...contacts
      .filter(({ id, stage }) => stage !== 'ending' && !there.has(id))
      .map(({ id, stage }) => `contact ${id} (${stage}) has no channel`),
    ...callers.filter(({ id }) => !known.has(id)).map(({ id }) => `channel ${id} is no contact's`),
  ];
}

function agentsDiffer(agents: readonly AgentView[], channels: readonly Channel[]): string[] {
  const there = new Set(channels.map(({ id }) => id));
  const offers = new Set(agents.map(({ offerId }) => offerId));
  return [
    ...agents
      .filter(({ offerId }) => offerId !== undefined && !there.has(offerId))
      .map(({ id, state, offerId }) => `${id} is ${state} in ${offerId}, which has no channel`),
    ...agents.filter(({ phone }) => phone === 'unreachable').map(({ id }) => `${id}'s phone seems unreachable`),
    ...channels.filter(({ id }) => AGENT_LEG.test(id) && !offers.has(id)).map(({ id }) => `leg ${id} is no agent's`),
  ];
}

function talksDiffer(contacts: readonly ContactView[], bridges: readonly Bridge[]): string[] {
  const talking = new Set(contacts.flatMap(({ id, stage }) => (stage === 'talking' ? [`${TALK}${id}`] : [])));
  const joined = new Set(bridges.filter(({ channels }) => channels.length >= 2).map(({ id }) => id));
  return [
    ...[...talking].filter((id) => !joined.has(id)).map((id) => `${id} has no two in it`),
    ...bridges.filter(({ id }) => id.startsWith(TALK) && !talking.has(id)).map(({ id }) => `${id} is left over`),
  ];
}

function callersDiffer({ callers }: Life, channels: readonly Channel[]): string[] {
  const here = new Set(channels.filter(({ id }) => !AGENT_LEG.test(id)).map(({ caller }) => caller.number));
  return [
    ...[...callers.values()]
      .filter(({ from, line }) => line.isAnswered && !line.hasEnded && !here.has(from))
      .map(({ from }) => `caller ${from} is on the line, but not in Asterisk`),
    ...[...here].filter((from) => !callers.has(from)).map((from) => `Asterisk has a caller ${from} who is gone`),
  ];
}
