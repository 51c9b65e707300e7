// What happened, newest first.

import {iso} from './looks.js';

const KEPT = 500;

export function events() {
  const list = document.getElementById('marks');
  const kind = document.getElementById('kind');

  kind.addEventListener('change', () => {
    for (const item of list.children) item.hidden = kind.value !== '' && item.dataset.kind !== kind.value;
  });

  return {
    hear(marks) {
      for (const mark of marks) {
        const item = document.createElement('li');
        item.dataset.kind = mark.kind;
        item.hidden = kind.value !== '' && mark.kind !== kind.value;
        const time = document.createElement('time');
        time.dateTime = iso(mark.at);
        time.textContent = new Date(mark.at).toLocaleTimeString();
        const what = Object.assign(document.createElement('span'), {className: 'kind', textContent: mark.kind});
        const said = Object.assign(document.createElement('span'), {
          className: 'said',
          textContent: mark.camera ? `${mark.camera}: ${mark.text}` : mark.text,
        });
        item.append(time, what, said);
        list.prepend(item);
      }
      while (list.children.length > KEPT) list.lastChild.remove();
    },

    forget() {
      list.replaceChildren();
    },
  };
}
