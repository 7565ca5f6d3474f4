import { NO_OUTGOING, type Outgoing, type OutgoingRule } from '../../model/call/trunk.ts';
import { decimal } from '../shape/decimal.ts';
import { list, listOrOne } from '../shape/list.ts';
import { defaulted, emptyOf, type ObjectOf, object, optional, required } from '../shape/object.ts';
import { text, wholeNumber } from '../shape/scalars.ts';
import { checked, type Shape } from '../shape/shape.ts';
import { ID_TEXT } from './names.ts';

const RULES_MAX = 2000;
const CALLER_IDS_MAX = 1000;
const TRUNKS_OF_RULE_MAX = 20;
const COST_MAX = 1_000_000_000;

/** At most 15 digits after the plus (ITU-T E.164); a short number has no plus and is named as a whole. */
const PREFIX = text({
  pattern: /^(?:\+[0-9]{0,15}|[1-9][0-9]{2,5})$/,
  asked:
    'a prefix is + and digits, such as +49; + alone is all numbers; a short number such as 112 stands as it is dialled',
});
const COUNTRY = text({
  pattern: /^\+[1-9][0-9]{0,3}$/,
  asked: 'the prefix of a country is + and 1 to 4 digits, such as +49',
});
const CALLER_ID = text({ pattern: /^\+?[0-9]{1,20}$/, asked: 'a number has 1 to 20 digits, perhaps + in front' });
const ADDED = text({ pattern: /^[+*#]?[0-9]{0,15}$/, asked: 'what is put in front has digits, perhaps + before them' });

const RULE = object({
  prefix: required(
    PREFIX,
    'Beginning of the number in its international form; the longest that fits is taken. Or a short number such as "112", in quotes: it may be dialled whatever the limits say.',
    '+',
  ),
  trunks: defaulted(
    listOrOne(ID_TEXT, TRUNKS_OF_RULE_MAX),
    [],
    'In the order in which they are tried. None: such numbers are not dialled.',
  ),
  caller_id: optional(CALLER_ID, 'The number that is shown; that of the site when left out.'),
  cost_per_minute: defaulted(decimal({ min: 0, max: 1000 }), 0, 'In a unit of your own; each minute begun counts.'),
  strip: defaulted(
    wholeNumber({ min: 0, max: 16 }),
    0,
    'So many characters are taken from the front, the + among them.',
  ),
  add: optional(ADDED, 'Put in front after that, before the trunk sees the number.'),
});

const FIELDS = {
  rules: defaulted(list(RULE, RULES_MAX), [], 'Which numbers may be dialled, and by which trunks. All others may not.'),
  caller_id: optional(CALLER_ID, 'The number that is shown where the rule has none.'),
  caller_ids: defaulted(
    listOrOne(CALLER_ID, CALLER_IDS_MAX),
    [],
    'Numbers that agents, flows and orders may show instead.',
  ),
  country: optional(COUNTRY, 'Such as +49: numbers that begin with one 0 are of this country.'),
  calls_max: defaulted(
    wholeNumber({ min: 0, max: 10_000 }),
    NO_OUTGOING.callsMax,
    'Most calls to the outside at once.',
  ),
  cost_per_day_max: defaulted(
    decimal({ min: 0, max: COST_MAX }),
    NO_OUTGOING.costPerDayMax,
    'What all calls of a day may cost together; the day begins at midnight in the zone of the site.',
  ),
};
type WrittenOutgoing = ObjectOf<typeof FIELDS>;
export const NOTHING_OUTGOING: WrittenOutgoing = emptyOf(FIELDS);

export const OUTGOING: Shape<WrittenOutgoing> = checked(object(FIELDS), ({ rules }, tell) => {
  const prefixes = new Set<string>();
  for (const [at, { prefix }] of rules.entries()) {
    if (prefixes.has(prefix)) {
      tell('key.conflict', ['rules', at, 'prefix'], `There are two rules for ${prefix}. Keep one of them.`);
    }
    prefixes.add(prefix);
  }
});

export function outgoingOf(found: WrittenOutgoing): Outgoing {
  return {
    rules: found.rules.map(
      (rule): OutgoingRule => ({
        prefix: rule.prefix,
        trunks: rule.trunks,
        callerId: rule.caller_id ?? null,
        costPerMinute: rule.cost_per_minute,
        strip: rule.strip,
        add: rule.add ?? '',
      }),
    ),
    callerId: found.caller_id ?? NO_OUTGOING.callerId,
    callerIds: found.caller_ids,
    country: found.country ?? NO_OUTGOING.country,
    callsMax: found.calls_max,
    costPerDayMax: found.cost_per_day_max,
  };
}
