/** Something wrong in a file that an ops engineer edits: where it is, what it is, and what to do. Lines and columns count from 1. */
export type Problem = {
  readonly code: ProblemCode;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
};

/** Every problem that a check can find; docs/errors.md has a row for each. */
export const PROBLEMS = {
  'yaml.syntax': 'the text is not valid YAML',
  'yaml.duplicate': 'a key stands twice in one map',
  'yaml.template': '{{ }} without the dollar sign is a YAML map, not an expression',
  'key.unknown': 'a key that does not exist here',
  'key.missing': 'a key that must be there is missing',
  'value.type': 'a value of the wrong kind',
  'value.range': 'a value outside its limits',
  'value.choice': 'a value that is not one of those allowed',
  'step.type_unknown': 'a step type that does not exist',
  'step.unknown': 'a step that does not exist in this flow',
  'step.unreachable': 'a step that no other step leads to',
  'outcome.unknown': 'an outcome that this step cannot have',
  'outcome.missing': 'an outcome of which nothing is said, although it needs to be',
  'flow.unknown': 'a flow that does not exist',
  'flow.duplicate': 'two files with the same flow',
  'queue.unknown': 'a queue that does not exist',
  'queue.unstaffed': 'a queue that no agent serves',
  'skill.unknown': 'a skill that no agent has',
  'prompt.missing': 'a recording that is not in the flows folder',
  'prompt.format': 'a recording in a form that cannot be played',
  'table.unknown': 'a table that is not in the flows folder',
  'variable.unknown': 'a name in an expression that does not exist here',
  'sensitive.exposed': 'sensitive input that would be spoken, shown or kept',
  'expression.invalid': 'an expression that cannot be read',
  'expression.type': 'an expression whose parts do not go together, such as text and a number',
  'expression.too_large': 'an expression that is too long or nested too deep',
  'phrase.duplicate': 'words that mean two different choices',
  'pattern.invalid': 'a pattern that cannot be read, or not matched in bounded time',
  'pattern.never_matches': 'a pattern that nothing that may be entered can match',
  'language.unknown': 'a language that the site does not have',
  'number.duplicate': 'a number that is given twice',
  'extension.duplicate': 'an extension that two agents have',
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
  'folder.too_large': 'more files, or larger ones, than a flows folder may hold',
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** `file:line:column code message`, the form that editors and CI systems make clickable. */
export function problemLine(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.column} ${problem.code} ${problem.message}`;
}
