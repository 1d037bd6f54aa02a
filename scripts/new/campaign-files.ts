import { findReadable, readPapers } from '../../src/campaign/check/check-accents.ts';
import { standingGuides, type StandingGuide } from '../../src/campaign/schema/pages.ts';
import { isSpoken, makeInterface, readWords } from './campaign-words.ts';
import { printFields, quoteYaml } from './front-matter.ts';
import { explainGuide } from './guide-fields.ts';
import { explainSite, type NewLanguage } from './site-fields.ts';
import { makeVscodeFiles } from './vscode-files.ts';

/** What a campaign is begun with. */
export interface CampaignRequest {
  readonly id: string;
  readonly name: string;
  readonly main: string;
  /** Tags, the main one among them. */
  readonly languages: readonly string[];
  /** `#rrggbb`, readable on light paper; the one for dark paper is made of it. */
  readonly accent: string;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Path of this program from the folder of the campaign, for the task of its editor. */
  readonly program: string;
}

/** A square on its corner: the simplest band that is one. */
const ornament =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M4 0L8 4L4 8L0 4z" fill="currentColor"/></svg>\n';

const readme = ({ name, main }: CampaignRequest): string => `# ${name}

A campaign for Vyrai. In a clone of Vyrai, with the path of this folder:

\`\`\`sh
CONTENT_DIR=/path/to/this/folder npm run check   # all faults, with file and line
CONTENT_DIR=/path/to/this/folder npm run dev     # shows the site while you write
CONTENT_DIR=/path/to/this/folder OUT_DIR=/path/to/site npm run build
CONTENT_DIR=/path/to/this/folder npm run new -- action "What to do"
\`\`\`

What to write first: \`site.yaml\`, then the five texts in \`guides/${main}/\`, which are drafts and say so
(\`state: unverified\`), then \`interface/\`, where menus, buttons and warnings are.
`;

/** All files of a new campaign, by their paths below its folder. */
export function makeCampaign(request: CampaignRequest): Map<string, string> {
  const { main, languages: all } = request;
  const languages = [main, ...all.filter((tag) => tag !== main)];
  const spoken = languages.filter((tag) => tag === main || isSpoken(tag));
  const inAll = (select: (tag: string) => string) =>
    Object.fromEntries(spoken.map((tag) => [tag, select(tag)]));
  const site = explainSite({
    ...request,
    languages: languages.map(describeLanguage),
    accent: {
      light: request.accent,
      dark: findReadable(request.accent, readPapers().dark),
    },
    motto: inAll((tag) => readWords(tag).motto),
    description: inAll((tag) => readWords(tag).guides.home.description),
  });
  return new Map([
    ['site.yaml', `# All identity of this campaign.\n${printFields(site)}`],
    ['ornament.svg', ornament],
    ['README.md', readme(request)],
    ['.gitattributes', '* text=auto eol=lf\n'],
    ...languages.map((tag): [string, string] => [`interface/${tag}.yaml`, makeInterface(tag)]),
    ...standingGuides.map((name): [string, string] => [
      `guides/${main}/${name}.mdx`,
      makeGuide(name, request),
    ]),
    ...makeVscodeFiles({ main, all: languages }, '', request.program),
  ]);
}

/** A text that every campaign has, as a draft that says that it is one. */
function makeGuide(name: StandingGuide, { main, today }: CampaignRequest): string {
  const { guides, source } = readWords(main);
  const { title, description, text } = guides[name];
  const fields = explainGuide({ title, today });
  const id = text.includes('<Source id="draft" />') ? '\n    id: draft' : '\n    # id: short-name';
  const filled = {
    ...fields,
    description: { ...fields.description, value: quoteYaml(description) },
    state: { ...fields.state, value: 'unverified' },
    sources: { ...fields.sources, value: `\n  - name: ${quoteYaml(source)}${id}` },
  };
  return `---\n${printFields(filled)}---\n\n${text}\n`;
}

/** Scripts that are written from right to left (Unicode, letters of Bidi_Class R and AL). */
const fromRight = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa']);

function describeLanguage(tag: string): NewLanguage {
  const name = new Intl.DisplayNames([tag, 'en'], { type: 'language' }).of(tag) ?? tag;
  const { script = '' } = new Intl.Locale(tag).maximize();
  return {
    tag,
    name: name.charAt(0).toLocaleUpperCase(tag) + name.slice(1),
    direction: fromRight.has(script) ? 'rtl' : 'ltr',
  };
}
