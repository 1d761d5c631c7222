/**
 * The environment handed to git children: an allow-list, so that a variable nobody thought of
 * can't bend a verdict. Each group says why git needs it.
 */

type Allowed = {
  readonly why: string;
  readonly names: readonly string[];
  readonly prefixes?: readonly string[];
};

const ALLOWED: readonly Allowed[] = [
  {
    why: 'finding and starting programs; Windows programs do not start without the last ones',
    names: [
      'PATH',
      'PATHEXT',
      'SYSTEMROOT',
      'SYSTEMDRIVE',
      'WINDIR',
      'COMSPEC',
      'PROGRAMDATA',
      'PROGRAMFILES',
    ],
  },
  {
    why: 'git relocated by a GUI client (dugite, Git for Windows) finds its own parts through these; whoever sets them could as well set PATH',
    names: ['GIT_EXEC_PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'],
  },
  {
    why: "the user's own configuration (safe.directory, credentials, partial-clone settings)",
    names: [
      'HOME',
      'XDG_CONFIG_HOME',
      'USERPROFILE',
      'HOMEDRIVE',
      'HOMEPATH',
      'APPDATA',
      'LOCALAPPDATA',
      'USER',
      'LOGNAME',
      'USERNAME',
    ],
  },
  {
    why: 'configuration files chosen by the surroundings: tests, containers, build farms',
    names: ['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM'],
  },
  { why: 'temporary files of a fetch', names: ['TMPDIR', 'TEMP', 'TMP'] },
  {
    why: 'the character set of the terminal; LC_ALL is forced below',
    names: ['LANG', 'LANGUAGE'],
    prefixes: ['LC_'],
  },
  {
    why: 'which repository, and which index: git sets them for hooks (`commit -a` and `commit -- path` commit another index)',
    names: [
      'GIT_DIR',
      'GIT_WORK_TREE',
      'GIT_COMMON_DIR',
      'GIT_INDEX_FILE',
      'GIT_CEILING_DIRECTORIES',
      'GIT_DISCOVERY_ACROSS_FILESYSTEM',
    ],
  },
  {
    why: 'objects of a push are in quarantine while pre-receive runs: without these they are missing',
    names: ['GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_QUARANTINE_PATH'],
  },
  {
    why: 'the heads of a merge, for pre-merge-commit, which has no MERGE_HEAD',
    names: [],
    prefixes: ['GITHEAD_'],
  },
  {
    why: 'a partial clone fetches the objects it lacks: how to reach and trust the remote',
    names: [
      'SSH_AUTH_SOCK',
      'SSH_AGENT_PID',
      'SSH_ASKPASS',
      'SSH_ASKPASS_REQUIRE',
      'GIT_ASKPASS',
      'GIT_SSH',
      'GIT_SSH_COMMAND',
      'GIT_SSH_VARIANT',
      'GIT_PROXY_COMMAND',
      'GIT_ALLOW_PROTOCOL',
      'GIT_NO_LAZY_FETCH',
      'HTTP_PROXY',
      'HTTPS_PROXY',
      'ALL_PROXY',
      'NO_PROXY',
      'CURL_CA_BUNDLE',
      'SSL_CERT_FILE',
      'SSL_CERT_DIR',
      'DISPLAY',
      'DBUS_SESSION_BUS_ADDRESS',
      'XDG_RUNTIME_DIR',
      'GNUPGHOME',
    ],
    prefixes: ['GIT_SSL_', 'GIT_HTTP_'],
  },
];

/**
 * Left out on purpose, though git sets or knows them:
 * - `GIT_CONFIG_PARAMETERS` (`git -c x=y commit`) and `GIT_CONFIG_COUNT/KEY/VALUE`: configuration of one
 *   command line. The same change must get the same verdict however the commit was typed, and what is read
 *   here needs no configuration. One price: `-c safe.directory=…` does not reach us; that ends in an error
 *   that says what to set, never in a pass.
 * - `GIT_REPLACE_REF_BASE`, `GIT_SHALLOW_FILE`, `GIT_NAMESPACE`: other history than the one that is judged.
 * - `GIT_EXTERNAL_DIFF`, `GIT_DIFF_OPTS`, `GIT_LITERAL_PATHSPECS` and its kin: other meaning of our commands.
 * - `GIT_TRACE*`: writes into standard error, which is read when git fails, or into any file.
 * - `GIT_PREFIX`: children start at the root.
 */
const FORCED: Readonly<Record<string, string>> = {
  // Messages of a failed command are matched in English.
  LC_ALL: 'C',
  // Grafts show other parents than the commit has. /dev/null would print a hint for every git process.
  GIT_GRAFT_FILE: '/nonexistent/lintel/grafts',
  // A replaced object shows other content than the one that will be pushed.
  GIT_NO_REPLACE_OBJECTS: '1',
  // Nothing is written to the index, not even refreshed stat information.
  GIT_OPTIONAL_LOCKS: '0',
  // A prompt in a hook hangs: hooks have no terminal of their own.
  GIT_TERMINAL_PROMPT: '0',
};

const names = new Set(ALLOWED.flatMap(group => group.names));
const prefixes = ALLOWED.flatMap(group => group.prefixes ?? []);

/** Names are compared in upper case: `http_proxy` is written both ways, and Windows says `Path`. */
function isAllowed(name: string): boolean {
  const upper = name.toUpperCase();
  return names.has(upper) || prefixes.some(prefix => upper.startsWith(prefix));
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What git children get of an environment. */
export function gitEnvironment(environment: Environment): Readonly<Record<string, string>> {
  const allowed: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && isAllowed(name)) allowed[name] = value;
  }
  return { ...allowed, ...FORCED };
}
