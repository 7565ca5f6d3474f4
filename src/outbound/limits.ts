/** Most orders that are open at once; more are refused with `full`. About 1 KB each. */
export const ORDERS_MAX = 50_000;
/** Most open orders for one number, whatever their queues. */
export const ORDERS_PER_NUMBER_MAX = 5;
/** Closed orders that are still shown, the newest; the journal has all of them. */
export const CLOSED_ORDERS_MAX = 10_000;
/** Most numbers that nobody may call; more are refused. */
export const DO_NOT_CALL_MAX = 200_000;
/** Most lists that are known at once. */
export const LISTS_MAX = 1000;
/** Calls of a list by which its rate of abandoned calls is told, the newest. */
export const LIST_CALLS_KEPT_MAX = 1000;
/** Most orders that come to be items because of one event; the rest follows at once with the next look at the time. */
export const ATTEMPTS_AT_ONCE_MAX = 2000;
/** Ends of attempts that are remembered of one order, the newest. */
export const ATTEMPTS_KEPT_MAX = 20;
/** A customer who has answered and hears nobody after this time counts as abandoned (FTC 16 CFR 310.4(b)(4), Ofcom: 2 s). */
export const AGENT_WITHIN_MS = 2000;
