import { ok, type Result } from '../../model/failure.ts';
import type { SpeechEngine } from '../../model/speech/engines.ts';
import type { Engine, EngineCaps, EngineContext } from '../engine.ts';
import { recognitionFailed } from '../recognition-failure.ts';
import { type Connection, connect } from './websocket-connection.ts';
import { type WebsocketSession, WebsocketUtterance } from './websocket-utterance.ts';

type WebsocketSetting = Extract<SpeechEngine, { readonly kind: 'websocket' }>;

const CAPS: EngineCaps = { grammar: false, freeForm: 'yes', partials: true, languages: 'any', local: false };
/** Connections that are kept for the next utterances, and how long. */
const IDLE_MAX = 4;
const IDLE_MS_MAX = 60_000;

/** Any recogniser that speaks our own small protocol over WebSocket (docs/recognition-engines.md). */
export function openWebsocket(name: string, setting: WebsocketSetting, context: EngineContext): Engine {
  const utterances = new Set<WebsocketUtterance>();
  const idle = new Map<Connection, NodeJS.Timeout>();
  let ids = 0;
  let warming = false;
  let closed = false;

  async function open(): Promise<Result<Connection>> {
    if (closed) return recognitionFailed('recognition.closed');
    const secret = setting.secret === null ? undefined : context.secretOf(setting.secret);
    if (setting.secret !== null && secret === undefined) return recognitionFailed('recognition.refused');
    const opened = await connect(setting.url, secret);
    if (!opened.ok || !closed) return opened;
    opened.value.close();
    return recognitionFailed('recognition.closed');
  }

  function forget(connection: Connection): void {
    clearTimeout(idle.get(connection));
    idle.delete(connection);
  }

  const session: WebsocketSession = {
    async take() {
      for (const connection of [...idle.keys()]) {
        forget(connection);
        if (connection.isOpen()) return ok(connection);
      }
      return open();
    },
    give(connection) {
      if (closed || idle.size === IDLE_MAX || !connection.isOpen()) return connection.close();
      const close = () => {
        forget(connection);
        connection.close();
      };
      idle.set(connection, setTimeout(close, IDLE_MS_MAX).unref());
      connection.serve({ heard: () => {}, closed: () => forget(connection) });
    },
    nextId: () => ++ids,
    over: (utterance) => utterances.delete(utterance),
  };

  return {
    name,
    caps: CAPS,
    hear(order, told) {
      const utterance = new WebsocketUtterance(session, order, told);
      utterances.add(utterance);
      return utterance;
    },
    warm() {
      if (warming || closed || idle.size > 0) return;
      warming = true;
      void open().then((opened) => {
        warming = false;
        if (opened.ok) session.give(opened.value);
      });
    },
    async check() {
      const taken = await session.take();
      if (!taken.ok) return taken;
      session.give(taken.value);
      return ok(undefined);
    },
    async close() {
      closed = true;
      for (const utterance of [...utterances]) utterance.drop();
      for (const connection of [...idle.keys()]) {
        forget(connection);
        connection.close();
      }
    },
  };
}
