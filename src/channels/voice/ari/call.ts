import { type AriOperation, type AriOperationShape, type AriParameters, ariOperations } from './generated.ts';

/** One ARI operation, ready to go over either transport. */
export type AriCall = {
  readonly operation: AriOperation;
  readonly method: AriOperationShape['method'];
  /** Path and query without a slash in front: Asterisk answers 405 over the socket when there is one. */
  readonly uri: string;
  /** JSON text. */
  readonly body: string | undefined;
  readonly answer: AriOperationShape['answer'];
};

export function encodeCall<O extends AriOperation>(operation: O, parameters: AriParameters[O]): AriCall {
  const shape: AriOperationShape = ariOperations[operation];
  const values = parameters as Record<string, unknown>;
  return {
    operation,
    method: shape.method,
    uri: encodePath(shape.path, values) + encodeQuery(shape.query, values),
    body: encodeBody(shape.body, values),
    answer: shape.answer,
  };
}

function encodePath(path: string, values: Record<string, unknown>): string {
  let uri = '';
  let at = 1;
  for (let open = path.indexOf('{', at); open !== -1; open = path.indexOf('{', at)) {
    const close = path.indexOf('}', open);
    uri += path.slice(at, open) + encodeURIComponent(String(values[path.slice(open + 1, close)]));
    at = close + 1;
  }
  return uri + path.slice(at);
}

function encodeQuery(names: readonly string[], values: Record<string, unknown>): string {
  let query = '';
  for (const name of names) {
    const value = values[name];
    // An array joins with commas, which is how Asterisk takes more than one value.
    if (value !== undefined) query += `${query === '' ? '?' : '&'}${name}=${encodeURIComponent(String(value))}`;
  }
  return query;
}

function encodeBody(body: AriOperationShape['body'], values: Record<string, unknown>): string | undefined {
  const value = body && values[body.name];
  if (body === undefined || value === undefined) return undefined;
  return JSON.stringify(body.whole ? value : { [body.name]: value });
}
