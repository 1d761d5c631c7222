/**
 * The public face of policy/: what other folders may import from it.
 * Find, parse, compile; what is in force; how governance changed.
 */
export {};
