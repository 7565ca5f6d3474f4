import { muteSide, stopSide } from '../act/record.ts';
import { sideEnded } from '../act/recording-end.ts';
import type { LiveRecording } from '../ari/generated.ts';
import type { Ear } from './ear.ts';

/** What was asked for between the request and the beginning is made good now. */
export function recordingStarted(ear: Ear, name: string): void {
  const found = ear.recordings.ofSide(name);
  if (!found) return;
  const { recording, side } = found;
  side.stage = 'running';
  side.startedAtMs = ear.host.now();
  if (recording.paused) muteSide(ear, name, true);
  if (recording.stopped) stopSide(ear, name, recording.discard);
}

export function recordingEnded(ear: Ear, { name, duration }: LiveRecording, stage: 'done' | 'failed'): void {
  const found = ear.recordings.ofSide(name);
  if (!found) return;
  const { recording, side } = found;
  // Asterisk counts whole seconds of sound; our own clock is finer, but knows nothing of the silence that ends a message.
  const secondsMs = Math.max(0, duration ?? 0) * 1000;
  const elapsedMs = side.startedAtMs === undefined ? secondsMs : ear.host.now() - side.startedAtMs;
  side.durationMs = recording.message ? secondsMs : elapsedMs;
  sideEnded(ear, recording, side, stage);
}
