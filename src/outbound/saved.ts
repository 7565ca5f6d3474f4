import { emptyOutbound, type OutboundState } from './state.ts';

/** The orders as plain JSON, for a snapshot; deadlines follow from the rest. */
export type SavedOutbound = Record<string, unknown>;

export function saveOutbound(_state: OutboundState): SavedOutbound {
  return {};
}

export function restoreOutbound(_saved: SavedOutbound): OutboundState {
  return emptyOutbound();
}
