export {
  launchChromium as launchBrowser,
  unpackBrowser,
} from '../../scripts/conformance/clients/chromium.ts';
