/** Every kind of contact that the dispatcher routes. One item of any of them waits, is offered and is handled alike. */
export const CHANNELS = ['voice', 'callback', 'voicemail', 'chat', 'message', 'email', 'video', 'task'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Channels that reach an agent by phone: nobody can be offered one whose phone is away, engaged or left alone for a while. */
export const PHONE_CHANNELS: ReadonlySet<Channel> = new Set<Channel>(['voice', 'callback', 'voicemail', 'video']);

/** The doors by which contacts come by themselves and go through flows. */
export const DOORS = ['voice', 'chat'] as const;
export type DoorName = (typeof DOORS)[number];

/** Doors where a customer reads and writes; what a flow says is shown there, and keys are choices. */
export const TEXT_CHANNELS: ReadonlySet<Channel> = new Set<Channel>(['chat', 'message', 'email']);
