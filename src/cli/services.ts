import type { Repository } from '../git/repository.js';
import type { Store } from '../store/store.js';

/**
 * The parts behind the commands. Loaded when a command asks: `lintel --help` must not pay for a YAML parser.
 */
export interface Services {
  openRepository(options: {
    readonly cwd: string;
    readonly environment: Readonly<Record<string, string | undefined>>;
  }): Promise<Repository>;
  openStore(commonDirectory: string, options: { readonly warn: (message: string) => void }): Promise<Store>;
  gates(): Promise<typeof import('../gates/index.js')>;
  policy(): Promise<typeof import('../policy/index.js')>;
  install(): Promise<typeof import('../install/index.js')>;
}

export const services: Services = {
  async openRepository(options) {
    const { openRepository } = await import('../git/index.js');
    return openRepository(options);
  },
  async openStore(commonDirectory, options) {
    const { openStore } = await import('../store/index.js');
    return openStore(commonDirectory, options);
  },
  gates: () => import('../gates/index.js'),
  policy: () => import('../policy/index.js'),
  install: () => import('../install/index.js'),
};
