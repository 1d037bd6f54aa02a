export {
  launchChromium as launchBrowser,
  unpackBrowser,
} from '../../scripts/lab/clients/chromium.ts';
