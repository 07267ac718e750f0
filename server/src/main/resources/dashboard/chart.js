// A line chart that says in words what it shows.
import { html, useEffect, useRef } from './preact.js';

const COLOURS = ['#2a7f57', '#c2410c', '#3b6fd4'];

/**
 * series: [{label, values}], times: seconds since the epoch.
 */
export function Chart({ title, times, series }) {
  const at = useRef(null);
  const plot = useRef(null);
  useEffect(() => {
    const ink = getComputedStyle(document.body).color;
    const axis = { stroke: ink, grid: { stroke: 'rgba(128,128,128,.25)' }, ticks: { stroke: 'rgba(128,128,128,.25)' } };
    plot.current = new uPlot({
      width: at.current.clientWidth || 300, height: 180, cursor: { drag: { x: false } },
      series: [{}, ...series.map(({ label }, i) => ({ label, stroke: COLOURS[i], width: 2, spanGaps: true }))],
      axes: [axis, { ...axis, size: 60 }],
      scales: { y: { range: (_, low, high) => [0, Math.max(1, high ?? 1) * 1.05] } },
    }, [times, ...series.map(({ values }) => values)], at.current);
    const sizes = new ResizeObserver(() => plot.current.setSize({ width: at.current.clientWidth, height: 180 }));
    sizes.observe(at.current);
    return () => { sizes.disconnect(); plot.current.destroy(); };
  }, []);
  useEffect(() => { plot.current?.setData([times, ...series.map(({ values }) => values)]); });
  const now = series.map(({ label, values }) => `${label} ${values.at(-1) ?? 'none'}`).join(', ');
  return html`<figure class="chart"><figcaption>${title}<small> now: ${now}</small></figcaption>
    <div ref=${at} role="img" aria-label=${`${title}; now: ${now}`}></div></figure>`;
}
