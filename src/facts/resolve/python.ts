import type { Json } from '../../model/canonical.js';
import type { LanguageResolver } from './language-resolver.js';
import type { PythonContext } from './python/context.js';
import { isPythonConfig } from './python/projects.js';
import { isPackageMark, readPythonContext } from './python/read-context.js';
import { PythonWalk } from './python/walk.js';

/** Python: source roots, packages, namespaces and relative imports, in the order in which Python looks. */
export const pythonResolver: LanguageResolver = {
  family: 'python',
  isConfig: isPythonConfig,
  isLandmark: isPackageMark,
  async readContext(sources) {
    return (await readPythonContext(sources)) as unknown as Json;
  },
  walk(context, from, site, probe) {
    return new PythonWalk(context as unknown as PythonContext, from, site, probe).run();
  },
};
