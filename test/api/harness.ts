import { type Api, type ApiOptions, createApi } from '../../src/api/server.ts';
import { type DeskFixture, deskFixture, NINE } from './desk-fixture.ts';

export const KEY = 'the-key-of-the-tests-0123456789';
export const NOW = NINE + 3_600_000;

export type LogLine = { readonly level: string; readonly fields: object; readonly message: string };
export type Answer = { readonly status: number; readonly headers: Record<string, unknown>; readonly body: string };

/** An API on a fixture desk, with the lines that it logged. */
export async function startApi(options: Partial<ApiOptions> = {}, desk: DeskFixture = deskFixture()) {
  const lines: LogLine[] = [];
  const write = (level: string) => (fields: object, message: string) => void lines.push({ level, fields, message });
  const log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
  const api: Api = await createApi({
    desk,
    apiKey: KEY,
    log,
    host: '127.0.0.1',
    port: 0,
    release: '0.1.0-test',
    now: () => NOW,
    ...options,
  });
  return { api, desk, lines };
}

export async function get(api: Api, url: string, headers: Record<string, string> = { 'x-api-key': KEY }) {
  return answerOf(await api.inject({ method: 'GET', url, headers }));
}

export async function post(api: Api, url: string, payload?: string | object, headers: Record<string, string> = {}) {
  const all = { 'x-api-key': KEY, ...headers };
  return answerOf(await api.inject({ method: 'POST', url, headers: all, ...(payload !== undefined && { payload }) }));
}

function answerOf(response: { statusCode: number; headers: Record<string, unknown>; body: string }): Answer {
  return { status: response.statusCode, headers: response.headers, body: response.body };
}

/** The error of an answer, after checking that it has the one shape. */
export function errorOf(answer: Answer): { code: string; message: string; details?: Record<string, string> } {
  const body = JSON.parse(answer.body);
  const { code, message, requestId, details, ...others } = body.error;
  const shaped = Object.keys(body).length === 1 && Object.keys(others).length === 0;
  if (!shaped || typeof message !== 'string' || typeof requestId !== 'string')
    throw new Error(`odd error ${answer.body}`);
  return { code, message, ...(details && { details }) };
}
