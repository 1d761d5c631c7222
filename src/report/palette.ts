import kleur from 'kleur';

type Paint = (text: string) => string;

/** What a colour means here; nothing in a report depends on colour alone. */
export interface Palette {
  readonly title: Paint;
  readonly blocked: Paint;
  readonly warned: Paint;
  readonly admitted: Paint;
  readonly label: Paint;
  readonly place: Paint;
  readonly command: Paint;
  readonly quiet: Paint;
}

const plain: Paint = text => text;
const COLOURLESS: Palette = {
  title: plain,
  blocked: plain,
  warned: plain,
  admitted: plain,
  label: plain,
  place: plain,
  command: plain,
  quiet: plain,
};

/** @param colour the caller has decided (see colour.ts); kleur's own guess about the terminal is not asked. */
export function createPalette(colour: 'colour' | 'plain'): Palette {
  if (colour === 'plain') return COLOURLESS;
  const paint =
    (style: (text: string) => string): Paint =>
    text => {
      if (text === '') return text;
      kleur.enabled = true;
      return style(text);
    };
  return {
    title: paint(text => kleur.bold(text)),
    blocked: paint(text => kleur.bold().red(text)),
    warned: paint(text => kleur.yellow(text)),
    admitted: paint(text => kleur.green(text)),
    label: paint(text => kleur.dim(text)),
    place: paint(text => kleur.cyan(text)),
    command: paint(text => kleur.bold(text)),
    quiet: paint(text => kleur.dim(text)),
  };
}
