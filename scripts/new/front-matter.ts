/** A field of a new file, for whoever fills it in. */
export interface ExplainedField {
  /** What it says, what it may be. One sentence or two; wrapped where it is printed. */
  readonly comment: string;
  /**
   * The value as YAML. Empty where somebody has to write it: the build refuses the file until they
   * have.
   */
  readonly value: string;
  /** Printed as a comment: a field that most files do without. */
  readonly isOptional?: boolean;
}

/** A text as YAML has it between quotation marks: JSON's strings are a part of YAML 1.2. */
export const quoteYaml = (text: string): string => JSON.stringify(text);

/** Columns of a line with a comment. */
const width = 98;

/**
 * Prints fields as YAML, each under its comment, in the order of the table.
 * @param fields by their names
 */
export function printFields(fields: Readonly<Record<string, ExplainedField>>): string {
  return Object.entries(fields)
    .map(([name, { comment, value, isOptional = false }]) => {
      const lines = value.startsWith('\n') ? `${name}:${value}` : `${name}: ${value}`;
      const printed = isOptional ? lines.replace(/^/gm, '# ') : lines;
      return `${wrapComment(comment)}\n${printed.replace(/[ \t]+$/gm, '')}\n`;
    })
    .join('');
}

function wrapComment(comment: string): string {
  const lines = [''];
  for (const word of comment.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.map((line) => `# ${line}`).join('\n');
}
