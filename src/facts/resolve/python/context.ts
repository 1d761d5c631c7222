/** A folder from which modules are imported by their whole name. */
export interface Root {
  readonly path: string;
  /** The folder whose files look here first: a project's. */
  readonly owner: string;
  /** The folder whose files look here at all; `''`: every file. */
  readonly scope: string;
  /** Top-level packages that lie in it, told by their `__init__.py`. Sorted. */
  readonly packages: readonly string[];
  /** Folders in it that hold packages but no `__init__.py`: namespaces, shared with other roots and distributions. */
  readonly spaces: readonly string[];
  /** The root stands for this package, not for its parent: setuptools' `package-dir = { "a.b" = "lib" }`. */
  readonly as?: string;
  /** What a project's single module is probably called. */
  readonly project?: string;
}

/** All that the resolution of Python's imports reads besides the names of the files. */
export interface PythonContext {
  /** By path, then by what they stand for. */
  readonly roots: readonly Root[];
}

/** A root that a configuration file declares. */
export interface DeclaredRoot {
  readonly path: string;
  readonly as?: string;
}
