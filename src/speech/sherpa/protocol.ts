/** What the process that speaks with sherpa is asked. */
export type ToChild =
  | { readonly what: 'open'; readonly module: string; readonly config: object }
  | {
      readonly what: 'speak';
      readonly job: number;
      readonly words: string;
      readonly speaker: number;
      readonly rate: number;
    }
  | { readonly what: 'stop'; readonly job: number };

/** What it answers. After `ended` nothing more comes of a job. */
export type FromChild =
  | { readonly what: 'opened'; readonly rate: number; readonly speakers: number }
  | { readonly what: 'unopened'; readonly reason: string }
  | { readonly what: 'sound'; readonly job: number; readonly samples: Int16Array }
  | { readonly what: 'ended'; readonly job: number; readonly failed: boolean };
