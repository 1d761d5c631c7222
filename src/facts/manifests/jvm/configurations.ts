import type { DependencyScope } from '../../../model/dependency.js';

/** For what a configuration of Gradle's is, as its name tells by custom. */
export function scopeOfConfiguration(name: string): DependencyScope {
  const plain = name.toLowerCase();
  if (/test|mockito|jmh|benchmark/.test(plain) && !plain.startsWith('latest')) return 'development';
  if (/^(?:developmentonly|debugimplementation)$/.test(plain)) return 'development';
  if (
    /compileonly|provided|annotationprocessor|kapt|ksp|checkstyle|jacoco|ktlint|detekt|lintchecks|coreLibraryDesugaring/i.test(
      plain,
    )
  )
    return plain.includes('compileonlyapi') ? 'production' : 'build';
  if (/^(?:classpath|kotlin(?:compiler|buildtools|nativecompiler|scriptdef).*|.*plugin)$/.test(plain))
    return 'build';
  return plain === 'optional' ? 'optional' : 'production';
}

/** Of an entry that several configurations hold: it is shipped if one of them is. */
export function scopeOfAll(names: readonly string[]): DependencyScope {
  const scopes = names.map(scopeOfConfiguration);
  for (const scope of ['production', 'optional', 'build'] as const) if (scopes.includes(scope)) return scope;
  return scopes[0] ?? 'production';
}
