import type { RecognitionFailureCode } from '../recognition-failure.ts';

/** The codes of gRPC that we know more about than that something failed (grpc.io/docs/guides/status-codes). */
export const GRPC = {
  ok: 0,
  /** By the other side: its server goes down in good order. */
  cancelled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  permissionDenied: 7,
  resourceExhausted: 8,
  /** A stream that is longer than 305 s, or was without sound for 10 s. */
  outOfRange: 11,
  unavailable: 14,
  unauthenticated: 16,
} as const;

const CODES: ReadonlyMap<number, RecognitionFailureCode> = new Map([
  [GRPC.cancelled, 'recognition.unreachable'],
  [GRPC.deadlineExceeded, 'recognition.timed_out'],
  [GRPC.permissionDenied, 'recognition.refused'],
  [GRPC.resourceExhausted, 'recognition.refused'],
  [GRPC.unavailable, 'recognition.unreachable'],
  [GRPC.unauthenticated, 'recognition.refused'],
]);

export function failureOfStatus(status: number): RecognitionFailureCode {
  return CODES.get(status) ?? 'recognition.engine_failed';
}
