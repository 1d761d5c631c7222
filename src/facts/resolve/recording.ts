import type { CompilerConfig, Manifest } from './context.js';
import type { ContextIndex } from './context-index.js';

/** What a walk asked the context. */
export interface Questions {
  /** `manifestIn` */
  manifest(folder: string): void;
  /** `packageOf`, `configOf` */
  governing(path: string): void;
  workspace(name: string): void;
  external(name: string): void;
}

/** The same context, with an account of what is asked of it: an import ends elsewhere only if an answer changes. */
export function recording(index: ContextIndex, asked: Questions): ContextIndex {
  return {
    context: index.context,
    workspaceFolder(name: string): string | undefined {
      asked.workspace(name);
      return index.workspaceFolder(name);
    },
    isExternal(name: string): boolean {
      asked.external(name);
      return index.isExternal(name);
    },
    manifestIn(folder: string): Manifest | undefined {
      asked.manifest(folder);
      return index.manifestIn(folder);
    },
    packageOf(path: string): Manifest | undefined {
      asked.governing(path);
      return index.packageOf(path);
    },
    configOf(path: string): CompilerConfig | undefined {
      asked.governing(path);
      return index.configOf(path);
    },
  };
}
