import type { StepKind } from './step-kind.ts';
import { answer } from './steps/call/answer.ts';
import { gather } from './steps/asking/gather.ts';
import { hangup } from './steps/call/hangup.ts';
import { menu } from './steps/asking/menu.ts';
import { play } from './steps/call/play.ts';
import { queue } from './steps/waiting/queue.ts';
import { schedule } from './steps/logic/schedule.ts';
import { set } from './steps/logic/set.ts';
import { switchStep } from './steps/logic/switch.ts';

/** Every step type, by name. A new one is a file under steps/, a line here, a test, and a paragraph in docs/flows.md. */
export const STEPS: ReadonlyMap<string, StepKind> = new Map(
  [answer, play, menu, gather, set, switchStep, schedule, queue, hangup].map((kind) => [kind.type, kind]),
);
