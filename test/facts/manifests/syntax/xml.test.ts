import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManifestError } from '../../../../src/facts/manifests/format.js';
import { readXml } from '../../../../src/facts/manifests/syntax/xml.js';

test('text: entities, numbers and CDATA are decoded, children left out', () => {
  const root = readXml('<a x="1&lt;2">log4j&#45;core<b/>&#x21;<![CDATA[&amp;]]><!-- c --></a>');
  assert.equal(root.text, 'log4j-core!&amp;');
  assert.equal(root.attributes.get('x'), '1<2');
});

test('lines count from one, with both kinds of line ends', () => {
  const root = readXml('<?xml version="1.0"?>\r\n<a>\r\n\t<b\n c="1">\n</b><d/></a>');
  assert.deepEqual([root.line, ...root.children.map(({ line }) => line)], [2, 3, 5]);
});

for (const [name, text] of Object.entries({
  empty: '',
  'no element': '<!-- nothing -->',
  truncated: '<a><b>1</b>',
  'mismatched tags': '<a><b></a></b>',
  'two roots': '<a/><b/>',
  'text behind the root': '<a/>rest',
  'an attribute twice': '<a x="1" x="2"/>',
  'an unknown entity': '<a>&name;</a>',
  'an entity of its own': '<!DOCTYPE a [<!ENTITY n "log4j">]><a>&n;</a>',
  'an ampersand': '<a>x & y</a>',
  'conflict markers': '<a>\n<<<<<<< HEAD\n<b/>\n=======\n<c/>\n>>>>>>> x\n</a>',
  'too deep': '<a>'.repeat(5000) + '</a>'.repeat(5000),
  'a name that is a trap': '<a><__proto__/></a>',
}))
  test(`refused: ${name}`, () => assert.throws(() => readXml(text), ManifestError));
