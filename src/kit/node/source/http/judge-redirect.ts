import { quoteName } from '../../../core/text/quote-name.ts';
import { WebFault } from './web-fault.ts';

/** Where a redirect leads, on the same origin or to its encrypted counterpart. */
export interface Redirect {
  readonly to: URL;
  /** From http to https on the same host, both on their usual ports. */
  readonly isUpgrade: boolean;
}

/**
 * Decides whether a redirect is followed.
 * Attack: a host leads the checker to a true mirror, or to a place in the checker's own network that it could not ask itself.
 * @param location the header as it came; undefined if there was none
 * @throws WebFault `elsewhere`, or `unreadable` if it leads nowhere
 */
export function judgeRedirect(from: URL, location: string | undefined): Redirect {
  if (location === undefined)
    throw new WebFault('unreadable', 'a redirect without an address, expected the file');
  if (!URL.canParse(location, from.href))
    throw new WebFault(
      'unreadable',
      `a redirect to ${quoteName(location)}, which is no address; expected the file`,
    );
  const to = new URL(location, from);
  to.hash = '';
  const leave = (why: string): never => {
    throw new WebFault(
      'elsewhere',
      `the host leads on to ${quoteName(to.href)}, ${why}; to check that place, name it`,
    );
  };
  if (to.protocol !== 'http:' && to.protocol !== 'https:') leave('which is no address on the web');
  if (to.username !== '' || to.password !== '') leave('which has a user name in it');
  if (to.origin === from.origin) return { to, isUpgrade: false };
  if (to.hostname !== from.hostname) leave('which is another host');
  if (from.protocol === 'https:' && to.protocol === 'http:') leave('which is not encrypted');
  if (to.protocol === from.protocol || from.port !== '' || to.port !== '')
    leave('which is another port');
  return { to, isUpgrade: true };
}
