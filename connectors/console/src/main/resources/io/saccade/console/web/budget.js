// What is asked of the job, what it uses, and what more or less would bring.

import {percent, say} from './looks.js';
import {post} from './stream.js';

const SVG = 'http://www.w3.org/2000/svg';
const SHORTEST = 10; // milliseconds at the lower end of the dial for the target age
const LONGEST = 10000;

export function budget() {
  const byId = (id) => document.getElementById(id);
  const cores = byId('cores');
  const target = byId('target');
  const apply = byId('apply');
  const revert = byId('revert');
  const answer = byId('answer');
  let operator = false;
  let known = null;
  const turned = new Set(); // the dials that differ from what is in force

  // The dial for the age is logarithmic: 50 ms more matter at 100 ms, not at 5 s.
  const toMillis = (at) => Number((SHORTEST * (LONGEST / SHORTEST) ** (at / 100)).toPrecision(2));
  const toDial = (millis) => (100 * Math.log(millis / SHORTEST)) / Math.log(LONGEST / SHORTEST);

  function spell() {
    const asked = Number(cores.dataset.exact || cores.value).toFixed(2);
    say(byId('cores-value'), asked);
    say(byId('target-value'), `${target.dataset.exact || toMillis(target.value)} ms`);
    target.setAttribute('aria-valuetext', byId('target-value').textContent);
    cores.setAttribute('aria-valuetext', `${asked} cores`);
    apply.disabled = revert.disabled = !(turned.size && operator);
  }

  function reset() {
    turned.clear();
    if (known && known.cores !== undefined) {
      cores.max = Math.max(0.95 * known.parallelism, known.cores).toFixed(2);
      cores.value = known.cores;
      cores.dataset.exact = known.cores;
      target.value = toDial(known.targetAgeMillis);
      target.dataset.exact = known.targetAgeMillis;
    }
    spell();
  }

  for (const dial of [cores, target]) {
    dial.addEventListener('input', () => {
      turned.add(dial);
      delete dial.dataset.exact;
      spell();
    });
  }
  revert.addEventListener('click', reset);

  async function ask(wish) {
    answer.dataset.kind = '';
    answer.textContent = 'asking the job';
    try {
      const told = await post('/api/budget', wish);
      answer.dataset.kind = 'accepted';
      answer.textContent = told.accepted
        ? `in force: epoch ${told.epoch}, ${told.accepted} of ${told.parallelism} subtasks, by ${told.issuedBy}`
        : `written as epoch ${told.epoch}; no job has answered`;
      return true;
    } catch (refusal) {
      answer.dataset.kind = 'refused';
      answer.textContent = `refused: ${refusal.message}`;
      return false;
    }
  }

  const camera = byId('terms-camera');
  const weight = byId('terms-weight');
  const cap = byId('terms-cap');

  function termsOf(name) {
    return (known && known.terms[name]) || {weight: 1, cap: 1};
  }

  camera.addEventListener('change', () => {
    weight.value = termsOf(camera.value).weight;
    cap.value = 100 * termsOf(camera.value).cap;
  });
  byId('terms-form').addEventListener('submit', (event) => {
    event.preventDefault();
    ask({cameras: {[camera.value]: {weight: Number(weight.value), cap: Number(cap.value) / 100}}});
  });

  function terms(names) {
    if (names.length !== camera.length || names.some((it, i) => camera[i].value !== it)) {
      const chosen = camera.value;
      camera.replaceChildren(...names.map((it) => new Option(it, it)));
      if (names.includes(chosen)) camera.value = chosen;
    }
    const lines = Object.entries(known.terms).map(([name, it]) => `${name}: weight ${it.weight}, at most ${percent(it.cap)}`);
    const list = byId('terms');
    if (list.dataset.told !== lines.join('\n')) {
      list.dataset.told = lines.join('\n');
      list.replaceChildren(...lines.map((it) => Object.assign(document.createElement('li'), {textContent: it})));
    }
  }

  byId('budget-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    // Only what was turned: the dial for cores would replace a budget of another kind, and move one between its marks.
    const wish = {};
    if (turned.has(cores)) wish.cores = Number(cores.value);
    if (turned.has(target)) wish.targetAgeMillis = toMillis(target.value);
    // A target above the oldest age that is looked at means nothing: that one goes along.
    if (wish.targetAgeMillis > known.maxAgeMillis) wish.maxAgeMillis = wish.targetAgeMillis;
    apply.disabled = true;
    if (await ask(wish)) turned.clear();
    spell();
  });

  function frontier(told) {
    const points = told.frontier;
    const svg = byId('frontier');
    if (!points || points.length < 2) {
      svg.replaceChildren();
      return;
    }
    const looks = points.map((it) => it[0]);
    const low = Math.min(...points.map((it) => it[1]));
    const high = Math.max(...points.map((it) => it[1]));
    const left = Math.min(...looks);
    const right = Math.max(...looks);
    const x = (it) => 40 + (270 * (it - left)) / (right - left || 1);
    const y = (it) => 170 - (150 * (it - low)) / (high - low || 1);
    const parts = [];
    function add(name, attributes, text) {
      const part = document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, value);
      if (text !== undefined) part.textContent = text;
      parts.push(part);
    }
    add('path', {class: 'axis', d: 'M40 15V170H312', fill: 'none'});
    add('text', {x: 2, y: y(high) + 4}, percent(high));
    add('text', {x: 2, y: y(low) + 4}, percent(low));
    add('text', {x: x(left), y: 186}, left.toFixed(1));
    add('text', {x: x(right) - 16, y: 186}, right.toFixed(1));
    add('text', {x: 140, y: 197}, 'mean looks');
    add('path', {class: 'curve', d: points.map((it, i) => `${i ? 'L' : 'M'}${x(it[0]).toFixed(1)} ${y(it[1]).toFixed(1)}`).join('')});
    for (const [key, kind] of [['halved', 'other'], ['doubled', 'other'], ['here', 'here']]) {
      const it = told[key];
      if (it) {
        add('circle', {class: kind, id: `at-${key}`, cx: x(it.meanLooks), cy: y(it.calibrated), r: 5});
        add('text', {x: x(it.meanLooks) + (key === 'doubled' ? -14 : 8), y: y(it.calibrated) + (key === 'doubled' ? -9 : 14)}, {halved: '½', doubled: '2×', here: 'now'}[key]);
      }
    }
    svg.replaceChildren(...parts);
  }

  function interval(low, high) {
    return `${Math.round(100 * low)} to ${percent(high)}`;
  }

  function expected(it) {
    if (!it) return '–';
    const of = it.keep < 0.999 ? `of ${percent(it.keep)} of the frames` : `at ${it.meanLooks.toFixed(2)} looks`;
    return `${percent(it.accuracy)} ${of} (${interval(it.accuracyLow, it.accuracyHigh)})`;
  }

  // What the expectation rests on, so that nobody takes it for a measurement.
  function grounds(it) {
    if (!it) return '';
    const calibration = `${it.clips} ${it.clips === 1 ? 'clip' : 'clips'}${it.frames ? ` (${it.frames} frames)` : ''} of the model's calibration`;
    return it.audits
      ? `Nobody labels live frames: these are how sure the answers of the last minute were, with the interval of 95 % that ${calibration} and the cameras in view allow. `
        + `Half and twice move along the frontier. In ${it.audits} frames looked at to the end, ${percent(it.agreement)} (${interval(it.agreementLow, it.agreementHigh)}) of the answers were the final ones.`
      : `No frame has been looked at to the end yet: these are what ${calibration} showed, with the interval of 95 % that so few allow.`;
  }

  // Several jobs on the same topics: whose figures these are.
  function sharing(jobs) {
    return jobs
      ? `${jobs.length} jobs share these topics: ${jobs.join(', ')}. What is decided and spent, here and in the charts, is told of ${jobs[0]}; `
        + 'labels, looks and their ages are those of all, and what is applied holds for all.'
      : '';
  }

  return {
    allow(operates) {
      operator = operates;
      for (const control of [cores, target, camera, weight, cap, byId('terms-apply')]) control.disabled = !operates;
      if (!operates) say(answer, 'you may look, but not change settings');
      spell();
    },

    hear(told, used, names) {
      known = told;
      terms(names);
      if (!turned.size && document.activeElement !== cores && document.activeElement !== target) reset();
      else if (!turned.size && told.cores !== undefined) spell();
      say(byId('jobs'), sharing(told.jobs));
      say(byId('offered'), told.offered === undefined ? 'no job runs' : `${told.offered.toFixed(0)} frames/s`);
      say(byId('granted'), told.cores === undefined ? '–' : `${told.cores.toFixed(2)} cores`);
      say(byId('used'), used === null || used === undefined ? '–' : `${used.toFixed(2)} cores`);
      say(byId('wanted'), told.wanted === undefined ? '–' : `${told.wanted.toFixed(2)} cores`);
      say(byId('deficit'), told.deficit === undefined ? '–' : percent(told.deficit));
      say(byId('here'), expected(told.here));
      say(byId('halved'), expected(told.halved));
      say(byId('doubled'), expected(told.doubled));
      say(byId('grounds'), told.otherModel
        ? `The job runs ${told.otherModel}, and this console was started with ${told.model}: start the console with its --bundle to see its accuracy.`
        : grounds(told.rests));
      say(byId('epoch'), `epoch ${told.epoch}${told.epoch && told.issuedBy ? `, by ${told.issuedBy}` : ''}`);
      frontier(told);
    },
  };
}
