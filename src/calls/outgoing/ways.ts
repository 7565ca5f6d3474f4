import type { OutgoingRefusal } from '../../model/call/call-event.ts';
import { dialledNumber, isShort, outgoingRule } from '../../model/call/dialled-number.ts';
import type { Way } from '../../model/call/leg.ts';
import type { Outgoing, OutgoingRule } from '../../model/call/trunk.ts';
import { failed, ok, type Result } from '../../model/failure.ts';
import type { TrunkId } from '../../model/ids.ts';
import type { Site } from '../../model/site.ts';

/** What is dialled outside, and which number is to be shown; null: as the rule says. */
export type Wish = {
  readonly number: string;
  readonly callerId: string | null;
  /** True: a number that may not be shown is left out instead of refusing the call. */
  readonly lenient?: boolean;
};

/** How busy the ways to the outside are. */
export type Load = {
  readonly calls: number;
  readonly callsOf: (trunkId: TrunkId) => number;
  /** What calls have cost today, those that are up included. */
  readonly cost: number;
};

/** The ways to a number, the one to be tried first in front; there is at least one. */
export type Ways = { readonly ways: readonly Way[]; readonly cost: number };

/**
 * How a number outside is reached by the rules of the site: the longest prefix that fits says which trunks carry it, what the
 * trunk is given and which number is shown. Everything that no rule allows is refused, and so is what is over the limits
 * against toll fraud. Failures have the codes of OUTGOING_REFUSALS.
 */
export function waysTo(site: Site, wish: Wish, load: Load): Result<Ways> {
  const { outgoing } = site;
  const number = dialledNumber(wish.number, outgoing.country);
  if (number === undefined) return refused('outgoing.number_invalid', 'This is no number that can be dialled.');
  const rule = outgoingRule(outgoing, number);
  const trunks = rule?.trunks.filter((id) => Object.hasOwn(site.trunks, id)) ?? [];
  if (!rule || trunks.length === 0) {
    return refused('outgoing.not_allowed', 'No rule of the site allows numbers like this one.');
  }
  const callerId = callerIdFor(outgoing, rule, wish);
  if (callerId === undefined) {
    return refused('outgoing.caller_id_not_allowed', 'This number may not be shown as the number of the site.');
  }
  const over = isShort(rule) ? undefined : overLimits(outgoing, rule, load);
  if (over) return over;
  const ways = trunks.map((trunkId, attempt) => ({ trunkId, number: inForm(number, rule), callerId, attempt }));
  const isFree = (trunkId: TrunkId): boolean => load.callsOf(trunkId) < site.trunks[trunkId]!.callsMax;
  const free = ways.filter(({ trunkId }) => isShort(rule) || isFree(trunkId));
  if (free.length === 0) return refused('outgoing.trunks_busy', 'All trunks for such numbers are busy.');
  return ok({ ways: free, cost: rule.costPerMinute });
}

/** The limits against toll fraud. A call that costs nothing is let through however much was spent. */
function overLimits(outgoing: Outgoing, { costPerMinute }: OutgoingRule, load: Load): Refused | undefined {
  if (load.calls >= outgoing.callsMax) {
    return refused('outgoing.calls_max', 'As many calls to the outside are up as the site allows.');
  }
  if (costPerMinute > 0 && load.cost + costPerMinute > outgoing.costPerDayMax) {
    return refused('outgoing.cost_max', 'Calls to the outside have cost as much today as the site allows.');
  }
  return undefined;
}

/** The number that is shown: the one that was wished for where it is allowed, else the rule's, else the site's. */
function callerIdFor(outgoing: Outgoing, rule: OutgoingRule, { callerId, lenient }: Wish): string | undefined {
  const usual = rule.callerId ?? outgoing.callerId;
  if (callerId === null || callerId === '') return usual;
  const allowed = [usual, outgoing.callerId, ...outgoing.callerIds];
  if (allowed.includes(callerId)) return callerId;
  return lenient ? usual : undefined;
}

/** As the trunk wants it: digits are taken from the front, the plus counts as one of them, then others are put in front. */
function inForm(number: string, { strip, add }: OutgoingRule): string {
  return add + number.slice(strip);
}

type Refused = ReturnType<typeof failed>;

function refused(code: OutgoingRefusal, message: string): Refused {
  return failed(code, message);
}
