import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AstroIntegration } from 'astro';
import { checkCampaign } from '../../campaign/check-campaign.ts';
import { campaignFolder, campaignName } from '../../campaign/read/campaign-folder.ts';
import { CampaignError, type Fault } from '../../campaign/read/fault.ts';
import { isInCampaign } from '../../campaign/read/folder.ts';
import { escapeHtml } from '../../lib/escape-html.ts';

/** Where a page of faults asks whether they are still the same. */
const stateAddress = '/@vyrai/faults';

/**
 * For `npm run dev` only: what is wrong with the campaign is shown above each page, in the words of
 * `npm run check`, and in the place of a page that cannot be made while it is. An editor who looks
 * at the browser need not look at the terminal, too.
 */
export function showFaults(): AstroIntegration {
  return {
    name: 'vyrai/show-faults',
    hooks: {
      'astro:server:setup': ({ server }) => {
        let finding: Promise<readonly Fault[]> | undefined;
        server.watcher.on('all', (_event, path) => {
          if (isInCampaign(path)) finding = undefined;
        });
        server.middlewares.use((request, response, next) => {
          const isState = request.url === stateAddress;
          if (!isState && !isPage(request)) return next();
          finding ??= findFaults();
          void finding.then((faults) => {
            if (isState) return void response.end(JSON.stringify(faults));
            if (faults.length > 0) putAbove(response, faults);
            next();
          });
        });
      },
    },
  };
}

const isPage = ({ method, url = '' }: IncomingMessage): boolean =>
  method === 'GET' && /^\/(?:[^?#@]*(?:\.html|\/))?(?:[?#]|$)/.test(url);

const findFaults = (): Promise<readonly Fault[]> =>
  checkCampaign(campaignFolder(), campaignName()).catch((error: unknown) =>
    error instanceof CampaignError ? error.faults : [],
  );

/** Holds back an answer until it is whole, and puts the faults into it, or in its place. */
function putAbove(response: ServerResponse, faults: readonly Fault[]): void {
  const [end, writeHead] = [response.end.bind(response), response.writeHead.bind(response)];
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown): void => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const finish = (): ServerResponse => {
    const body = Buffer.concat(chunks).toString();
    const isHtml = String(response.getHeader('content-type')).startsWith('text/html');
    const isFailed = response.statusCode >= 500;
    response.removeHeader('content-length');
    if (isFailed) response.setHeader('content-type', 'text/html; charset=utf-8');
    const shown = isFailed
      ? printPage(faults)
      : isHtml
        ? body.replace(/<body[^>]*>/, (tag) => `${tag}${printFaults(faults)}`)
        : body;
    Object.assign(response, { writeHead });
    return end(shown, 'utf8');
  };
  Object.assign(response, {
    writeHead: (status: number, ...rest: unknown[]) => {
      response.statusCode = status;
      const headers = rest.find((item) => typeof item === 'object' && item !== null);
      for (const [name, value] of Object.entries(headers ?? {}))
        response.setHeader(name, value as string | string[]);
      return response;
    },
    write: (chunk: unknown) => {
      keep(chunk);
      return true;
    },
    end: (chunk: unknown) => {
      keep(chunk);
      return finish();
    },
  });
}

/** Shown at once; the others are in the terminal, and most of them have the same cause. */
const mostShown = 12;

const look =
  'all:initial;display:block;box-sizing:border-box;width:100%;padding:1rem 1.5rem;' +
  'font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff4d6;border-bottom:4px solid #b45309';

function printFaults(faults: readonly Fault[]): string {
  const more = faults.length - mostShown;
  return [
    `<section lang="en" dir="ltr" data-faults style="${look}">`,
    `<b>${faults.length === 1 ? '1 fault' : `${faults.length} faults`}: while there is one, the site does not build.</b>`,
    ...faults.slice(0, mostShown).map(printFault),
    ...(more > 0 ? [`<p>… and ${more} more: npm run check</p>`] : []),
    '</section>',
  ].join('\n');
}

const printFault = ({ file, line, where, found, expected, fix }: Fault): string =>
  [
    `<p style="margin:.8em 0 0"><code>${escapeHtml(line === undefined ? file : `${file}:${line}`)}</code>`,
    where === undefined ? '' : ` ${escapeHtml(where)}`,
    ...[
      ['found', found],
      ['expected', expected],
      ['to fix', fix],
    ].map(([name = '', text = '']) => `<br><i>${name}</i> ${escapeHtml(text)}`),
    '</p>',
  ].join('');

/** In the place of a page that cannot be made; it looks whether it can be by now. */
const printPage = (faults: readonly Fault[]): string =>
  `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Faults</title>${printFaults(faults)}
<script>
  const shown = ${JSON.stringify(JSON.stringify(faults)).replaceAll('<', String.raw`\u003c`)};
  setInterval(async () => {
    const now = await fetch(${JSON.stringify(stateAddress)}).then((answer) => answer.text());
    if (now !== shown) location.reload();
  }, 1000);
</script></html>
`;
