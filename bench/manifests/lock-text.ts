/** A generated package-lock.json as npm writes one, the same on every run. */
let seed = 7;
function random(below: number): number {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return Math.floor((seed / 2147483648) * below);
}

function digest(): string {
  let text = '';
  while (text.length < 86) text += Math.floor((1 + random(2147483647)) * 1.7).toString(36);
  return `sha512-${text.slice(0, 86)}==`;
}

/** A package as npm writes one: five fields, some dependencies, every eighth a copy below another package. */
export function lockText(format: 1 | 2 | 3, bytes: number): string {
  const packages: Record<string, unknown> = { '': { name: 'bench', version: '1.0.0', dependencies: {} } };
  const dependencies: Record<string, unknown> = {};
  const names: string[] = [];
  const wanted: Record<string, string> = {};
  for (let size = 0; size < bytes; ) {
    const name = `${random(3) === 0 ? '@scope-' + random(50) + '/' : ''}package-${names.length}`;
    const version = `${random(20)}.${random(30)}.${random(30)}`;
    const requires: Record<string, string> = {};
    for (let count = random(7); count > 0 && names.length > 0; count--)
      requires[names[random(names.length)] ?? ''] = `^${random(20)}.${random(9)}.0`;
    const entry = {
      version,
      resolved: `https://registry.example.org/${name}/-/${name.split('/').at(-1)}-${version}.tgz`,
      integrity: digest(),
      ...(random(2) === 0 ? { dev: true } : {}),
    };
    const full = { ...entry, license: 'MIT', dependencies: requires, engines: { node: '>=18' } };
    const parent = names.length > 0 && random(8) === 0 ? `node_modules/${names[random(names.length)]}/` : '';
    packages[`${parent}node_modules/${name}`] = full;
    dependencies[name] = { ...entry, requires };
    if (random(20) === 0) wanted[name] = `^${version}`;
    names.push(name);
    size += JSON.stringify(format === 1 ? dependencies[name] : full, null, 2).length + 90;
    if (format === 2) size += JSON.stringify(dependencies[name], null, 2).length + 60;
  }
  packages[''] = { name: 'bench', version: '1.0.0', dependencies: wanted };
  const lock = {
    name: 'bench',
    version: '1.0.0',
    lockfileVersion: format,
    requires: true,
    ...(format > 1 ? { packages } : {}),
    ...(format < 3 ? { dependencies } : {}),
  };
  return `${JSON.stringify(lock, null, 2)}\n`;
}
