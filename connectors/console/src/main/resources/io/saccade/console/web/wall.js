// Every camera as a tile. Only tiles in sight get pictures, and the server is told which those are.

import {age, draw, percent, say, view} from './looks.js';

// A picture older than this is never shown as what is there now.
const OLD = 2000;

export function wall({open, inSight}) {
  const list = document.getElementById('tiles');
  const summary = document.getElementById('wall-summary');
  const tiles = new Map();
  const seen = new Set();
  let clock = 0; // the server's time at the last message or tick
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const camera = entry.target.camera;
      if (entry.isIntersecting) seen.add(camera);
      else seen.delete(camera);
    }
    inSight([...seen]);
  }, {rootMargin: '80px'});

  function tile(camera) {
    const item = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'tile';
    button.dataset.camera = camera;
    const picture = document.createElement('span');
    picture.className = 'view';
    const words = document.createElement('span');
    words.className = 'words';
    const name = document.createElement('b');
    const old = document.createElement('span');
    old.className = 'more';
    const label = document.createElement('span');
    const looks = document.createElement('span');
    looks.className = 'more';
    name.textContent = camera;
    words.append(name, old, label, looks);
    button.append(picture, words);
    item.append(button);
    button.addEventListener('click', () => open(camera));
    const made = {camera, item, button, view: view(picture), old, label, looks, shown: null, told: null, drawing: false, waiting: null};
    button.camera = camera;
    watch.observe(button);
    return made;
  }

  // Newer pictures that come while one is still being decoded replace each other.
  async function show(made, header, blob) {
    if (made.drawing) {
      made.waiting = [header, blob];
      return;
    }
    made.drawing = true;
    try {
      const bitmap = await createImageBitmap(blob);
      draw(made.view, bitmap, header);
      bitmap.close();
      made.shown = header;
      retell(made, clock);
      made.button.dataset.partition = header.partition;
      made.button.dataset.offset = header.offset;
      made.button.dataset.pictures = Number(made.button.dataset.pictures || 0) + 1;
    } catch {
      // What the browser cannot decode stays as it was, and soon counts as old.
    } finally {
      made.drawing = false;
    }
    if (made.waiting) {
      const [next, nextBlob] = made.waiting;
      made.waiting = null;
      await show(made, next, nextBlob);
    }
  }

  // What the server says, and what this page itself can tell: how old the picture is that stands here.
  function judge(made, now) {
    const {state, reason} = made.told;
    if (state !== 'live') return [state, reason];
    if (!made.shown) return seen.has(made.camera) ? ['stale', 'no picture yet'] : ['live', ''];
    const old = now - made.shown.at;
    return old > OLD && seen.has(made.camera) ? ['stale', `this picture is ${age(old)} old`] : ['live', ''];
  }

  function retell(made, now) {
    const [state, reason] = judge(made, now);
    const {button, told, shown} = made;
    if (button.dataset.state !== state) button.dataset.state = state;
    say(made.view.word, state === 'live' ? '' : state);
    say(made.view.reason, reason);
    const label = state === 'live' && shown ? shown : told.label;
    say(made.old, label ? age(now - label.at) : '');
    let words = state;
    if (state === 'live' && label && label.name) {
      words = `${label.name} ${percent(label.confidence)}`;
      say(made.looks, `${label.looks} ${label.looks === 1 ? 'look' : 'looks'}`);
    } else {
      say(made.looks, '');
    }
    say(made.label, words);
    const spoken = `${made.camera}: ${state}${reason ? ', ' + reason : ''}${state === 'live' ? ', ' + words : ''}`;
    if (button.getAttribute('aria-label') !== spoken) button.setAttribute('aria-label', spoken);
    return state;
  }

  return {
    /** What is known of all cameras. */
    hear(cameras, now, kafka) {
      clock = now;
      const named = new Set();
      const counts = {};
      for (const told of cameras) {
        named.add(told.camera);
        let made = tiles.get(told.camera);
        if (!made) {
          made = tile(told.camera);
          tiles.set(told.camera, made);
          // In the order of names, as the server sends them.
          const after = [...list.children].find((it) => it.firstChild.camera > told.camera);
          list.insertBefore(made.item, after || null);
        }
        made.told = told;
        const state = retell(made, now);
        counts[state] = (counts[state] || 0) + 1;
      }
      for (const [camera, made] of tiles) {
        if (!named.has(camera)) {
          watch.unobserve(made.button);
          seen.delete(camera);
          made.item.remove();
          tiles.delete(camera);
        }
      }
      const parts = ['live', 'shed', 'stale', 'unavailable'].filter((it) => counts[it]).map((it) => `${counts[it]} ${it}`);
      const known = cameras.length === 0 ? [] : [`${cameras.length} cameras: ${parts.join(', ')}`];
      if (!kafka.ready) known.push(kafka.reason);
      say(summary, known.join('; ') || 'no camera yet');
    },

    /** A picture with what the network made of it. */
    see(header, blob) {
      const made = tiles.get(header.camera);
      if (made) show(made, header, blob);
    },

    /** Time goes on between two messages. */
    tick(now) {
      clock = now;
      for (const made of tiles.values()) retell(made, now);
    },

    /** Nothing is heard: whatever stands here grows old. */
    silence(reason, now) {
      for (const made of tiles.values()) {
        made.told = {...made.told, state: 'unavailable', reason};
        retell(made, now);
      }
    },
  };
}
