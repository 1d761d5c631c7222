import { DirectiveReader } from './c/directives.js';
import { type Found, finish, placeOf } from './ecmascript/found.js';
import type { ImportLanguage } from './language.js';

const C = ['c', 'h'];
const CPP = 'cc cpp cxx c++ cppm ixx mpp hh hpp hxx h++ ipp inl tpp txx tcc cu cuh'.split(' ');
const OBJECTIVE_C = ['m', 'mm'];

/**
 * C, C++, Objective-C and CUDA: `#include`, `#include_next`, `#import` and `#embed`, `import` and `module` of C++20,
 * `@import` of Objective-C. Every branch of a condition counts but that of `#if 0`. A macro in place of a header's
 * name is computed.
 *
 * Forms: none (quotes), `angle`, `next`, `next-angle`, `embed`, `embed-angle`, `module`.
 */
export const c: ImportLanguage = {
  name: 'c/1',
  family: 'c',
  extensions: [...C, ...CPP, ...OBJECTIVE_C],
  extract(path, text) {
    const found: Found[] = [];
    const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
    const modules = CPP.includes(extension) ? 'c++' : extension === 'c' ? null : 'objective-c';
    const mistake = new DirectiveReader(text, found, modules).read();
    if (mistake !== null) return { ok: false, message: mistake.message, ...placeOf(text, mistake.at) };
    return { ok: true, sites: finish(text, found) };
  },
};
