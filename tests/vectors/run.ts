/**
 * `node tests/vectors/run.ts [--each] [--only BEGINNING] PROGRAM [WORD…]`: drives any checker
 * through the vectors (README.md). Ends with 0 if it agrees with all of them, 1 if not, 2 on wrong use.
 */
import { askEach, askProgram, findDifference, readCases, wordsOf } from './contract.ts';

const words = process.argv.slice(2);
let isEach = false;
let only = '';
for (;;) {
  if (words[0] === '--each') isEach = words.shift() !== undefined;
  else if (words[0] === '--only') only = words.splice(0, 2)[1] ?? '';
  else break;
}
if (words.length === 0) {
  console.error('Found no program, expected run.ts [--each] [--only BEGINNING] PROGRAM [WORD…]');
  process.exit(2);
}

const asked = readCases().filter(({ name }) => name.startsWith(only));
const outcomes = isEach
  ? askEach(
      words,
      asked.map((each) => wordsOf(each).slice(1)),
    )
  : asked.map((each) => askProgram(words, each));

let differing = 0;
for (const [index, each] of asked.entries()) {
  const outcome = outcomes[index];
  const difference = outcome && findDifference(each, outcome);
  if (difference === undefined) continue;
  differing += 1;
  console.log(`${difference}\n  ${outcome?.output.slice(0, 2000).replaceAll('\n', '\n  ')}`);
}
console.log(`${asked.length} cases, ${differing} differ`);
process.exitCode = differing === 0 && asked.length > 0 ? 0 : 1;
