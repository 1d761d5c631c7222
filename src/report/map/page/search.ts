import { visible } from '../../escape.js';
import { button, count, element } from './dom.js';
import type { Folds } from './folds.js';
import type { Place } from './tree.js';

const FOUND = 30;

/** The box to search in, and what it finds below it. */
export function searchBox(folds: Folds, choose: (place: Place) => void): HTMLElement {
  const input = element('input', {
    type: 'search',
    id: 'search',
    placeholder: 'Search files and folders',
    'aria-label': 'Search files and folders',
    'aria-controls': 'found',
    autocomplete: 'off',
  });
  const list = element('div', { id: 'found', 'aria-live': 'polite' });
  const close = (): void => list.replaceChildren();
  const find = (): void => {
    const { found, total } = folds.search(input.value, FOUND);
    const items: Node[] = found.map(place =>
      button(visible(place.path), () => {
        close();
        choose(place);
      }),
    );
    if (input.value.trim() !== '' && total === 0) items.push(element('p', {}, 'Nothing is called that.'));
    if (total > FOUND) items.push(element('p', { class: 'faint' }, `and ${count(total - FOUND, 'other')}`));
    list.replaceChildren(...items);
  };
  input.addEventListener('input', find);
  input.addEventListener('focus', find);
  const whole = element('div', { class: 'search' }, input, list);
  whole.addEventListener('keydown', event => {
    const buttons = [...list.querySelectorAll('button')];
    const at = buttons.findIndex(one => one.matches(':focus'));
    if (event.key === 'Escape') {
      close();
      input.focus();
      close();
    } else if (event.key === 'ArrowDown') buttons[at + 1]?.focus();
    else if (event.key === 'ArrowUp') (buttons[at - 1] ?? input).focus();
    else if (event.key === 'Enter' && document.activeElement === input) buttons[0]?.click();
    else return;
    event.preventDefault();
  });
  document.addEventListener('pointerdown', event => {
    if (event.target instanceof Node && !whole.contains(event.target)) close();
  });
  return whole;
}
