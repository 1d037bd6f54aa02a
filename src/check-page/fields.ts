import { chooseFile, chooseFolder, type Chosen } from '../kit/browser/check-chosen.ts';
import { quoteName } from '../kit/core/text/plain-characters.ts';
import { make, type Say, type Translator } from './dom.ts';
import { fill } from './words/languages.ts';

/**
 * A button that opens the browser's own dialog for files. The label is the button, since browsers
 * write theirs in a language of their own; the field itself keeps the focus and the keyboard.
 */
export function makeFileButton(
  translator: Translator,
  id: string,
  say: Say,
  attributes: Readonly<Record<string, string>>,
  onChoice: (files: readonly File[]) => void,
): HTMLElement {
  const input = make('input', { type: 'file', id, ...attributes });
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    input.value = ''; // the same file can be chosen again, after it was changed
    if (files.length > 0) onChoice(files);
  });
  return make('span', { class: 'choice' }, input, translator.make('label', say, { for: id }));
}

/** Where somebody chooses a copy, and sees what is chosen. */
export interface CopyField {
  readonly element: HTMLElement;
  readonly chosen: () => Chosen | undefined;
}

/**
 * A folder or a file to choose.
 * @param onChoice is called after each choice
 */
export function makeCopyField(
  translator: Translator,
  id: string,
  onChoice: (chosen: Chosen) => void,
): CopyField {
  let chosen: Chosen | undefined;
  const shown = make('output', { for: `${id}-folder ${id}-file` });
  const show = (): void => {
    const { copy, reasons } = translator.words;
    shown.textContent =
      chosen === undefined
        ? copy.none
        : chosen.kind === 'other'
          ? `${fill(copy.chosen, { name: quoteName(chosen.name) })}. ${reasons.other}`
          : fill(copy.chosen, { name: quoteName(chosen.name) });
  };
  const take = (next: Chosen): void => {
    chosen = next;
    show();
    onChoice(next);
  };
  translator.bind(show);
  const takeFile = async ([file]: readonly File[]): Promise<void> => {
    if (file)
      take(
        await chooseFile(file).catch((): Chosen => ({ name: file.name, kind: 'other', files: [] })),
      );
  };
  // Phones that know no folders would open the dialog for files, and give one without its paths.
  const folder =
    'webkitdirectory' in HTMLInputElement.prototype
      ? [
          makeFileButton(
            translator,
            `${id}-folder`,
            ({ copy }) => copy.folder,
            { webkitdirectory: '' },
            (files) => take(chooseFolder(files)),
          ),
        ]
      : [];
  const file = makeFileButton(
    translator,
    `${id}-file`,
    ({ copy }) => copy.file,
    {},
    (files) => {
      void takeFile(files);
    },
  );
  return {
    element: make('div', {}, make('p', { class: 'choices' }, ...folder, file), shown),
    chosen: () => chosen,
  };
}
