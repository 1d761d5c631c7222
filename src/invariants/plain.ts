/**
 * A type as plain JSON: what a compiled rule is made of. Interfaces such as `PathSet` have no index signature
 * and so are not `Json` to the compiler; this mapped copy of them is, and is still assignable to the original.
 */
export type Plain<T> = T extends string | number | boolean | null | undefined
  ? T
  : { readonly [K in keyof T]: Plain<T[K]> };
