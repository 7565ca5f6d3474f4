import { connect } from 'node:net';

const ANSWER_MS_MAX = 5_000;

/** Runs one command of Asterisk's console and returns what it prints. */
export type Console = (command: string) => Promise<string>;

/**
 * The console of a running Asterisk over its control socket, as `asterisk -rx` uses it (main/asterisk.c,
 * ast_remotecontrol), but without a process for each question. One command at a time: the socket's backlog is two.
 */
export function openConsole(socketPath: string): Console {
  let last: Promise<unknown> = Promise.resolve();
  return (command) => {
    const printed = last.then(() => runCommand(socketPath, command));
    last = printed.catch(() => undefined);
    return printed;
  };
}

function runCommand(socketPath: string, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    let printed = '';
    socket.setTimeout(ANSWER_MS_MAX, () => socket.destroy(new Error(`Asterisk did not answer "${command}".`)));
    socket.setEncoding('latin1');
    socket.once('connect', () => socket.write(`cli quit after ${command}\0`));
    socket.on('data', (piece: string) => {
      printed += piece;
    });
    socket.once('error', reject);
    socket.once('end', () => resolve(printed));
  });
}
