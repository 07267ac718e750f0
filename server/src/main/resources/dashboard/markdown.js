// Markdown of pages as elements, one by one: no text of a page ever becomes HTML, and an address is a link only when
// it is http or https. Pictures are not loaded: they are links to what they show.
import { html } from './preact.js';

const BLOCKS_MAX = 2000;
const DEPTH_MAX = 8;

export function address(text) {
  try {
    const url = new URL(text);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}

const link = (text, target) => {
  const href = address(target);
  return href ? html`<a href=${href} rel="noopener noreferrer nofollow" target="_blank">${text}</a>` : html`<span>${text}</span>`;
};

// With one level of brackets within, and escapes.
const LABEL = String.raw`((?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])*)`;
const TARGET = String.raw`\(<?((?:\\.|[^()\s<>\\]|\((?:\\.|[^()\s\\])*\))*)>?(?:\s+"[^"]*")?\)`;
const INLINE = new RegExp([
  '(`+)([\\s\\S]+?)\\1',
  `!\\[${LABEL}\\]${TARGET}`,
  `\\[${LABEL}\\]${TARGET}`,
  String.raw`\*\*([^*]+)\*\*`,
  String.raw`(?:\*|_)([^*_\s][^*_]*)(?:\*|_)(?!\w)`,
  String.raw`\\([!-/:-@[-${'`'}{-~])`,
].join('|'));
const INLINE_MAX = 20000;
const unescaped = (text) => text.replace(/\\([!-/:-@[-`{-~])/g, '$1');

export function inline(text, depth = 0) {
  const out = [];
  let rest = text;
  while (rest) {
    const found = depth < DEPTH_MAX && text.length < INLINE_MAX ? INLINE.exec(rest) : null;
    if (!found) { out.push(rest); break; }
    out.push(rest.slice(0, found.index));
    const [all, , code, alt, picture, label, target, strong, soft, plain] = found;
    if (code !== undefined) out.push(html`<code>${code}</code>`);
    else if (picture !== undefined) out.push(link(`[picture${alt ? `: ${unescaped(alt)}` : ''}]`, unescaped(picture)));
    else if (target !== undefined) out.push(link(inline(label, depth + 1), unescaped(target)));
    else if (strong !== undefined) out.push(html`<strong>${inline(strong, depth + 1)}</strong>`);
    else if (soft !== undefined) out.push(html`<em>${inline(soft, depth + 1)}</em>`);
    else out.push(plain);
    rest = rest.slice(found.index + all.length);
  }
  return out;
}

const cells = (line) => line.replace(/^\s*\||\|\s*$/g, '').split(/(?<!\\)\|/).map((cell) => cell.trim());
const ITEM = /^(\s*)(?:[-*+]|(\d+)[.)])\s+(.*)$/;

// A heading of a page stands under those of the view.
const heading = (level, content) => {
  const tag = `h${Math.min(6, level + 2)}`;
  return html`<${tag}>${content}<//>`;
};

function blocks(lines, depth) {
  const out = [];
  let at = 0;
  while (at < lines.length && out.length < BLOCKS_MAX) {
    const line = lines[at];
    const fence = /^\s*(```+|~~~+)/.exec(line);
    const head = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    if (!line.trim()) { at++; continue; }
    if (fence) {
      const code = [];
      for (at++; at < lines.length && !lines[at].trim().startsWith(fence[1]); at++) code.push(lines[at]);
      at++;
      out.push(html`<pre tabindex="0"><code>${code.join('\n')}</code></pre>`);
    } else if (head) {
      out.push(heading(head[1].length, inline(head[2])));
      at++;
    } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
      out.push(html`<hr />`);
      at++;
    } else if (line.startsWith('>') && depth < DEPTH_MAX) {
      const quoted = [];
      for (; at < lines.length && lines[at].startsWith('>'); at++) quoted.push(lines[at].replace(/^>\s?/, ''));
      out.push(html`<blockquote>${blocks(quoted, depth + 1)}</blockquote>`);
    } else if (line.includes('|') && /^\s*\|?\s*:?-+/.test(lines[at + 1] ?? '')) {
      const heads = cells(line);
      const rows = [];
      for (at += 2; at < lines.length && lines[at].includes('|'); at++) rows.push(cells(lines[at]));
      out.push(html`<div class="scroll" role="region" aria-label="Table of the page" tabindex="0"><table>
        <thead><tr>${heads.map((cell) => html`<th scope="col">${inline(cell)}</th>`)}</tr></thead>
        <tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${inline(cell)}</td>`)}</tr>`)}</tbody></table></div>`);
    } else if (ITEM.test(line)) {
      const [, indent, ordered] = ITEM.exec(line);
      const items = [];
      for (; at < lines.length; at++) {
        const item = ITEM.exec(lines[at]);
        if (item && item[1].length <= indent.length) items.push([item[3]]);
        else if (items.length && lines[at].trim() && /^\s/.test(lines[at])) items.at(-1).push(lines[at].replace(/^\s{1,4}/, ''));
        else break;
      }
      const list = items.map(([first, ...more]) => html`<li>${inline(first)}${depth < DEPTH_MAX ? blocks(more, depth + 1) : more.join(' ')}</li>`);
      out.push(ordered ? html`<ol>${list}</ol>` : html`<ul>${list}</ul>`);
    } else {
      const text = [];
      for (; at < lines.length && lines[at].trim() && (!text.length || !/^(#{1,6}\s|>|\s*```)/.test(lines[at])); at++) text.push(lines[at]);
      out.push(html`<p>${inline(text.join('\n'))}</p>`);
    }
  }
  return out;
}

export const Markdown = ({ text }) => html`<div class="markdown">${blocks(text.slice(0, 400000).split('\n'), 0)}</div>`;
