import type { Json } from '../../model/canonical.js';
import { type DotnetContext, readDotnetContext } from './dotnet/context.js';
import { indexOf } from './dotnet/dotnet-index.js';
import { isDotnetConfig } from './dotnet/projects.js';
import { DotnetWalk } from './dotnet/walk.js';
import type { LanguageResolver } from './language-resolver.js';

/** C#: a `using` names a namespace, which is all folders whose files declare it. */
export const dotnetResolver: LanguageResolver = {
  family: 'dotnet',
  isConfig: isDotnetConfig,
  usesDeclarations: true,
  readContext: async sources => (await readDotnetContext(sources)) as unknown as Json,
  walk(context, from, site, probe) {
    if (site.specifier === null) return { type: 'computed' };
    return new DotnetWalk(
      indexOf(context as unknown as DotnetContext),
      from,
      site,
      site.specifier,
      probe,
    ).run();
  },
};
