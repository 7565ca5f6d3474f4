import { randomBytes } from 'node:crypto';
import type { AgentNews, OfferView, Situation, TalkView } from '../../controller/chat/conversations.ts';
import type { Desk } from '../../controller/desk.ts';
import type { AgentId } from '../../model/ids.ts';
import { moment } from '../moments.ts';
import { agentAnswer } from '../routes/agents.ts';
import { lineAnswer } from '../routes/conversations.ts';

/** News that are kept for programs whose connection broke. */
export const KEPT_MAX = 1000;
/** How long an agent's news go on being kept when nobody is connected. */
const LINGER_MS = 300_000;
const STREAM_BYTES = 9;

/** What happens to one agent, numbered, as it is sent to the agent's programs. */
export type AgentFeed = {
  /** Numbers mean something within one stream only; a restart begins a new one. */
  readonly stream: string;
  seq(): number;
  /** What came after a number; undefined: not all of it is kept any more. */
  since(after: number): readonly string[] | undefined;
  /** Each further one, until the function returned is called. */
  listen(listener: (frame: string) => void): () => void;
};

/** The feeds by agent; a feed begins with its first listener. */
export function createAgentFeeds(desk: Desk): { of(agentId: AgentId): AgentFeed; close(): void } {
  const feeds = new Map<AgentId, AgentFeed & { end(): void }>();
  return {
    of(agentId) {
      const known = feeds.get(agentId);
      if (known) return known;
      const made = createFeed(desk, agentId, () => feeds.delete(agentId));
      feeds.set(agentId, made);
      return made;
    },
    close() {
      for (const feed of [...feeds.values()]) feed.end();
    },
  };
}

function createFeed({ conversations }: Desk, agentId: AgentId, onEnd: () => void): AgentFeed & { end(): void } {
  const listeners = new Set<(frame: string) => void>();
  const kept: string[] = [];
  let seq = 0;
  let linger: NodeJS.Timeout | undefined;
  const stop = conversations.follow(agentId, (news) => {
    const frame = JSON.stringify(lasts(news) ? { seq: ++seq, ...newsAnswer(news) } : newsAnswer(news));
    if (lasts(news)) kept.push(frame);
    if (kept.length > KEPT_MAX) kept.shift();
    for (const listener of listeners) listener(frame);
  });
  function end(): void {
    clearTimeout(linger);
    stop();
    onEnd();
  }
  return {
    stream: randomBytes(STREAM_BYTES).toString('base64url'),
    seq: () => seq,
    since: (after) => (after < seq - kept.length || after > seq ? undefined : kept.slice(kept.length - (seq - after))),
    listen(listener) {
      clearTimeout(linger);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) linger = setTimeout(end, LINGER_MS).unref();
      };
    },
    end,
  };
}

/** Somebody who was away does not want to know who was typing then. */
function lasts({ type }: AgentNews): boolean {
  return type !== 'typing' && type !== 'seen';
}

function newsAnswer(news: AgentNews): object {
  switch (news.type) {
    case 'offer':
      return { type: news.type, offer: offerAnswer(news.offer) };
    case 'contact':
      return { type: news.type, contact: talkAnswer(news.contact) };
    case 'message':
      return { ...news, line: lineAnswer(news.line) };
    case 'agent':
      return { type: news.type, agent: agentAnswer(news.agent) };
    default:
      return news;
  }
}

export function situationAnswer({ agent, offers, contacts }: Situation): object {
  return { agent: agentAnswer(agent), offers: offers.map(offerAnswer), contacts: contacts.map(talkAnswer) };
}

function offerAnswer(offer: OfferView): object {
  return { ...offer, ...moment('deadline', offer.deadlineMs) };
}

function talkAnswer(talk: TalkView): object {
  return { ...talk, ...moment('since', talk.sinceMs), lines: talk.lines.map(lineAnswer) };
}
