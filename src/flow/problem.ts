/** Something wrong in a file that an ops engineer edits: where it is, what it is, and what to do. Lines and columns count from 1. */
export type Problem = {
  readonly code: ProblemCode;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** A warning does not keep the folder from coming into service. Absent: an error. */
  readonly severity?: 'error' | 'warning';
};

/** Every problem that a check can find; docs/errors.md has a row for each. */
export const PROBLEMS = {
  'yaml.syntax': 'the text is not valid YAML',
  'yaml.duplicate': 'a key stands twice in one map',
  'yaml.comment': 'a line that YAML reads as a comment, where the hash key was meant',
  'yaml.template': '{{ }} without the dollar sign is a YAML map, not an expression',
  'key.unknown': 'a key that does not exist here',
  'key.missing': 'a key that must be there is missing',
  'value.type': 'a value of the wrong kind',
  'value.range': 'a value outside its limits',
  'value.choice': 'a value that is not one of those allowed',
  'step.type_unknown': 'a step type that does not exist',
  'step.unknown': 'a step that does not exist in this flow',
  'step.unreachable': 'a step that no other step leads to',
  'step.circular': 'steps that lead to each other without waiting for anybody, and without a bound',
  'step.endless': 'steps from which no way leads to an end',
  'step.customer_gone': 'a step that needs a customer, where the flow goes on after the customer has left',
  'step.while_waiting': 'a step that makes no sense in a flow that runs while the customer waits in a queue',
  'outcome.unknown': 'an outcome that this step cannot have',
  'outcome.missing': 'an outcome of which nothing is said, although it needs to be',
  'flow.unknown': 'a flow that does not exist',
  'flow.duplicate': 'two files with the same flow',
  'flow.unused': 'a flow that nothing leads to',
  'flow.circular': 'flows that call each other without a way out',
  'parameter.unknown': 'a parameter that the flow does not have',
  'parameter.missing': 'a parameter that the flow must be given',
  'queue.unknown': 'a queue that does not exist',
  'queue.unstaffed': 'a queue that no agent serves',
  'skill.unknown': 'a skill that no agent has',
  'prompt.missing': 'a recording that is not in the flows folder',
  'prompt.format': 'a recording in a form that cannot be played',
  'prompt.ssml': 'a marked-up text (SSML) that cannot be spoken',
  'table.duplicate': 'two files with the same table',
  'table.unknown': 'a table that is not in the flows folder',
  'variable.unknown': 'a name in an expression that does not exist here',
  'variable.unset': 'a variable that is read where no step before can have filled it',
  'sensitive.exposed': 'sensitive input that would be spoken, shown or kept',
  'expression.invalid': 'an expression that cannot be read',
  'expression.type': 'an expression whose parts do not go together, such as text and a number',
  'expression.too_large': 'an expression that is too long or nested too deep',
  'phrase.duplicate': 'words that mean two different choices',
  'pattern.invalid': 'a pattern that cannot be read, or not matched in bounded time',
  'pattern.never_matches': 'a pattern that nothing that may be entered can match',
  'timeout.order': 'a time that can never run out, because another one always ends before',
  'language.missing': 'a prompt by language that says nothing in a language of the site',
  'language.unknown': 'a language that the site does not have',
  'http.host_open': 'an address whose host an expression could change',
  'extension.unknown': 'an extension that no agent has',
  'extension.duplicate': 'an extension that something else is dialled by, too',
  'music.unknown': 'a class of music that the site does not have',
  'trunk.unknown': 'a trunk that the site does not have',
  'trunk.password_missing': 'a trunk with a user name whose password is not among the secrets',
  'engine.unknown': 'a speech engine that the site does not have',
  'engine.unfit': 'a speech engine that cannot do what it is named for',
  'engine.secret_missing': 'a speech engine whose secret is not among the secrets',
  'voice.unknown': 'a voice that the speech engine does not have',
  'id.reserved': 'a name that begins with @, which agents\u2019 own queues do',
  'key.conflict': 'a key that means nothing, or something else, beside another',
  'skill.level_unreached': 'a level of a skill that nobody reaches',
  'team.unknown': 'a team that does not exist',
  'team.unstaffed': 'a team of which nobody serves the queue',
  'queue.unservable': 'a queue whose agents can never take anything from it',
  'agent.unknown': 'an agent that does not exist',
  'calendar.unknown': 'a calendar that does not exist',
  'calendar.overlap': 'hours of one day that overlap',
  'calendar.zone_unknown': 'a time zone that does not exist',
  'calendar.date_impossible': 'a date that does not exist',
  'capacity.unknown': 'a capacity that does not exist',
  'capacity.never_fits': 'a weight above the load',
  'label.unknown': 'a label, or channel, that does not exist',
  'relaxation.unreachable': 'a relaxation step that is never taken',
  'relaxation.not_rising': 'a relaxation step that comes no later than the one before',
  'relaxation.empty': 'a relaxation step without a condition, or without an effect',
  'overflow.unreachable': 'an overflow rule that is never taken',
  'overflow.circular': 'queues that overflow into each other',
  'shares.sum': 'shares that do not make 100 percent',
  'last_agent.hold_too_long': 'an item kept for its last agent until after it has overflowed',
  'site.missing': 'the flows folder has no site.yaml',
  'test.action': 'a line of a flow test that does not say exactly one thing to do',
  'test.failed': 'a flow test that the flow does not pass',
  'test.empty': 'a flow test that neither does nor expects anything',
  'folder.too_large': 'more files, or larger ones, than a flows folder may hold',
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** Problems that only warn: what was written works, and most likely not as it was meant. */
export const WARNINGS: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'flow.unused',
  'language.missing',
  'timeout.order',
  'trunk.password_missing',
  'engine.secret_missing',
]);

/** What keeps the folder from coming into service. */
export function isError({ severity }: Problem): boolean {
  return severity !== 'warning';
}

/** `file:line:column code message`, the form that editors and CI systems make clickable. */
export function problemLine(problem: Problem): string {
  const { file, line, column, code, message } = problem;
  return `${file}:${line}:${column} ${code} ${isError(problem) ? '' : 'Warning: '}${message}`;
}
