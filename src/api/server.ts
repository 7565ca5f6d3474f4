import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import type { Desk } from '../controller/desk.ts';
import { serveAgentSockets } from './agent-socket/agent-sockets.ts';
import { keyCheck, requireKey } from './authentication.ts';
import { keepConnections, type UpgradeHandler } from './connections.ts';
import type { ApiContext } from './context.ts';
import { answerBrokenConnection, answerError, answerErrors } from './error-answers.ts';
import { takeJsonOnly } from './json-body.ts';
import { lazySchemas } from './lazy-schemas.ts';
import { API_LIMITS, type ApiLimits, BODY_BYTES_MAX, ID_CHARACTERS_MAX } from './limits.ts';
import type { ApiLog } from './log.ts';
import { serveOpenApi } from './openapi.ts';
import { type Page, servePages } from './pages.ts';
import { agentRoutes } from './routes/agents.ts';
import { auditRoutes } from './routes/audit.ts';
import { calendarRoutes } from './routes/calendars.ts';
import { callControlRoutes } from './routes/call-control.ts';
import { callbackRoutes } from './routes/callbacks.ts';
import { clickRoutes } from './routes/click.ts';
import { contactRoutes } from './routes/contacts.ts';
import { conversationRoutes } from './routes/conversations.ts';
import { decisionRoutes } from './routes/decisions.ts';
import { doNotCallRoutes } from './routes/do-not-call.ts';
import { emergencyRoutes } from './routes/emergency.ts';
import { flowRoutes } from './routes/flows.ts';
import { healthRoutes } from './routes/health.ts';
import { listRoutes } from './routes/lists.ts';
import { queueRoutes } from './routes/queues.ts';
import { recordingFateRoutes } from './routes/recordings/fate.ts';
import { recordingKeyRoutes } from './routes/recordings/keys.ts';
import { callRecordingRoutes } from './routes/recordings/of-call.ts';
import { recordingRoutes } from './routes/recordings/recordings.ts';
import { recordingSoundRoutes } from './routes/recordings/sound.ts';
import { reportRoutes } from './routes/reports.ts';
import { siteRoutes } from './routes/site.ts';
import { supervisionRoutes } from './routes/supervision.ts';
import { telephonyRoutes } from './routes/telephony.ts';
import { traceRoutes } from './routes/traces.ts';
import { transcriptionRoutes } from './routes/transcription.ts';
import { wrapUpRoutes } from './routes/wrap-ups.ts';
import { SHARED_SCHEMAS } from './schemas.ts';

export type ApiOptions = {
  readonly desk: Desk;
  /** At least 16 characters. */
  readonly apiKey: string;
  readonly log: ApiLog;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly release: string;
  readonly now?: () => number;
  readonly limits?: Partial<ApiLimits>;
  /** Pages that are served as they are. */
  readonly pages?: readonly Page[];
  /** Who takes over connections that ask, at these paths, to become WebSockets. */
  readonly upgrades?: Readonly<Record<string, UpgradeHandler>>;
};

export type Api = {
  /** Begins to listen and returns the address, such as `http://127.0.0.1:8080`. Rejects when the port is taken. */
  listen(): Promise<string>;
  /** Lets answers under way finish, within a bound. May be called twice. */
  close(): Promise<void>;
  /** Sends a request without a socket, for tests. */
  readonly inject: FastifyInstance['inject'];
};

const ROUTES = [
  healthRoutes,
  siteRoutes,
  calendarRoutes,
  contactRoutes,
  conversationRoutes,
  callControlRoutes,
  decisionRoutes,
  queueRoutes,
  agentRoutes,
  wrapUpRoutes,
  flowRoutes,
  traceRoutes,
  telephonyRoutes,
  callbackRoutes,
  clickRoutes,
  doNotCallRoutes,
  listRoutes,
  reportRoutes,
  recordingRoutes,
  recordingFateRoutes,
  recordingSoundRoutes,
  recordingKeyRoutes,
  callRecordingRoutes,
  transcriptionRoutes,
  supervisionRoutes,
  emergencyRoutes,
  auditRoutes,
];

/** Builds the HTTP API on the controller's desk. Throws when the API key is too short. */
export async function createApi(options: ApiOptions): Promise<Api> {
  const limits = { ...API_LIMITS, ...options.limits };
  const context: ApiContext = { desk: options.desk, release: options.release, now: options.now ?? Date.now };
  const app = bareServer(limits, options.log);
  answerErrors(app, options.log);
  takeJsonOnly(app);
  const check = keyCheck(options.apiKey, context.now);
  requireKey(app, check);
  logAnswers(app, options.log);
  for (const schema of SHARED_SCHEMAS) app.addSchema(schema);
  await serveOpenApi(app, options.release);
  for (const routes of ROUTES) routes(app, context);
  servePages(app, options.pages ?? []);
  await app.ready();
  const agents = serveAgentSockets({ desk: options.desk, check });
  const upgrades = options.upgrades ?? {};
  const connections = keepConnections(app.server, limits.connections, (path) =>
    Object.hasOwn(upgrades, path) ? upgrades[path] : agents.handlerFor(path),
  );
  let closing: Promise<void> | undefined;
  return {
    async listen() {
      await app.listen({ host: options.host, port: options.port });
      const { address, port, family } = app.server.address() as AddressInfo;
      return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
    },
    close: () => {
      closing ??= (async () => {
        await agents.close();
        connections.cutUpgraded();
        await closeWithin(app, limits.closeMs);
      })();
      return closing;
    },
    inject: app.inject.bind(app) as FastifyInstance['inject'],
  };
}

function bareServer(limits: ApiLimits, log: ApiLog): FastifyInstance {
  const app = fastify({
    logger: false,
    trustProxy: false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: limits.requestMs,
    handlerTimeout: limits.answerMs,
    keepAliveTimeout: limits.keepAliveMs,
    // Node looks for late requests only this often.
    http: { connectionsCheckingInterval: Math.min(1000, limits.requestMs), headersTimeout: limits.requestMs },
    // A client's own request id would let it write into our log.
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    return503OnClosing: false,
    routerOptions: { maxParamLength: ID_CHARACTERS_MAX },
    // Unknown parameters are refused and not dropped, and a finding brings the schema along for its error message.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, verbose: true } },
    schemaController: { compilersFactory: lazySchemas() },
    frameworkErrors: (error, request, reply) => answerError(error, request, reply, log),
    clientErrorHandler: answerBrokenConnection,
  });
  return app;
}

/** One line per answer, with the route's pattern and not the address: an address may hold anything. */
function logAnswers(app: FastifyInstance, log: ApiLog): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const tookMs = Math.round(reply.elapsedTime);
    log.debug({ requestId: request.id, method: request.method, route, status: reply.statusCode, tookMs }, 'answered');
  });
}

async function closeWithin(app: FastifyInstance, closeMs: number): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), closeMs);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}
