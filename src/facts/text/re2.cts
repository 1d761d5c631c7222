type Re2 = typeof import('re2js', { with: { 'resolution-mode': 'require' }});

/**
 * Runs re2js's module (10 ms) when it is first called. A CommonJS file, because only its `require` is lazy
 * both here and in the bundle of the commit gate.
 */
function re2(): Re2 {
  return require('re2js') as Re2;
}

export = re2;
