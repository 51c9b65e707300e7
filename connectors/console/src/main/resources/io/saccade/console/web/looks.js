// A picture with the looks on it: the glance dashed, then the patches in order, each with the
// confidence after it. Coordinates are the frame's own pixels, as in the label.

const SVG = 'http://www.w3.org/2000/svg';

export function view(parent) {
  const canvas = document.createElement('canvas');
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('aria-hidden', 'true');
  const veil = document.createElement('span');
  veil.className = 'veil';
  const word = document.createElement('b');
  const reason = document.createElement('span');
  veil.append(word, reason);
  parent.append(canvas, svg, veil);
  return {canvas, svg, word, reason};
}

/** Draws picture and looks at once, so that they always belong together. */
export function draw(view, bitmap, header) {
  const {canvas, svg} = view;
  if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    svg.setAttribute('viewBox', `0 0 ${bitmap.width} ${bitmap.height}`);
  }
  canvas.getContext('2d').drawImage(bitmap, 0, 0);
  const size = Math.max(bitmap.width, bitmap.height) / 18;
  const marks = [];
  header.boxes.forEach(([x, y, width, height, confidence], index) => {
    const box = document.createElementNS(SVG, 'rect');
    box.setAttribute('x', x);
    box.setAttribute('y', y);
    box.setAttribute('width', width);
    box.setAttribute('height', height);
    if (index === 0) box.setAttribute('class', 'glance');
    const text = document.createElementNS(SVG, 'text');
    text.setAttribute('x', Math.max(0, x) + size / 4);
    // The glance's stands at the bottom, where no patch's is.
    text.setAttribute('y', index === 0 ? Math.min(y + height, bitmap.height) - size / 3 : Math.max(0, y) + size);
    text.setAttribute('font-size', size);
    text.textContent = `${index + 1}: ${percent(confidence)}`;
    marks.push(box, text);
  });
  svg.replaceChildren(...marks);
}

export function percent(share) {
  return `${Math.round(100 * share)} %`;
}

export function age(millis) {
  if (millis < 1000) return `${Math.max(0, Math.round(millis))} ms`;
  return millis < 120000 ? `${(millis / 1000).toFixed(1)} s` : `${Math.round(millis / 60000)} min`;
}

/** By UTC. Whoever writes a record chooses its time: what is no date has no words. */
export function iso(millis) {
  const date = new Date(millis);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** Changes text only when it is another, so that nothing is laid out in vain. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
