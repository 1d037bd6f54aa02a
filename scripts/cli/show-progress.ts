/** Shows on a terminal how far a check has come; nothing where the output goes to a file. */
export function showProgress(): { show: (done: number, all: number) => void; end: () => void } {
  const { isTTY } = process.stderr;
  let shown = false;
  return {
    show: (done, all) => {
      if (!isTTY || (done % 20 !== 0 && done !== all)) return;
      shown = true;
      process.stderr.write(`\r  ${done} of ${all} files`);
    },
    end: () => {
      if (shown) process.stderr.write('\r\u001B[K');
    },
  };
}
