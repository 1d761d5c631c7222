import type { Json } from '../../model/canonical.js';
import { isBuildFile, type JvmContext, readJvmContext } from './jvm/context.js';
import { indexOf } from './jvm/jvm-index.js';
import { JvmWalk } from './jvm/walk.js';
import type { LanguageResolver } from './language-resolver.js';

/**
 * Java and Kotlin: a name is a package and a class in it, and packages lie where the files that declare them lie.
 * What the build generates is a class that no file declares: it ends at its package's folder.
 */
export const jvmResolver: LanguageResolver = {
  family: 'jvm',
  isConfig: () => false,
  isLandmark: isBuildFile,
  usesDeclarations: true,
  isMember: path => !path.endsWith('.kts') && !path.endsWith('module-info.java'),
  readContext: async sources => (await readJvmContext(sources)) as unknown as Json,
  walk(context, from, site, probe) {
    if (site.specifier === null) return { type: 'computed' };
    return new JvmWalk(indexOf(context as unknown as JvmContext), from, site, site.specifier, probe).run();
  },
};
