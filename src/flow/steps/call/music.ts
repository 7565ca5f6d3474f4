import { defaulted, required } from '../../shape/object.ts';
import { choice } from '../../shape/scalars.ts';
import { stepKind } from '../../step-kind.ts';
import { MUSIC_CLASS } from './music-class.ts';

/** Starts music that goes on through the steps that follow, or stops it. Where the customer reads, nothing happens. */
export const music = stepKind({
  type: 'music',
  summary: 'Starts music that goes on behind the steps that follow, or stops it.',
  fields: {
    action: required(choice(['start', 'stop']), 'start or stop.', 'stop'),
    class: defaulted(MUSIC_CLASS, 'default', 'Class of music: one of site.yaml, or `default`.'),
  },
  answers: true,
  needsCustomer: true,
  outcomes: () => ['ok'],
  enter: ({ action, class: heard }, { inText }) => {
    if (inText) return { outcome: 'ok' };
    const tell =
      action === 'start' ? { kind: 'music.started' as const, music: heard } : { kind: 'music.stopped' as const };
    return { outcome: 'ok', tell: [tell] };
  },
});
