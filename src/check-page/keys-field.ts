import { KeyError, maxKeyFileBytes } from '../kit/core/minisign/public-key.ts';
import { findDuplicate, readKeyLines, trustGiven, type Trust } from '../kit/core/trust/trust.ts';
import { UserError } from '../kit/core/text/user-error.ts';
import { make, type Say, type Translator } from './dom.ts';
import { makeFileButton } from './fields.ts';
import { fill } from './words/languages.ts';

/** Why there is no verdict: words of the page, and what the kit says in English. */
export class NoVerdict extends UserError {
  override readonly name = 'NoVerdict';
  readonly say: Say;
  readonly detail: string | undefined;

  constructor(say: Say, detail?: string) {
    super(detail ?? 'no verdict');
    this.say = say;
    this.detail = detail;
  }
}

/** Where somebody enters the keys that a copy has to be signed with. */
export interface KeysField {
  readonly elements: readonly HTMLElement[];
  /** Trust in what was entered. Throws NoVerdict if it cannot be used. */
  readonly readTrust: () => Trust;
}

export function makeKeysField(translator: Translator): KeysField {
  const text = make('textarea', {
    id: 'keys',
    rows: '3',
    spellcheck: 'false',
    autocapitalize: 'off',
    autocomplete: 'off',
    'aria-describedby': 'keys-help',
  });
  const threshold = make('input', {
    id: 'threshold',
    inputmode: 'numeric',
    autocomplete: 'off',
    size: '3',
    'aria-describedby': 'threshold-help',
  });
  const takeFiles = async (files: readonly File[]): Promise<void> => {
    const texts = await Promise.all(files.map((file) => file.slice(0, maxKeyFileBytes).text()));
    text.value = [text.value, ...texts]
      .map((each) => each.trim())
      .filter((each) => each !== '')
      .join('\n');
  };
  return {
    elements: [
      translator.make('p', ({ keys }) => keys.help, { id: 'keys-help' }),
      translator.make('label', ({ keys }) => keys.label, { for: 'keys' }),
      text,
      make(
        'p',
        { class: 'choices' },
        makeFileButton(
          translator,
          'key-files',
          ({ keys }) => keys.file,
          { multiple: '' },
          (files) => void takeFiles(files),
        ),
      ),
      make(
        'p',
        { class: 'number' },
        translator.make('label', ({ keys }) => keys.threshold, { for: 'threshold' }),
        threshold,
        translator.make('small', ({ keys }) => keys.thresholdHelp, { id: 'threshold-help' }),
      ),
    ],
    readTrust: () => readTrust(text.value, threshold.value.trim()),
  };
}

function readTrust(text: string, threshold: string): Trust {
  const keys = readKeys(text);
  if (keys.length === 0) throw new NoVerdict(({ reasons }) => reasons.noKey);
  const twice = findDuplicate(keys);
  if (twice) throw new NoVerdict(({ reasons }) => fill(reasons.twice, { id: twice.id }));
  const count = threshold === '' ? undefined : Number(threshold);
  if (count !== undefined && (!Number.isInteger(count) || count < 1 || count > keys.length))
    throw new NoVerdict(({ reasons }) => fill(reasons.threshold, { most: keys.length }));
  return trustGiven(keys, count);
}

function readKeys(text: string): ReturnType<typeof readKeyLines> {
  try {
    return readKeyLines(text);
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    throw new NoVerdict(({ reasons }) => reasons.badKey, error.message);
  }
}
