import { ok, type Result } from '../../model/failure.ts';
import type { Engine, EngineCaps, EngineContext } from '../engine.ts';
import { recognitionFailed } from '../recognition-failure.ts';
import { connectGoogle, connectNow, type GoogleClient } from './google-client.ts';
import type { GoogleSetting } from './google-request.ts';
import { GOOGLE_LIMITS, type GoogleLimits, type GoogleSession, GoogleUtterance } from './google-utterance.ts';

const CAPS: EngineCaps = { grammar: false, freeForm: 'yes', partials: true, languages: 'any', local: false };

/** Google Cloud Speech-to-Text v2 (docs/recognition-engines.md). One connection serves all utterances. */
export function openGoogle(
  name: string,
  setting: GoogleSetting,
  context: EngineContext,
  limits: GoogleLimits = GOOGLE_LIMITS,
): Engine {
  const utterances = new Set<GoogleUtterance>();
  let connection: Promise<Result<GoogleClient>> | undefined;
  let closed = false;

  /** Kept when it could be made; a secret that is put right is found at the next utterance. */
  async function client(): Promise<Result<GoogleClient>> {
    if (closed) return recognitionFailed('recognition.closed');
    const secret = setting.secret === null ? undefined : context.secretOf(setting.secret);
    const connecting = connection ?? connectGoogle(setting, secret);
    connection = connecting;
    const result = await connecting;
    if (!result.ok && connection === connecting) connection = undefined;
    return closed ? recognitionFailed('recognition.closed') : result;
  }

  /** Utterances that are being heard go on: gRPC closes a connection when its last call has ended. */
  async function disconnect(): Promise<void> {
    const open = await takeConnection();
    if (open?.ok) await open.value.close();
  }

  function takeConnection(): typeof connection {
    const taken = connection;
    connection = undefined;
    return taken;
  }

  const session: GoogleSession = {
    setting,
    limits,
    client,
    longModelOnly: new Set(),
    refused: () => void disconnect(),
    over: (utterance) => utterances.delete(utterance),
  };

  return {
    name,
    caps: CAPS,
    hear(order, told) {
      const utterance = new GoogleUtterance(session, order, told);
      utterances.add(utterance);
      return utterance;
    },
    warm() {
      void client().then((result) => (result.ok ? connectNow(result.value) : undefined));
    },
    async check() {
      const result = await client();
      return result.ok ? ok(undefined) : result;
    },
    async close() {
      closed = true;
      for (const utterance of [...utterances]) utterance.drop();
      await disconnect();
    },
  };
}
