/**
 * The script of `check.html`: a page that says of a copy what the command says, with the kit's own
 * code, for whoever has a browser and nothing else. It asks nobody anything and stores nothing.
 */
import { checkChosen } from '../kit/browser/check-chosen.ts';
import { browserPlatform, findLack } from '../kit/browser/platform.ts';
import { UserError } from '../kit/core/text/user-error.ts';
import type { Report } from '../kit/core/verify/verdict.ts';
import { make, Translator } from './dom.ts';
import { makeCopyField } from './fields.ts';
import { makeKeysField, NoVerdict } from './keys-field.ts';
import { showNoVerdict, showReport } from './outcome.ts';
import { fill, languages, pickLanguage, type Language } from './words/languages.ts';

const translator = new Translator(pickLanguage(navigator.languages));
const heading = (level: 'h1' | 'h2', say: Parameters<Translator['make']>[1]): HTMLElement =>
  translator.make(level, say);

/** What there is to show: nothing yet, a report, or why there is none. */
let outcome: Report | NoVerdict | undefined;
/** The check that runs; undefined if none does. */
let running: AbortController | undefined;

const keys = makeKeysField(translator);
const target = makeCopyField(translator, 'copy', (chosen) => {
  comparison.hidden = chosen.kind !== 'page';
  forget();
});
const reference = makeCopyField(translator, 'against', () => forget());
const comparison = make(
  'section',
  { hidden: '' },
  heading('h2', ({ against }) => against.heading),
  translator.make('p', ({ against }) => against.help),
  reference.element,
);
const progress = make('p', { class: 'progress', role: 'status' });
const result = make('section', { id: 'result', 'aria-live': 'polite', hidden: '' });
const stop = translator.make('button', ({ stop }) => stop, { type: 'button', hidden: '' });
const form = make(
  'form',
  {},
  make(
    'section',
    {},
    heading('h2', ({ keys }) => keys.heading),
    ...keys.elements,
  ),
  make(
    'section',
    {},
    heading('h2', ({ copy }) => copy.heading),
    translator.make('p', ({ copy }) => copy.help),
    target.element,
  ),
  comparison,
  make(
    'p',
    { class: 'choices' },
    translator.make('button', ({ check }) => check),
    stop,
  ),
);

/** A verdict is about what was checked, not about what is chosen since. */
function forget(): void {
  running?.abort();
  outcome = undefined;
  show();
}

function show(): void {
  const { words, language } = translator;
  result.hidden = outcome === undefined;
  const parts =
    outcome === undefined
      ? []
      : outcome instanceof NoVerdict
        ? showNoVerdict(outcome.say(words), outcome.detail, words)
        : showReport(outcome, words, language);
  result.replaceChildren(
    ...(outcome === undefined ? [] : [make('h2', {}, words.verdict)]),
    ...parts,
  );
}

async function check(control: AbortController): Promise<Report | NoVerdict> {
  try {
    const lack = await findLack();
    if (lack !== undefined)
      return new NoVerdict(({ reasons }) => fill(reasons.lack, { what: lack }));
    const trust = keys.readTrust();
    const [chosen, against] = [target.chosen(), reference.chosen()];
    if (!chosen) return new NoVerdict(({ reasons }) => reasons.noCopy);
    if (chosen.kind === 'other') return new NoVerdict(({ reasons }) => reasons.other);
    if (chosen.kind === 'page' && (!against || against.kind === 'page' || against.kind === 'other'))
      return new NoVerdict(({ reasons }) => reasons.noReference);
    return await checkChosen(
      chosen,
      against,
      trust,
      {
        today: new Date().toISOString().slice(0, 10),
        seen: () => [],
        progress: (done, all) => {
          if (!control.signal.aborted)
            progress.textContent = fill(translator.words.progress, { done, all });
        },
        platform: browserPlatform,
        call: 'node verify.mjs verify',
      },
      () => control.signal.throwIfAborted(),
    );
  } catch (error) {
    if (error instanceof NoVerdict) return error;
    if (control.signal.aborted) return new NoVerdict(({ reasons }) => reasons.stopped);
    const detail = error instanceof Error ? error.message : String(error);
    if (!(error instanceof UserError)) console.error(error); // a fault of this page, or of the disk
    return new NoVerdict(({ reasons }) => reasons.unreadable, detail);
  }
}

async function run(): Promise<void> {
  forget();
  const control = new AbortController();
  running = control;
  stop.hidden = false;
  progress.textContent = translator.words.checking;
  const found = await check(control);
  if (running !== control) return; // another one has begun since
  running = undefined;
  stop.hidden = true;
  progress.textContent = '';
  outcome = found;
  show();
  result.scrollIntoView({ block: 'start' });
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void run();
});
form.addEventListener('input', (event) => {
  // files say so themselves, once they are read
  if (!(event.target instanceof HTMLInputElement && event.target.type === 'file')) forget();
});
stop.addEventListener('click', () => running?.abort());

const switches = Object.entries(languages).map(([tag, { language }]) => {
  const button = make('button', { type: 'button', lang: tag }, language);
  button.addEventListener('click', () => translator.use(tag as Language));
  translator.bind(() => button.setAttribute('aria-pressed', String(tag === translator.language)));
  return button;
});

translator.bind(() => {
  document.documentElement.lang = translator.language;
  document.title = translator.words.title;
  show();
});

document.body.replaceChildren(
  make(
    'main',
    {},
    make('nav', { 'aria-label': 'Беларуская, English, Français, Русский' }, ...switches),
    heading('h1', ({ title }) => title),
    translator.make('p', ({ lead }) => lead),
    translator.make('p', ({ origin }) => origin, { class: 'origin' }),
    form,
    progress,
    result,
    make(
      'section',
      { class: 'limits' },
      heading('h2', ({ limits }) => limits.heading),
      make(
        'ul',
        {},
        ...[0, 1, 2].map((n) => translator.make('li', ({ limits }) => limits.list[n] ?? '')),
      ),
    ),
  ),
);
void findLack().then((lack) => {
  if (lack === undefined) return;
  outcome = new NoVerdict(({ reasons }) => fill(reasons.lack, { what: lack }));
  show();
});
