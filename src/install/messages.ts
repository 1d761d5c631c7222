/** Every text that installation prints, in one place. */
export const LINTEL = 'npx --no-install lintel';

export const messages = {
  noRepository: (folder: string) => `lintel: ${folder} is in no git repository. Mend: git init`,
  noGit: (reason: string) =>
    `lintel: git could not be started (${reason}). Mend: install git, or put it on PATH`,
  found: (what: string) => `found    ${what}`,
  wrote: (path: string, what: string) => `wrote    ${path}: ${what}`,
  changed: (path: string, what: string) => `changed  ${path}: ${what}`,
  kept: (path: string, why: string) => `kept     ${path}: ${why}`,
  did: (what: string) => `did      ${what}`,
  restored: (path: string) => `restored ${path}`,
  removed: (path: string) => `removed  ${path}`,
  warning: (what: string) => `warning  ${what}`,
  nothingChanged: 'Nothing to do: lintel is set up here already.',
  manual: (where: string, why: string) => `TO DO by hand, in ${where} (${why}):`,
  accept: (id: string) =>
    `Nothing blocks yet: the example decision is a proposal. Accept it with\n\n  ${LINTEL} decisions accept ${id}\n`,
  commitWritten: (paths: readonly string[]) =>
    `Commit what was written, so that every clone has it:\n\n  git add ${paths.join(' ')}\n  git commit -m "Set up lintel"\n`,
  wouldBlock: (what: string, undo: string) =>
    `A commit with this change would then be blocked:\n\n${what}\n\nTo take the change back: ${undo}`,
  uninstalled: 'lintel’s hooks are gone from here. Take the package out with: npm uninstall lintel',
  declined: 'Nothing was written.',
  confirm: 'Set lintel up like this?',
  continuousIntegration:
    'lintel: CI is set, so no hooks are installed here; `lintel check --base REV` judges a change in CI.',
  notInitialised: `lintel: nothing is set up here yet. Mend: ${LINTEL} init`,
  skippedNoRepository: 'lintel: no git repository here, so there are no hooks to install.',
  tedious:
    'Hooks on a developer’s machine are tedious to pass by, not impossible: `--no-verify`, another client or one ' +
    'setting is enough. What closes that is a check that the developer does not run: `lintel check --base REV` as a ' +
    'required check in CI, or a server-side hook.',
} as const;
