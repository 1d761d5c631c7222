import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Bloom } from '../../src/gates/quick/bloom.js';
import { stemOf } from '../../src/gates/quick/stems.js';

describe('the Bloom filter', () => {
  it('never says no to a member', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 200 }), members => {
        const bloom = Bloom.forMembers(members.length);
        for (const member of members) bloom.add(member);
        assert.ok(members.every(member => bloom.has(member)));
      }),
    );
  });

  it('says no to most strangers, and tells when it is too full', () => {
    const bloom = Bloom.forMembers(2000);
    for (let index = 0; index < 2000; index++) bloom.add(`src/folder-${index % 40}/file-${index}.ts`);
    let wrong = 0;
    for (let index = 0; index < 2000; index++)
      if (bloom.has(`lib/folder-${index % 40}/other-${index}.ts`)) wrong++;
    assert.ok(wrong < 60, `${wrong} of 2000 strangers were taken for members`);
    assert.ok(bloom.load() < 0.5);
    for (let index = 0; index < 20_000; index++) bloom.add(`more-${index}`);
    assert.ok(bloom.load() > 0.6);
  });
});

describe('stems', () => {
  it('are equal for every spelling that resolution tries for one file', () => {
    const spellings = [
      'src/a',
      'src/a.ts',
      'src/a.tsx',
      'src/a.js',
      'src/a.d.ts',
      'src/a.mts',
      'src/a/index.ts',
      'src/a/index',
    ];
    assert.deepEqual([...new Set(spellings.map(stemOf))], ['src/a']);
    assert.equal(stemOf('index.ts'), stemOf('index'));
    assert.notEqual(stemOf('src/a.service.ts'), stemOf('src/a.ts'));
  });
});
