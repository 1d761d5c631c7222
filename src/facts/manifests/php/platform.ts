/** PHP itself, its extensions and libraries, and Composer's own interfaces: no packages, though required like them. */
export function isPlatformPackage(name: string): boolean {
  const plain = name.toLowerCase();
  if (plain.includes('/')) return false;
  return (
    /^(?:php(?:-64bit|-ipv6|-zts|-debug)?|hhvm|composer(?:-(?:plugin|runtime)-api)?)$/.test(plain) ||
    plain.startsWith('ext-') ||
    plain.startsWith('lib-')
  );
}
