import type { StepKind } from './step-kind.ts';
import { authenticate } from './steps/asking/authenticate.ts';
import { confirm } from './steps/asking/confirm.ts';
import { directory } from './steps/asking/directory.ts';
import { gather } from './steps/asking/gather.ts';
import { language } from './steps/asking/language.ts';
import { menu } from './steps/asking/menu.ts';
import { survey } from './steps/asking/survey.ts';
import { answer } from './steps/call/answer.ts';
import { conference } from './steps/call/conference.ts';
import { detectMachine } from './steps/call/detect-machine.ts';
import { dial } from './steps/call/dial.ts';
import { hangup } from './steps/call/hangup.ts';
import { music } from './steps/call/music.ts';
import { play } from './steps/call/play.ts';
import { progress } from './steps/call/progress.ts';
import { record } from './steps/call/record.ts';
import { recording } from './steps/call/recording.ts';
import { reject } from './steps/call/reject.ts';
import { ring } from './steps/call/ring.ts';
import { sendDtmf } from './steps/call/send-dtmf.ts';
import { stream } from './steps/call/stream.ts';
import { transfer } from './steps/call/transfer.ts';
import { voicemail } from './steps/call/voicemail.ts';
import { wait } from './steps/call/wait.ts';
import { emit } from './steps/integration/emit.ts';
import { http } from './steps/integration/http.ts';
import { log } from './steps/integration/log.ts';
import { lookup } from './steps/integration/lookup.ts';
import { notify } from './steps/integration/notify.ts';
import { tag } from './steps/integration/tag.ts';
import { callFlow } from './steps/logic/call-flow.ts';
import { fail } from './steps/logic/fail.ts';
import { goTo } from './steps/logic/goto.ts';
import { loop } from './steps/logic/loop.ts';
import { returnStep } from './steps/logic/return.ts';
import { schedule } from './steps/logic/schedule.ts';
import { set } from './steps/logic/set.ts';
import { split } from './steps/logic/split.ts';
import { switchStep } from './steps/logic/switch.ts';
import { transferFlow } from './steps/logic/transfer-flow.ts';
import { callback } from './steps/waiting/callback.ts';
import { queue } from './steps/waiting/queue.ts';
import { queueStatus } from './steps/waiting/queue-status.ts';

const ALL: readonly StepKind[] = [
  answer,
  ring,
  progress,
  reject,
  play,
  hangup,
  menu,
  gather,
  confirm,
  authenticate,
  language,
  directory,
  survey,
  set,
  switchStep,
  split,
  loop,
  goTo,
  callFlow,
  returnStep,
  transferFlow,
  fail,
  schedule,
  http,
  lookup,
  emit,
  log,
  tag,
  notify,
  wait,
  music,
  queue,
  queueStatus,
  callback,
  voicemail,
  record,
  recording,
  dial,
  transfer,
  conference,
  sendDtmf,
  detectMachine,
  stream,
];

/** Every step type, by name. A new one is a file under steps/, two lines here, a test, and a section in docs/flows.md. */
export const STEPS: ReadonlyMap<string, StepKind> = new Map(ALL.map((kind) => [kind.type, kind]));
