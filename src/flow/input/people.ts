import type { Agent, Site } from '../../model/site.ts';
import type { Expected } from '../../model/speech/listening.ts';
import { nearest } from '../nearest.ts';
import { plainLetters, spelledOnKeys } from './keypad.ts';
import { EXPECTED_PHRASES_MAX, expectedPhrases } from './listen-order.ts';
import { UTTERANCE_CHARACTERS_MAX } from './phrases.ts';

/** An agent as somebody looks for them: the name in plain letters, its words, and the keys on which it is spelled. */
type Listed = {
  readonly agent: Agent;
  readonly name: string;
  readonly words: readonly string[];
  readonly keys: readonly string[];
};

/** Made once for each site; a site never changes, another one takes its place. */
const LISTS = new WeakMap<Site['agents'], readonly Listed[]>();

function listOf({ agents }: Site): readonly Listed[] {
  const known = LISTS.get(agents);
  if (known) return known;
  const list = Object.values(agents).map(listed).sort(byName);
  LISTS.set(agents, list);
  return list;
}

function listed(agent: Agent): Listed {
  const name = plainLetters(agent.name);
  // Müller is spelled with u by some, with ue by others.
  const spelledOut = agent.name.normalize('NFC').replace(/[äöüÄÖÜ]/g, (letter) => `${letter}e`);
  const spellings = spelledOut === agent.name ? [name] : [name, plainLetters(spelledOut)];
  // Anna Meier is found by 2662 (Anna), by 63437 (Meier), and by both without the blank, in both orders.
  const keys = spellings.flatMap((one) => {
    const words = one.split(' ').map(spelledOnKeys);
    return [words.join(''), words.toReversed().join(''), ...words];
  });
  return { agent, name, words: name.split(' '), keys };
}

/** Agents of one name stand by their ids, so that they are told in the same order each time. */
function byName(one: Listed, other: Listed): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1;
  return one.agent.id < other.agent.id ? -1 : 1;
}

/** Agents of whose names one begins as typed on the keys of a telephone, by name. */
export function spelledSo(site: Site, typed: string): Agent[] {
  return listOf(site)
    .filter(({ keys }) => keys.some((one) => one.startsWith(typed)))
    .map(({ agent }) => agent);
}

/**
 * Agents who may be meant by a name that was said or written: those whose name it is, else those of whose name each of
 * its words begins one, else the one whose name is most like it.
 */
export function calledSo(site: Site, name: string): { readonly agents: Agent[]; readonly exact: boolean } {
  const wanted = plainLetters(name.slice(0, UTTERANCE_CHARACTERS_MAX));
  if (wanted === '') return { agents: [], exact: false };
  const list = listOf(site);
  const exact = list.filter((one) => one.name === wanted);
  if (exact.length > 0) return { agents: exact.map(({ agent }) => agent), exact: true };
  const parts = wanted.split(' ');
  const begun = list.filter(({ words }) => parts.every((part) => words.some((word) => word.startsWith(part))));
  if (begun.length > 0) return { agents: begun.map(({ agent }) => agent), exact: false };
  const near = nearest(wanted, namesOf(list));
  const like = near === undefined ? [] : list.filter((one) => forms(one).includes(near));
  return { agents: like.map(({ agent }) => agent), exact: false };
}

/** The names of all agents as they may be said, whole and by their words; of more than an order holds, anything. */
export function expectedNames(site: Site): Expected {
  const list = listOf(site);
  const said = new Set(list.flatMap(forms));
  return said.size > EXPECTED_PHRASES_MAX ? { kind: 'free' } : expectedPhrases([...said]);
}

function forms({ name, words }: Listed): readonly string[] {
  return [name, ...words];
}

function namesOf(list: readonly Listed[]): Set<string> {
  return new Set(list.flatMap(forms));
}
