/**
 * Ids are plain strings chosen by us before anything is asked of the outside world, so that no answer
 * can come before its listener and a repeated request does no harm.
 */

/** One contact of a customer, from arrival to end. A call's id is the unique id of its first channel. */
export type ContactId = string;
export type AgentId = string;
/** A queue of the site, or `@` and an agent's id for the queue of that agent alone. */
export type QueueId = string;
export type TeamId = string;
export type SkillId = string;
export type CalendarId = string;
export type CapacityId = string;
export type FlowId = string;
export type StepId = string;
/** One attempt to bring one contact to one agent; also the id of the agent's leg. */
export type OfferId = string;
/** One playing of one prompt to one contact. */
export type PromptId = string;
/** One line of text between a customer and the site. */
export type MessageId = string;
/** One request of a flow to another system, with all its attempts. */
export type RequestId = string;
/** A leg of a door's own: for voice the ARI channel id. */
export type LegId = string;

/** One sound that is kept: of a talk, or a message of a customer. */
export type RecordingId = string;
/** One order to call somebody. */
export type OrderId = string;
/** A list of numbers to be called. */
export type ListId = string;
export type TrunkId = string;

/** Wall clock, integer milliseconds since 1970. */
export type AtMs = number;
