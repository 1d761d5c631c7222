import { cResolver } from './c.js';
import { dotnetResolver } from './dotnet.js';
import { goResolver } from './go.js';
import { jvmResolver } from './jvm.js';
import type { LanguageResolver } from './language-resolver.js';
import { phpResolver } from './php.js';
import { pythonResolver } from './python.js';
import { rubyResolver } from './ruby.js';
import { rustResolver } from './rust.js';

/** Families beside `ecmascript`, whose resolver is the oldest and has a context of its own. A new one: its line here. */
export const RESOLVERS: readonly LanguageResolver[] = [
  pythonResolver,
  goResolver,
  jvmResolver,
  dotnetResolver,
  rustResolver,
  phpResolver,
  rubyResolver,
  cResolver,
];
