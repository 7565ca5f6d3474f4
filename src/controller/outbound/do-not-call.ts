import { dialledNumber } from '../../model/call/dialled-number.ts';
import type { AskedBy } from '../../model/event.ts';
import { failed, ok, type Result } from '../../model/failure.ts';
import { DO_NOT_CALL_MAX } from '../../outbound/limits.ts';
import type { LiveHall } from '../hall.ts';
import type { ForbiddenView, Orders } from './orders.ts';

/** The numbers that nobody may call. */
export function doNotCall(hall: LiveHall): Pick<Orders, 'forbid' | 'allow' | 'forbidden' | 'forbiddenList'> {
  const list = () => hall.state.outbound.doNotCall;
  return {
    forbid: (numbers, reason, by) => forbid(hall, numbers, reason, by),
    allow: (written, by) => {
      const found = one(hall, written);
      if (!found.ok) return found;
      hall.enter({ kind: 'do_not_call.removed', atMs: hall.now(), number: found.value.number, by });
      return found;
    },
    forbidden: (written) => one(hall, written),
    forbiddenList: (after, limit) => {
      const numbers = [...list()].filter(([number]) => number > after).sort(([a], [b]) => (a < b ? -1 : 1));
      return { numbers: numbers.slice(0, limit).map(([number, about]) => ({ number, ...about })), total: list().size };
    },
  };
}

/** All of them or none: who is told of a mistake corrects it and sends the whole again. */
function forbid(
  hall: LiveHall,
  written: readonly string[],
  reason: string,
  by: AskedBy,
): Result<{ readonly added: number }> {
  const { doNotCall: known, site } = hall.state.outbound;
  const numbers = written.map((one) => dialledNumber(one, site.outgoing.country));
  const wrong = numbers.indexOf(undefined);
  if (wrong >= 0) return failed('callback.number_invalid', 'This is no telephone number.', { place: wrong });
  const fresh = [...new Set(numbers as string[])].filter((number) => !known.has(number));
  if (known.size + fresh.length > DO_NOT_CALL_MAX) {
    return failed('do_not_call.full', `The list holds ${known.size} of ${DO_NOT_CALL_MAX} numbers.`);
  }
  for (const number of fresh) hall.enter({ kind: 'do_not_call.added', atMs: hall.now(), number, by, reason });
  return ok({ added: fresh.length });
}

function one(hall: LiveHall, written: string): Result<ForbiddenView> {
  const { doNotCall: known, site } = hall.state.outbound;
  const number = dialledNumber(written, site.outgoing.country);
  if (number === undefined) return failed('callback.number_invalid', 'This is no telephone number.');
  const about = known.get(number);
  return about ? ok({ number, ...about }) : failed('do_not_call.unknown', 'Nobody has forbidden this number.');
}
