import type { StepKind } from './step-kind.ts';
import { answer } from './steps/answer.ts';
import { gather } from './steps/gather.ts';
import { hangup } from './steps/hangup.ts';
import { menu } from './steps/menu.ts';
import { play } from './steps/play.ts';
import { queue } from './steps/queue.ts';
import { schedule } from './steps/schedule.ts';
import { set } from './steps/set.ts';
import { switchStep } from './steps/switch.ts';

/** Every step type, by name. A new one is a file under steps/, a line here, a test, and a paragraph in docs/flows.md. */
export const STEPS: ReadonlyMap<string, StepKind> = new Map(
  [answer, play, menu, gather, set, switchStep, schedule, queue, hangup].map((kind) => [kind.type, kind]),
);
