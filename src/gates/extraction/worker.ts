import { type ChildProcess, fork } from 'node:child_process';
import type { Environment } from '../../git/index.js';
import type { Done, Work } from './messages.js';

/** Where a worker finds the repository. */
export interface WorkerPlace {
  /** Any folder of it. */
  readonly cwd: string;
  readonly environment: Environment;
}

/** A process that reads imports. It answers in any order, and may end at any time. */
export class Worker {
  private readonly process: ChildProcess;
  private readonly questions = new Map<number, (done: Done | null) => void>();
  private last = 0;

  constructor(script: string, limits: readonly string[], { cwd, environment }: WorkerPlace) {
    this.process = fork(script, [], {
      cwd,
      env: { ...environment },
      execArgv: [...limits],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const ended = (): void => this.settleAll();
    this.process.on('message', message => this.answered(message as Done));
    this.process.on('error', ended);
    this.process.on('exit', ended);
    this.hold(false);
  }

  /** How many questions are open. */
  get asked(): number {
    return this.questions.size;
  }

  /** @returns `null`: it ended without an answer */
  ask(work: Omit<Work, 'number'>): Promise<Done | null> {
    return new Promise(resolve => {
      const number = ++this.last;
      this.questions.set(number, resolve);
      this.hold(true);
      // A process that could not even be started has no channel. One that is closed already says so by `exit`, or here.
      if (!this.process.connected) this.settleAll();
      else
        this.process.send({ ...work, number } satisfies Work, error => {
          if (error !== null) this.settleAll();
        });
    });
  }

  /** Safe to call twice. */
  end(): void {
    this.process.kill();
  }

  private answered(done: Done): void {
    const settle = this.questions.get(done.number);
    this.questions.delete(done.number);
    if (this.questions.size === 0) this.hold(false);
    settle?.(done);
  }

  private settleAll(): void {
    const open = [...this.questions.values()];
    this.questions.clear();
    this.hold(false);
    for (const settle of open) settle(null);
  }

  /** An idle worker must not keep the program alive; one that owes an answer must. */
  private hold(isBusy: boolean): void {
    if (isBusy) {
      this.process.ref();
      this.process.channel?.ref();
    } else {
      this.process.unref();
      this.process.channel?.unref();
    }
  }
}
