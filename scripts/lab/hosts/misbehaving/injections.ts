import type { Habit } from './habit.ts';

/** What an injected script leaves in the `dataset` of the page's root element where it ran. */
export const injectedMarks = {
  inline: { key: 'injected', value: 'inline' },
  file: { key: 'injectedFile', value: 'file' },
} as const;

const FILE = 'injected.js';

const mark = ({ key, value }: { key: string; value: string }) =>
  `document.documentElement.dataset.${key}='${value}'`;
const scripts = `<script>${mark(injectedMarks.inline)}</script><script src="/${FILE}"></script>`;
const extra = { [FILE]: `${mark(injectedMarks.file)};\n` };

/** Puts scripts at the start of each head, where no policy of the page has been read yet: many hosts' and providers' way. */
export const scriptBeforePolicy: Habit = {
  name: 'script before the policy',
  extra,
  alter: (html) =>
    /<head[^>]*>/i.test(html)
      ? html.replace(/<head[^>]*>/i, (head) => `${head}${scripts}`)
      : scripts + html,
  limits: {
    altered:
      'the host puts scripts ahead of the policy of each page, where the page has no say: they run',
    added: 'run',
  },
};

/** Puts scripts at the end of each head, after the policy of the page: the way of counters and chat boxes. */
export const scriptAfterPolicy: Habit = {
  name: 'script after the policy',
  extra,
  alter: (html) =>
    /<\/head>/i.test(html)
      ? html.replace(/<\/head>/i, (end) => `${scripts}${end}`)
      : html + scripts,
  limits: { altered: 'the host puts scripts into each page, after its policy', added: 'stopped' },
};
