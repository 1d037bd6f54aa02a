/** How long the first sentence of a warning may be in a result. */
const maxSentence = 160;

/** The first sentence of a text, cut between words if it is long. */
export function firstSentence(text: string, locale: string): string {
  const [first] = new Intl.Segmenter([locale, 'en'], { granularity: 'sentence' }).segment(text);
  const sentence = first?.segment.trim() ?? '';
  return sentence.length <= maxSentence
    ? sentence
    : `${sentence.slice(0, sentence.lastIndexOf(' ', maxSentence))} …`;
}
