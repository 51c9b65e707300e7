// Brings the stream to the sections, and tells the server what is in sight.

import {budget} from './budget.js';
import {events} from './events.js';
import {large} from './large.js';
import {say} from './looks.js';
import {post, read} from './stream.js';
import {time} from './time.js';
import {wall} from './wall.js';

// Two rounds a second are sent: after so long without one nothing on the page is live.
const SILENCE = 2500;

// However fast somebody scrolls: the server takes 240 requests a minute.
const TELL_EVERY = 500;

const connection = document.getElementById('connection');
const entrance = document.getElementById('entrance');
const leave = document.getElementById('leave');
let viewer = null;
let sight = [];
let telling = null;
let toldAt = -TELL_EVERY;
let heardAt = performance.now();
let serverNow = Date.now();
let ending = null;

function tell() {
  if (telling !== null || viewer === null) return;
  telling = setTimeout(async () => {
    telling = null;
    toldAt = performance.now();
    try {
      const all = large1.camera ? [...new Set([...sight, large1.camera])] : sight;
      await post('/api/view', {viewer, cameras: document.hidden ? [] : all, large: large1.camera || ''});
    } catch {
      // When the server is gone the stream says so itself; when it has had enough, once more later.
      setTimeout(tell, 2 * TELL_EVERY);
    }
  }, Math.max(60, toldAt + TELL_EVERY - performance.now()));
}

const large1 = large({changed: tell});
const wall1 = wall({
  open: (camera) => large1.open(camera),
  inSight(cameras) {
    sight = cameras;
    tell();
  },
});
const budget1 = budget();
const time1 = time();
const events1 = events();

function heard(state) {
  heardAt = performance.now();
  serverNow = state.now;
  say(connection, 'connected');
  if (viewer !== state.viewer) {
    viewer = state.viewer;
    time1.forget();
    events1.forget();
    tell();
  }
  wall1.hear(state.cameras, state.now, state.kafka);
  large1.hear(state.large, state.cameras, state.now);
  time1.hear(state.seconds, state.marks);
  events1.hear(state.marks);
  budget1.hear(state.budget, time1.used, state.cameras.map((it) => it.camera));
  if (!document.body.dataset.ready) performance.mark('ready');
  document.body.dataset.ready = 'yes';
}

function seen(header, blob) {
  wall1.see(header, blob);
  large1.see(header, blob);
}

async function enter() {
  for (;;) {
    const response = await fetch('/api/me', {cache: 'no-store'});
    if (response.ok) {
      const me = await response.json();
      say(document.getElementById('who'), `${me.name} (${me.operator ? 'operator' : 'viewer'})`);
      leave.hidden = !me.token;
      budget1.allow(me.operator);
      return;
    }
    if (response.status !== 401) throw new Error((await response.json()).error);
    await ask();
  }
}

function ask() {
  say(connection, 'a token is needed');
  const form = document.getElementById('entrance-form');
  const token = document.getElementById('token');
  const refusal = document.getElementById('entrance-refusal');
  entrance.showModal();
  return new Promise((entered) => {
    form.onsubmit = async (event) => {
      event.preventDefault();
      try {
        await post('/api/session', {token: token.value});
        token.value = '';
        refusal.textContent = '';
        entrance.close();
        entered();
      } catch (refused) {
        refusal.textContent = refused.message;
      }
    };
  });
}
// There is nothing behind it to go back to.
entrance.addEventListener('cancel', (event) => event.preventDefault());

leave.addEventListener('click', async () => {
  await post('/api/session/end', {});
  location.reload();
});
document.addEventListener('visibilitychange', tell);

setInterval(() => {
  const silent = performance.now() - heardAt;
  const now = serverNow + silent; // by the server's clock, which is the one of the records
  if (silent > SILENCE) {
    wall1.silence('the console does not answer', now);
    if (silent > 4 * SILENCE && ending) ending.abort();
  } else {
    wall1.tick(now);
  }
}, 500);

for (;;) {
  try {
    await enter();
    ending = new AbortController();
    heardAt = performance.now();
    await read(heard, seen, ending.signal);
  } catch (problem) {
    viewer = null;
    say(connection, `not connected: ${problem.message}`);
    await new Promise((again) => setTimeout(again, 1000));
  }
}
