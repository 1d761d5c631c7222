import type { Json } from '../../model/canonical.js';
import type { LanguageResolver } from './language-resolver.js';
import type { RubyContext } from './ruby/context.js';
import { isRubyConfig, isRubyLandmark, readRubyContext } from './ruby/read-context.js';
import { RubyWalk } from './ruby/walk.js';

/** Ruby: `$LOAD_PATH` for what is required, Zeitwerk's roots for constants. */
export const rubyResolver: LanguageResolver = {
  family: 'ruby',
  isConfig: isRubyConfig,
  isLandmark: isRubyLandmark,
  async readContext(sources) {
    return (await readRubyContext(sources)) as unknown as Json;
  },
  walk(context, from, site, probe) {
    return new RubyWalk(context as unknown as RubyContext, from, site, probe).run();
  },
};
