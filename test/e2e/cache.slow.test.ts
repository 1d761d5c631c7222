import { describe, it } from 'node:test';
import { assertSurvives, DAMAGES } from './damaged-cache.js';

describe('a cache, damaged in every way: the same verdict as without one, and it is made anew', () => {
  for (const [name, damage] of Object.entries(DAMAGES)) it(name, () => assertSurvives(damage));
});
