/** A dependency as a Cargo.toml writes it. */
export interface Dependency {
  /** Its key in the table. */
  readonly key: string;
  /** The package's name, where `package = "…"` says that it differs from the key. */
  readonly package?: string;
  readonly path?: string;
  /** `workspace = true` */
  readonly inherits: boolean;
}

/** What resolution needs to know of one Cargo.toml. Paths are as written. */
export interface CargoManifest {
  /** `null`: a virtual manifest, of a workspace only. */
  readonly name: string | null;
  /** `null`: the workspace says which. */
  readonly edition: string | null;
  /** `package.workspace` */
  readonly root: string | null;
  readonly libName: string | null;
  readonly libPath: string | null;
  /** Roots of other targets that are named by their path. */
  readonly targets: readonly string[];
  readonly dependencies: readonly Dependency[];
  readonly workspace: {
    readonly edition: string | null;
    readonly dependencies: readonly Dependency[];
  } | null;
  /** `[patch]`: packages that are taken from elsewhere. */
  readonly patches: readonly Dependency[];
}

type Table = Readonly<Record<string, unknown>>;

const DEPENDENCIES = [
  'dependencies',
  'dev-dependencies',
  'dev_dependencies',
  'build-dependencies',
  'build_dependencies',
];
const TARGETS = ['bin', 'test', 'example', 'bench'];

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function table(value: unknown): Table {
  return isTable(value) ? value : {};
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function dependenciesIn(value: unknown): readonly Dependency[] {
  return Object.entries(table(value)).map(([key, written]) => {
    const details = table(written);
    const name = text(details['package']);
    const path = text(details['path']);
    return {
      key,
      ...(name === null ? {} : { package: name }),
      ...(path === null ? {} : { path }),
      inherits: details['workspace'] === true,
    };
  });
}

/** @param value a Cargo.toml, parsed */
export function readCargo(value: unknown): CargoManifest {
  const cargo = table(value);
  const own = isTable(cargo['package']) ? cargo['package'] : table(cargo['project']);
  const lib = table(cargo['lib']);
  const targets = TARGETS.flatMap(kind => {
    const list = cargo[kind];
    return Array.isArray(list) ? list.flatMap(target => text(table(target)['path']) ?? []) : [];
  });
  const build = text(own['build']);
  const tables = [cargo, ...Object.values(table(cargo['target'])).map(table)];
  const workspace = isTable(cargo['workspace']) ? cargo['workspace'] : null;
  return {
    name: text(own['name']),
    edition: isTable(own['edition']) ? null : (text(own['edition']) ?? '2015'),
    root: text(own['workspace']),
    libName: text(lib['name']),
    libPath: text(lib['path']),
    targets: build === null ? targets : [...targets, build],
    dependencies: tables.flatMap(each => DEPENDENCIES.flatMap(kind => dependenciesIn(each[kind]))),
    workspace:
      workspace === null
        ? null
        : {
            edition: text(table(workspace['package'])['edition']),
            dependencies: dependenciesIn(workspace['dependencies']),
          },
    patches: Object.values(table(cargo['patch'])).flatMap(dependenciesIn),
  };
}
