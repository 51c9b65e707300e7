// One camera, large: its picture, its classes, and its last labels with why looking stopped.

import {age, draw, iso, percent, say, view} from './looks.js';

export function large({changed}) {
  const dialog = document.getElementById('large');
  const title = document.getElementById('large-title');
  const state = document.getElementById('large-state');
  const classes = document.querySelector('#large-classes tbody');
  const history = document.querySelector('#large-history tbody');
  const holder = document.getElementById('large-view');
  const drawn = view(holder);
  let camera = null;

  document.getElementById('large-close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    camera = null;
    changed();
  });

  function row(cells) {
    const line = document.createElement('tr');
    for (const cell of cells) line.append(Object.assign(document.createElement('td'), {textContent: cell}));
    return line;
  }

  return {
    get camera() {
      return camera;
    },

    open(name) {
      camera = name;
      title.textContent = name;
      state.textContent = '';
      history.replaceChildren();
      classes.replaceChildren();
      drawn.svg.replaceChildren();
      drawn.canvas.width = 0;
      dialog.showModal();
      changed();
    },

    hear(told, cameras, now) {
      const it = cameras.find((other) => other.camera === camera);
      if (it) {
        holder.dataset.state = it.state;
        say(drawn.word, it.state === 'live' ? '' : it.state);
        say(drawn.reason, it.reason);
        say(state, it.state + (it.reason ? `: ${it.reason}` : '') + (it.label ? `, newest frame ${age(now - it.label.at)} old` : ''));
      }
      if (told && told.camera === camera) {
        history.replaceChildren(...told.history.slice().reverse().map((label) => row([
          iso(label.at).slice(11, 23),
          label.name || label.outcome,
          label.confidence === undefined ? '' : percent(label.confidence),
          label.looks,
          label.reason,
        ])));
      }
    },

    async see(header, blob) {
      if (header.camera !== camera) return;
      try {
        const bitmap = await createImageBitmap(blob);
        draw(drawn, bitmap, header);
        bitmap.close();
        classes.replaceChildren(...header.classes.map(([name, confidence]) => row([name, percent(confidence)])));
      } catch {
        // As on the wall.
      }
    },
  };
}
