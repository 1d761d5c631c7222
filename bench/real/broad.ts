/** A rule written a second time, as regular expressions over paths. */
export interface Counted {
  readonly invariant: string;
  readonly from: RegExp;
  readonly except?: RegExp;
  readonly to: RegExp;
  /** An edge that the rule lets pass because of both its ends. */
  readonly sameSide?: (from: string, to: string) => boolean;
}

interface Broad extends Counted {
  /** The same rule in lintel's language. */
  readonly yaml: string;
}

const THEIA_TESTS = /\.(?:spec|slow-spec|espec|ui-spec)\.tsx?$|\/src\/(?:.*\/)?test\//;
const VOID_TESTS = /\/test\//;
const VOID_IGNORED = /^(?:build|extensions|scripts|test|\.eslint-plugin-local)\/|^src\/bootstrap-[^/]*\.ts$/;
const VOID_LAYERS = ['base', 'platform', 'editor', 'workbench', 'code', 'server'];

function rank(path: string): number {
  const at = VOID_LAYERS.indexOf(/^src\/vs\/([^/]+)\//.exec(path)?.[1] ?? '');
  return Math.min(at, 4);
}

/** Rules of the decision sets themselves. */
export const OWN: Readonly<Record<'theia' | 'void', readonly Counted[]>> = {
  theia: [
    {
      invariant: 'common-runs-anywhere',
      from: /^packages\/[^/]+\/src\/common\//,
      except: THEIA_TESTS,
      to: /^packages\/[^/]+\/src\/(?:browser|node|electron-(?:common|browser|node|main))\//,
    },
    {
      invariant: 'browser-without-backend',
      from: /^packages\/[^/]+\/src\/browser\//,
      except: THEIA_TESTS,
      to: /^packages\/[^/]+\/src\/(?:node|electron-(?:common|browser|node|main))\//,
    },
    {
      invariant: 'backend-without-frontend',
      from: /^packages\/[^/]+\/src\/node\//,
      except: THEIA_TESTS,
      to: /^packages\/[^/]+\/src\/(?:browser|electron-(?:common|browser|node|main))\//,
    },
    {
      invariant: 'core-below-extensions',
      from: /^packages\/core\//,
      to: /^packages\/(?!core\/|electron\/)/,
    },
    {
      invariant: 'shared-libraries-through-core',
      from: /^packages\/(?!core\/|electron\/)/,
      to: /^npm:(?:inversify|react|react-dom|fs-extra|vscode-uri|lodash\.debounce|lodash\.throttle|vscode-languageserver-protocol|express|ws|yargs|markdown-it|dompurify)(?:\/|$)/,
    },
  ],
  void: [
    {
      invariant: 'layers',
      from: /^src\/vs\/(?:base|platform|editor|workbench)\//,
      except: VOID_TESTS,
      to: /^src\/vs\/(?:platform|editor|workbench|code|server)\//,
      sameSide: (from, to) => rank(to) <= rank(from),
    },
    {
      invariant: 'common-runs-anywhere',
      from: /^src\/vs\/(?:.*\/)?common\//,
      except: VOID_TESTS,
      to: /^src\/vs\/(?:.*\/)?(?:browser|electron-sandbox|electron-main|electron-utility|node)\/|^node:(?:fs|child_process)$|^npm:electron$/,
    },
    {
      invariant: 'browser-stays-in-the-browser',
      from: /^src\/vs\/(?:.*\/)?browser\//,
      except: VOID_TESTS,
      to: /^src\/vs\/(?:.*\/)?(?:electron-sandbox|electron-main|electron-utility|node)\/|^node:(?:fs|child_process)$|^npm:electron$/,
    },
    {
      invariant: 'front-doors-of-void',
      from: /^(?!src\/vs\/workbench\/contrib\/void\/)/,
      except: VOID_IGNORED,
      to: /^src\/vs\/workbench\/contrib\/void\/(?!browser\/void\.contribution\.ts$|common\/|electron-main\/)/,
    },
    {
      invariant: 'models-from-the-main-process',
      from: /^(?!src\/vs\/workbench\/contrib\/void\/electron-main\/)/,
      except: VOID_IGNORED,
      to: /^npm:(?:@anthropic-ai\/sdk|openai|ollama|groq-sdk|@google\/generative-ai|@google\/genai|@mistralai\/mistralai)(?:\/|$)/,
    },
  ],
};

/** Edges that lintel finds and the independent count can't: `require` under another name, or behind a cast. */
export const EXPLAINED: ReadonlySet<string> = new Set([
  'packages/core/src/node/dynamic-require.ts → computed (value)',
  'src/vs/workbench/api/node/extHostExtensionService.ts → computed (value)',
]);

/** Rules that nobody would want, so that thousands of edges are counted. */
export const BROAD: Readonly<Record<'theia' | 'void', readonly Broad[]>> = {
  theia: [
    {
      invariant: 'broad-to-common',
      from: /^packages\/[^/]+\/src\/(?!common\/)/,
      to: /^packages\/[^/]+\/src\/common\//,
      yaml: 'id: broad-to-common\n    forbid-import: { from: "packages/*/src/**", to: "packages/*/src/common/**" }\n    except: "packages/*/src/common/**"',
    },
    {
      invariant: 'broad-between-packages',
      from: /^packages\//,
      to: /^packages\//,
      sameSide: (from, to) => from.split('/')[1] === to.split('/')[1],
      yaml: 'id: broad-between-packages\n    forbid-import: { from: "packages/{name}/**", to: "packages/{!name}/**" }',
    },
  ],
  void: [
    {
      invariant: 'broad-to-base',
      from: /^src\/vs\/(?!base\/)/,
      to: /^src\/vs\/base\//,
      yaml: 'id: broad-to-base\n    forbid-import: { from: "src/vs/**", to: "src/vs/base/**" }\n    except: "src/vs/base/**"',
    },
    {
      invariant: 'broad-to-browser',
      from: /^src\/vs\/workbench\/contrib\//,
      to: /^src\/vs\/(?:.*\/)?browser\//,
      yaml: 'id: broad-to-browser\n    forbid-import: { from: "src/vs/workbench/contrib/**", to: "src/vs/**/browser/**" }',
    },
  ],
};
