import { ALLOW_RULE_PATTERN, allowRuleOf } from '../../model/allow-rule.ts';
import type { HttpRules } from '../../model/site.ts';
import { listOrOne } from '../shape/list.ts';
import { defaulted, object } from '../shape/object.ts';
import { text } from '../shape/scalars.ts';
import { checked, type Shape } from '../shape/shape.ts';

const ALLOW_MAX = 200;

const ALLOW_RULE = checked(
  text({
    pattern: ALLOW_RULE_PATTERN,
    asked:
      'write a host (crm.example.com), all names below a domain ("*.example.com"), an address (10.1.2.3, "[fd00::1]") or a ' +
      'network (10.0.0.0/8); hosts and addresses may have a port (crm.example.com:8443)',
  }),
  (rule, tell) => {
    if (allowRuleOf(rule)) return;
    tell('value.range', [], `"${rule}" is no host, address or network; or its port is not 1 to 65535.`);
  },
);

export const HTTP_FIELDS = {
  allow: defaulted(
    listOrOne(ALLOW_RULE, ALLOW_MAX),
    [],
    'What flows may reach besides public addresses on ports 80, 443, 8080 and 8443: hosts, addresses, networks.',
  ),
};

/** What flows may ask over HTTP. */
export const HTTP_RULES: Shape<HttpRules> = object(HTTP_FIELDS);
