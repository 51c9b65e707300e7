// The last quarter of an hour, with marks where something changed. Charts by uPlot.

const COLUMNS = ['at', 'offered', 'served', 'shed', 'dead', 'looks', 'p50', 'p99', 'position', 'budget', 'used'];
const KEPT = 900;
const CHARTS = [
  {title: 'Frames per second', series: [['offered', 'offered', 0], ['served', 'looked at', 1], ['shed', 'shed', 2], ['dead', 'dead letters', 3]]},
  {title: 'Cores', series: [['budget', 'budget', 0], ['used', 'used', 1]]},
  {title: 'Age of labels, ms', series: [['p50', 'median', 1], ['p99', '99th percentile', 2]]},
  {title: 'Looks', series: [['looks', 'mean looks', 1], ['position', 'operating point', 0]]},
];
const LIGHT = ['#54606a', '#0a6c5e', '#a34e00', '#a31621'];
const DARK = ['#a3b0b8', '#4fd1bd', '#ffb35c', '#ff8a8a'];

export function time() {
  const holder = document.getElementById('charts');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const columns = COLUMNS.map(() => []);
  let marks = [];
  let charts = [];
  let visible = false;
  let changed = false;

  // Thin lines behind the curves, where the settings, the model or the job changed.
  const marking = {
    hooks: {
      drawClear: [(chart) => {
        const context = chart.ctx;
        context.save();
        context.strokeStyle = dark.matches ? '#4fd1bd88' : '#0a6c5e88';
        context.setLineDash([4, 4]);
        let drawn = 0;
        for (const mark of marks) {
          const x = chart.valToPos(mark.at / 1000, 'x', true);
          if (x >= chart.bbox.left && x <= chart.bbox.left + chart.bbox.width) {
            context.beginPath();
            context.moveTo(x, chart.bbox.top);
            context.lineTo(x, chart.bbox.top + chart.bbox.height);
            context.stroke();
            drawn++;
          }
        }
        holder.dataset.marks = drawn;
        context.restore();
      }],
    },
  };

  function data(series) {
    return [columns[0].map((it) => it / 1000), ...series.map(([column]) => columns[COLUMNS.indexOf(column)])];
  }

  function build() {
    charts.forEach(({chart}) => chart.destroy());
    const colours = dark.matches ? DARK : LIGHT;
    const ink = dark.matches ? '#e6ebed' : '#1b2224';
    const grid = dark.matches ? '#344047' : '#d5dadd';
    charts = CHARTS.map(({title, series}, index) => {
      let place = holder.children[index];
      if (!place) {
        place = document.createElement('div');
        place.setAttribute('role', 'img');
        holder.append(place);
      }
      place.className = 'card';
      place.setAttribute('aria-label', `Chart: ${title}: ${series.map((it) => it[1]).join(', ')}; the figures are in the CSV download`);
      const chart = new uPlot({
        title,
        width: Math.max(200, place.clientWidth - 26),
        height: 180,
        cursor: {sync: {key: 'time'}, drag: {x: false, y: false}},
        plugins: [marking],
        scales: {y: {range: (chart, low, high) => [0, high > 0 ? high * 1.08 : 1]}},
        axes: [{stroke: ink, grid: {stroke: grid}, ticks: {stroke: grid}}, {stroke: ink, grid: {stroke: grid}, ticks: {stroke: grid}, size: 54}],
        series: [{}, ...series.map(([, label, colour]) => ({label, stroke: colours[colour], width: 1.5, spanGaps: false, points: {show: false}, value: (chart, value) => (value === null || value === undefined ? '–' : Number(value.toFixed(2))) }))],
      }, data(series), place);
      return {chart, series, place};
    });
  }

  function redraw() {
    if (!visible || !changed) return;
    changed = false;
    if (charts.length === 0) build();
    charts.forEach(({chart, series}) => chart.setData(data(series)));
  }

  new IntersectionObserver((entries) => {
    visible = entries[entries.length - 1].isIntersecting;
    redraw();
  }, {rootMargin: '200px'}).observe(holder);
  dark.addEventListener('change', () => {
    if (charts.length) build();
  });
  new ResizeObserver(() => {
    charts.forEach(({chart, place}) => {
      const width = Math.max(200, place.clientWidth - 26);
      if (width !== chart.width) chart.setSize({width, height: 180});
    });
  }).observe(holder);

  return {
    hear(rows, fresh) {
      for (const row of rows) {
        row.forEach((value, column) => columns[column].push(value));
      }
      const over = columns[0].length - KEPT;
      if (over > 0) columns.forEach((column) => column.splice(0, over));
      marks = marks.concat(fresh.filter((it) => it.kind !== 'camera')).slice(-100);
      if (rows.length || fresh.length) {
        changed = true;
        redraw();
      }
    },

    /** The stream begins anew and tells everything again. */
    forget() {
      columns.forEach((column) => column.splice(0));
      marks = [];
    },

    get used() {
      const used = columns[COLUMNS.indexOf('used')];
      return used[used.length - 1];
    },
  };
}
