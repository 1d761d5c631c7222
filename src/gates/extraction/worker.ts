import { type ChildProcess, fork } from 'node:child_process';
import type { Environment } from '../../git/index.js';
import type { Done, Work } from './messages.js';

/** Where a worker finds the repository. */
export interface WorkerPlace {
  /** Any folder of it. */
  readonly cwd: string;
  readonly environment: Environment;
}

/** What came of a question: an answer, or none because the process ended or took too long. */
export type Outcome = Done | 'ended' | 'late';

interface Question {
  readonly settle: (outcome: Outcome) => void;
  readonly timer: NodeJS.Timeout;
}

/** A process that reads imports. It answers in any order, and may end at any time. */
export class Worker {
  private readonly process: ChildProcess;
  private readonly questions = new Map<number, Question>();
  private last = 0;

  /** @param patience milliseconds that a question may take */
  constructor(
    script: string,
    limits: readonly string[],
    { cwd, environment }: WorkerPlace,
    private readonly patience: number,
  ) {
    this.process = fork(script, [], {
      cwd,
      env: { ...environment },
      execArgv: [...limits],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const ended = (): void => this.settleAll();
    this.process.on('message', message => {
      const done = message as Done;
      this.settle(done.number, done);
    });
    this.process.on('error', ended);
    this.process.on('exit', ended);
    this.hold(false);
  }

  /** How many questions are open. */
  get asked(): number {
    return this.questions.size;
  }

  ask(work: Omit<Work, 'number'>): Promise<Outcome> {
    return new Promise(settle => {
      const number = ++this.last;
      const timer = setTimeout(() => this.settle(number, 'late'), this.patience);
      this.questions.set(number, { settle, timer });
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

  private settle(number: number, outcome: Outcome): void {
    const question = this.questions.get(number);
    if (question === undefined) return;
    clearTimeout(question.timer);
    this.questions.delete(number);
    if (this.questions.size === 0) this.hold(false);
    question.settle(outcome);
  }

  private settleAll(): void {
    for (const number of [...this.questions.keys()]) this.settle(number, 'ended');
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
