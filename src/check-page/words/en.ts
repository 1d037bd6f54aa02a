import type { Words } from './words.ts';

export const en: Words = {
  language: 'English',
  title: 'Check a copy',
  lead: 'This page says whether a copy of a site is genuine: what its key holders have signed, whole and unchanged. Nothing that you choose leaves this device, and the page asks no server for anything.',
  origin:
    'Do not use a checker that came with the copy: a false copy brings a false checker. Take this page from a release of the project, or from somebody you trust.',
  keys: {
    heading: 'The public key',
    help: 'Never take it from the copy: a false copy is signed as well, with a false key. Good places are a printed leaflet, a talk, the sites of several initiatives, a friend who has had it for long. Compare two of them, every character.',
    label: 'Public keys, one on each line; each begins with RW',
    file: 'Choose key files',
    threshold: 'How many of these keys must have signed (threshold)',
    thresholdHelp: 'If it is empty: all of them.',
  },
  copy: {
    heading: 'The copy',
    help: 'A folder, or one file: a zip, a CAR or a saved page (HTML, MHTML). On a phone, choose the zip.',
    folder: 'Choose a folder',
    file: 'Choose a file',
    none: 'Nothing is chosen yet.',
    chosen: 'Chosen: {name}',
  },
  against: {
    heading: 'The copy to compare the page with',
    help: 'A single page is compared with a copy that holds the true one. That copy is checked as well, with the same keys.',
  },
  check: 'Check',
  stop: 'Stop',
  checking: 'Checking…',
  progress: '{done} of {all} files',
  verdict: 'Verdict',
  verdicts: {
    authentic: {
      name: 'authentic',
      meaning: 'It is what the key holders have signed, whole and unchanged.',
      now: 'If your keys are genuine, you can rely on it and pass it on. Compare the number of its edition with that of other copies: this page cannot know whether there is a newer one.',
    },
    unsigned: {
      name: 'unsigned',
      meaning: 'Nothing proves that it is genuine: nobody has signed it, or fewer than are needed.',
      now: 'Do not rely on it, and do not pass it on. Look for a signed copy.',
    },
    stale: {
      name: 'stale',
      meaning: 'It is a genuine edition, past its date.',
      now: 'Look for a newer one: what this one says may be wrong by now.',
    },
    'rolled back': {
      name: 'rolled back',
      meaning: 'It is a genuine edition, but older than one that is known.',
      now: 'Use the newer one: what this one says may be wrong by now.',
    },
    'too new': {
      name: 'too new',
      meaning:
        'It is in a newer format than this page knows. Until you have a newer page, nothing proves that it is genuine.',
      now: 'Get a newer check.html from a release of the project, never from the copy.',
    },
    forked: {
      name: 'forked',
      meaning: 'Two different editions have the same number or history.',
      now: 'Rely on neither until the key holders have explained it, and warn others who keep copies.',
    },
    incomplete: {
      name: 'incomplete',
      meaning: 'Parts are missing. What is there fits, as far as nothing else is said below.',
      now: 'Fetch the copy again.',
    },
    injected: {
      name: 'injected',
      meaning: 'Something was added that nobody has signed.',
      now: 'Do not use it: what was added may look like a part of the site.',
    },
    tampered: {
      name: 'tampered',
      meaning: 'It is not what was signed.',
      now: 'Do not rely on it, do not follow its links, use none of its accounts and contacts. Warn others.',
    },
    mixed: {
      name: 'mixed',
      meaning: 'Files of different editions are mixed.',
      now: 'Do not rely on it. Fetch it again into an empty folder: an update may have stopped halfway.',
    },
    unreachable: {
      name: 'unreachable',
      meaning: 'It could not be read to its end. This says nothing about its truth.',
      now: 'Try again later, or take another copy.',
    },
  },
  page: {
    same: 'Its words, links and structure are what the key holders have signed. Its bytes are others, as when a browser saves a page.',
    links:
      'Its words are those of the signed page, but nothing proves the address that its links lead to. Check that address before you follow one.',
  },
  noVerdict: 'No verdict',
  reasons: {
    lack: 'This browser lacks what a check needs: {what}. Use a newer Chromium, Firefox or Safari, or check with Node and verify.mjs.',
    noKey: 'Enter at least one public key.',
    badKey: 'A key cannot be read.',
    twice: 'The key {id} is there twice.',
    threshold: 'Enter a number of keys from 1 to {most}, or none.',
    noCopy: 'Choose a copy.',
    noReference: 'Choose a folder, a zip or a CAR to compare the page with.',
    other: 'This file is no zip, no CAR and no page.',
    stopped: 'The check was stopped.',
    unreadable: 'The copy cannot be read.',
  },
  report: {
    edition: 'Edition {number} of {campaign}, {date}',
    unproven: 'as the copy says itself',
    newer: 'Look for a newer one after {date}',
    signers: 'Signed by',
    files: 'Files that fit the list: {count}',
    list: 'SHA-256 of the list',
    findings: 'What was found',
    notes: 'Worth knowing',
    more: 'And {count} more.',
    inEnglish: '',
  },
  limits: {
    heading: 'What this page cannot see',
    list: [
      'Browsers show neither symbolic links nor empty folders. The command in verify.mjs sees them.',
      'The page keeps nothing, so it does not know which editions you have seen before.',
      'That a copy is genuine does not make it safe to read or to keep where you are.',
    ],
  },
};
