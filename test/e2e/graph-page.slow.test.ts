/** The page of `lintel graph --format html` in headless Chromium, made by the built command line of real repositories. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { buildIfStale, CLI } from '../support/dist.js';
import { createRepository, type FileContent } from '../support/repository.js';
import { GOVERNED, VIOLATES } from './governed.js';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const skip = existsSync(CHROMIUM)
  ? false
  : `no Chromium at ${CHROMIUM}: install Debian's chromium, or set CHROMIUM`;

const HOSTILE = [
  '</script><script>window.hacked=1</script>',
  '<img src=x onerror=window.hacked=1>',
  `it's "quoted" & <b>`,
  '\u202egnp.exe',
  'שלום',
  'x'.repeat(200),
];

const SMALL: Readonly<Record<string, FileContent>> = {
  ...GOVERNED,
  'src/ui/menu.ts': VIOLATES,
  'src/db/deep/table.ts':
    "import { pool } from '../pool';\nimport { api } from '../../api/client';\nexport const table = [pool, api];\n",
  'src/api/client.ts':
    "import type { T } from '../db/deep/table';\nexport const api = 1;\nexport const t = import(String(1)) as unknown as T;\n",
};

/** Fifty folders of a hundred files, each of which imports three. */
function large(): Record<string, FileContent> {
  const files: Record<string, FileContent> = {};
  for (let at = 0; at < 5000; at++) {
    const folder = (file: number): string => `src/area${file % 10}/part${Math.floor(file / 10) % 5}/f${file}`;
    const ends = [at * 7 + 1, at * 13 + 5, at + 10].map(end => `import '/${folder(end % 5000)}.js';`);
    files[`${folder(at)}.js`] = ends.map(line => line.replace("'/", "'../../../")).join('\n');
  }
  for (let at = 0; at < 1000; at++) files[`huge/g${at}.js`] = "import '../src/area0/part0/f0.js';\n";
  return files;
}

const folder = mkdtempSync(path.join(tmpdir(), 'lintel-page-'));
let browser: Browser;

async function pageOf(
  name: string,
  files: Readonly<Record<string, FileContent>>,
  ...args: readonly string[]
): Promise<string> {
  const repository = await createRepository({ files });
  try {
    const { stdout } = repository.run(process.execPath, [CLI, 'graph', '--format', 'html', ...args]);
    const file = path.join(folder, `${name}.html`);
    writeFileSync(file, stdout);
    return pathToFileURL(file).href;
  } finally {
    await repository.dispose();
  }
}

/** A page on which any error, and any request but for itself, fails the test. */
async function open(
  url: string,
  use: (page: Page) => Promise<void>,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1300, height: 850 }, colorScheme });
  const wrong: string[] = [];
  page.on('pageerror', error => wrong.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error') wrong.push(message.text());
  });
  page.on('request', request => {
    if (request.url() !== url) wrong.push(`asked for ${request.url()}`);
  });
  page.on('dialog', dialog => wrong.push(dialog.message()));
  try {
    await page.goto(url);
    await page.locator('#picture .place').first().waitFor();
    await use(page);
    assert.deepEqual(wrong, []);
  } finally {
    await page.close();
  }
}

const transform = (page: Page) => page.locator('#picture > g').getAttribute('transform');
const status = (page: Page) => page.locator('#status').textContent();
const box = (page: Page, name: string) => page.locator(`#picture .place[aria-label^="${name},"]`);

describe('the page', { skip }, () => {
  let small = '';
  before(async () => {
    buildIfStale();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    small = await pageOf('small', SMALL);
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  test('dragging, arrow keys, the wheel and buttons move it; Fit brings it back', () =>
    open(small, async page => {
      const first = await transform(page);
      await page.mouse.move(60, 800);
      await page.mouse.down();
      await page.mouse.move(160, 760, { steps: 4 });
      await page.mouse.up();
      const [, x, y] = /translate\((\S+) (\S+)\)/.exec(first ?? '') ?? [];
      const [, movedX, movedY] = /translate\((\S+) (\S+)\)/.exec((await transform(page)) ?? '') ?? [];
      assert.deepEqual([Number(movedX) - Number(x), Number(movedY) - Number(y)].map(Math.round), [100, -40]);
      await page.locator('#fit').click();
      assert.equal(await transform(page), first);
      await page.locator('#picture').focus();
      await page.keyboard.press('ArrowLeft');
      assert.notEqual(await transform(page), first);
      await page.keyboard.press('ArrowRight');
      assert.equal(await transform(page), first);
      const scale = async () => Number(/scale\((.*)\)/.exec((await transform(page)) ?? '')?.[1]);
      const before = await scale();
      await page.mouse.move(400, 400);
      await page.mouse.wheel(0, -300);
      await page.waitForFunction(
        `document.querySelector('#picture > g').getAttribute('transform') !== ${JSON.stringify(first)}`,
      );
      assert.ok((await scale()) > before);
      await page.locator('#fit').click();
      await page.locator('#zoom-out').click();
      assert.ok((await scale()) < before);
      await page.locator('#zoom-in').click();
      assert.ok(Math.abs((await scale()) - before) < 1e-9);
    }));

  test('a folder unfolds and folds by mouse and by keyboard', () =>
    open(small, async page => {
      await page.locator('#fold-all').click();
      await box(page, 'src').click();
      await box(page, 'src/ui').click();
      assert.equal(await box(page, 'src/ui/menu.ts').count(), 1);
      const title = page.locator('#picture .title[aria-label^="src/ui,"]');
      await title.focus();
      await page.keyboard.press('Enter');
      assert.equal(await box(page, 'src/ui/menu.ts').count(), 0);
      await page.keyboard.press(' ');
      assert.equal(await box(page, 'src/ui/menu.ts').count(), 1);
    }));

  test('search shows a file in the middle, with what it imports', () =>
    open(small, async page => {
      await page.locator('#fold-all').click();
      await page.locator('#search').fill('TABLE');
      await page.locator('#found button').first().click();
      const found = await box(page, 'src/db/deep/table.ts').boundingBox();
      const picture = await page.locator('#picture').boundingBox();
      assert.ok(found !== null && picture !== null);
      assert.ok(Math.abs(found.x + found.width / 2 - picture.x - picture.width / 2) < 40);
      assert.ok(Math.abs(found.y + found.height / 2 - picture.y - picture.height / 2) < 40);
      const panel = await page.locator('aside').innerText();
      assert.match(panel, /^src\/db\/deep\/table\.ts\n/);
      assert.match(panel, /Imports\n.*src\/db\/pool\.ts 1/s);
      assert.match(panel, /Is imported by\n+src\/api 1, in a circle/);
      await page.locator('#search').fill('no such thing');
      assert.match(await page.locator('#found').innerText(), /Nothing is called that/);
    }));

  test('an arrow tells its imports, what they violate and which decisions speak about them', () =>
    open(small, async page => {
      await page.locator('#search').fill('menu.ts');
      await page.keyboard.press('Enter');
      await page.locator('#picture .bundle.wrong').first().focus();
      await page.keyboard.press('Enter');
      const panel = await page.locator('aside').innerText();
      assert.match(panel, /^src\/ui\/menu\.ts → src\/db/);
      assert.match(panel, /src\/ui\/menu\.ts:1 \.\.\/db\/pool value/);
      assert.match(
        panel,
        /Against a decision\n+ADR-0001 The UI stays off the database \(ui-off-the-database\)/,
      );
      assert.match(panel, /Decisions that speak about it\n+ADR-0001 \(ui-off-the-database\)/);
    }));

  test('only this, and back', () =>
    open(small, async page => {
      const all = await page.locator('#picture .place').count();
      await page.locator('#search').fill('src/ui/list.ts');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Only this' }).click();
      assert.equal(await box(page, 'src/ui/menu.ts').count(), 0);
      assert.equal(await box(page, 'src/ui/list.ts').count(), 1);
      await page.locator('#back').click();
      assert.ok((await page.locator('#picture .place').count()) >= all);
      assert.equal(await page.locator('#back').isVisible(), false);
    }));

  test('light and dark are two pictures, and text stands out in both', async () => {
    const shots: Buffer[] = [];
    for (const scheme of ['light', 'dark'] as const)
      await open(
        small,
        async page => {
          shots.push(await page.screenshot());
          for (const selector of ['aside p', '#status', 'aside h2', '.circle-text', '.wrong-text'])
            assert.ok((await contrast(page, selector)) >= 4.5, `${scheme}: ${selector}`);
        },
        scheme,
      );
    const [light, dark] = shots;
    assert.ok(light !== undefined && dark !== undefined && light.length > 8000 && dark.length > 8000);
    assert.notDeepEqual(light, dark);
  });

  test('hostile names are text', async () => {
    const files = Object.fromEntries(
      HOSTILE.map(name => [`odd/${name.replaceAll('/', '\u2215')}.ts`, "import './nothing';\n"]),
    );
    const url = await pageOf('hostile', {
      ...files,
      '</script><script>window.hacked=1</script>/a.ts': "import './</script>';\n",
    });
    await open(url, async page => {
      await page.locator('#search').fill('o');
      await page.locator('#search').fill('hacked');
      await page.locator('#found button').first().click();
      assert.equal(await page.evaluate(`'hacked' in window`), false);
      assert.equal(await page.locator('img').count(), 0);
      assert.match(await page.locator('aside h2').innerText(), /hacked=1/);
    });
  });

  test('six thousand files: folded at first, a huge folder draws its heaviest, and says so', async () => {
    const url = await pageOf('large', large());
    await open(url, async page => {
      assert.match((await status(page)) ?? '', /^6,000 files, 16,000 imports; drawn: \d\d boxes/);
      await page.locator('#fold-all').click();
      await box(page, 'huge').click();
      assert.equal(await page.locator('#picture .rest').count(), 1);
      await page.locator('#picture .rest').click();
      const panel = await page.locator('aside').innerText();
      assert.match(panel, /… 940 more: too many to draw/);
      assert.match(panel, /… and 740 more/);
      await page.locator('aside ul').first().locator('button').last().click();
      assert.equal(await page.locator('#picture .chosen.file').count(), 1);
    });
  });
});

/** Of the element's colour on the nearest ground below it (WCAG 2). */
async function contrast(page: Page, selector: string): Promise<number> {
  const found: unknown = await page.evaluate(`(() => {
    const element = document.querySelector(${JSON.stringify(selector)});
    const colours = [getComputedStyle(element).color];
    for (let below = element; below !== null; below = below.parentElement)
      colours.push(getComputedStyle(below).backgroundColor);
    return colours;
  })()`);
  assert.ok(Array.isArray(found));
  const [text = '', ...grounds] = found.map(String);
  const channels = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const ground = grounds.map(channels).find(([, , , opacity = 1]) => opacity > 0) ?? [255, 255, 255];
  const [a, b] = [luminance(channels(text)), luminance(ground)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(colour: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = colour.map(channel => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
