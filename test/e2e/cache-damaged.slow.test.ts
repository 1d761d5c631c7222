/** `.git/lintel` damaged: cache.slow.test.ts has all the ways. */
import { describe, it } from 'node:test';
import { assertSurvives, DAMAGES } from './damaged-cache.js';

describe('a damaged cache: the same verdict as without one, and it is made anew', () => {
  for (const [name, damage] of Object.entries(DAMAGES))
    if (['with flipped bits', 'another file', 'cut in half'].includes(name))
      it(name, () => assertSurvives(damage));
});
