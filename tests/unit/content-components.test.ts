import { describe, expect, it } from 'vitest';
import { isContentComponent } from '../../src/campaign/schema/content-components.ts';

describe('isContentComponent', () => {
  it.each([
    '',
    'Script',
    'notice',
    'NOTICE',
    'Notice ',
    'iframe',
    'toString',
    'constructor',
    '__proto__',
    'hasOwnProperty',
  ])('refuses "%s"', (name) => {
    expect(isContentComponent(name)).toBe(false);
  });

  it.each(['Notice', 'Initiative', 'Action', 'Button', 'Chart', 'Voice', 'Phrase', 'Source'])(
    'accepts %s',
    (name) => {
      expect(isContentComponent(name)).toBe(true);
    },
  );
});
