/** The little of ari-client 2.2.0 that the far end uses. Its promises are Bluebird's. */
declare module 'ari-client' {
  export type AriChannel = {
    readonly id: string;
    readonly name: string;
    readonly state: string;
    readonly caller: { readonly name: string; readonly number: string };
  };

  export type AriEvent = {
    readonly type: string;
    readonly args?: readonly string[];
    readonly channel?: AriChannel;
    readonly digit?: string;
    readonly cause?: number;
    readonly cause_txt?: string;
    /** SIP status of the call's end. */
    readonly tech_cause?: number;
    readonly recording?: { readonly name: string; readonly cause?: string };
    /** `target_uri`: `channel:` and the id of the channel. */
    readonly playback?: { readonly id: string; readonly target_uri: string };
  };

  export type AriParameters = Readonly<Record<string, unknown>>;
  type Operation = (parameters: AriParameters) => PromiseLike<unknown>;

  export type Client = {
    readonly applications: { readonly filter: Operation };
    readonly asterisk: { readonly updateObject: Operation; readonly deleteObject: Operation };
    readonly channels: {
      readonly originate: Operation;
      readonly answer: Operation;
      readonly hangup: Operation;
      readonly sendDTMF: Operation;
      readonly hold: Operation;
      readonly unhold: Operation;
      readonly redirect: Operation;
      readonly ring: Operation;
      readonly startMoh: Operation;
      readonly stopMoh: Operation;
      readonly startSilence: Operation;
      readonly snoopChannelWithId: Operation;
      readonly record: Operation;
      readonly playWithId: Operation;
    };
    readonly recordings: { readonly stop: Operation };
    readonly playbacks: { readonly stop: Operation };
    /** The socket of the events, once `start` has resolved. */
    readonly _ws: import('node:events').EventEmitter;
    /** `subscribeAll` also brings the events of channels that left the application. */
    start(app: string, subscribeAll: boolean): PromiseLike<void>;
    stop(): void;
    on(event: '*', listener: (event: AriEvent) => void): void;
    on(event: 'WebSocketMaxRetries', listener: () => void): void;
  };

  export function connect(url: string, user: string, password: string): PromiseLike<Client>;
}
