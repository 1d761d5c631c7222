import type { Input, Io, Output } from './io.js';
import { services } from './services.js';

function output(stream: NodeJS.WriteStream): Output {
  // `lintel log | head` closes the pipe: not a failure of ours. Other errors (a full disk) are.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.isTTY === true ? stream.columns : undefined;
    },
    write(text) {
      if (!stream.destroyed) stream.write(text);
    },
  };
}

const input: Input = {
  isTTY: process.stdin.isTTY === true,
  async read() {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks).toString('utf8');
  },
  async ask(question) {
    if (process.stdin.isTTY !== true) return null;
    const { createInterface } = await import('node:readline/promises');
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await terminal.question(question);
    } finally {
      terminal.close();
    }
  },
};

/** The real process. */
export function processIo(): Io {
  return {
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    stdin: input,
    environment: process.env,
    cwd: process.cwd(),
    now: () => new Date(),
    services,
  };
}

/** Resolves when what was written has reached the reader, or can't any more. */
export function drain(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.destroyed || stream.writableLength === 0) return Promise.resolve();
  return new Promise(resolve => {
    stream.once('close', resolve);
    stream.once('error', () => resolve());
    stream.write('', () => resolve());
  });
}
