import type { Place } from '../place.ts';
import type { Configuration, Served, Setting } from './configuration.ts';

/** A mirror that stands on this machine now, with a configuration of its own: what the checks look at. */
export interface MirrorPlace extends Place {
  /** The same folder without TLS, where the host redirects. */
  plain: string;
  variant: Setting['variant'];
  readLogs: Served['readLogs'];
  hostsOwn: Configuration['hostsOwn'];
}
