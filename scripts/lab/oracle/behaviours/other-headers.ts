import { addHeaders, onRealPage, respond, type Behaviour, rarely } from '../behaviour.ts';

const csp = (name: string, policy: string): Behaviour =>
  addHeaders(`Content-Security-Policy: ${name}`, `Content-Security-Policy: ${policy}`);

/**
 * Headers that keep something on the reader's device, make browsers ask, forbid or change what the
 * page does.
 */
export const otherHeaders: readonly Behaviour[] = [
  addHeaders('Set-Cookie', 'Set-Cookie: reader=7; Path=/'),
  csp('no styles', "style-src 'none'"),
  onRealPage(csp('no styles', "style-src 'none'")),
  csp('nothing at all', "default-src 'none'"),
  csp('no pictures', "img-src 'none'"),
  csp('a report of what it breaks', "default-src 'none'; report-uri FOREIGN/report"),
  csp('another policy behind a comma', "frame-ancestors 'none', style-src 'none'"),
  addHeaders(
    'Content-Security-Policy-Report-Only: a report of each page',
    "Content-Security-Policy-Report-Only: default-src 'none'; report-uri FOREIGN/report",
  ),
  onRealPage(
    addHeaders(
      'Content-Security-Policy-Report-Only: a report of each page',
      "Content-Security-Policy-Report-Only: default-src 'none'; report-uri FOREIGN/report",
    ),
  ),
  addHeaders(
    'Reporting-Endpoints: reports of a policy',
    'Reporting-Endpoints: x="FOREIGN/report"',
    "Content-Security-Policy-Report-Only: default-src 'none'; report-to x",
  ),
  addHeaders('Speculation-Rules', 'Speculation-Rules: "FOREIGN/rules.json"'),
  addHeaders(
    'Critical-CH',
    'Accept-CH: Sec-CH-UA-Model, Sec-CH-UA-Full-Version-List',
    'Critical-CH: Sec-CH-UA-Model',
  ),
  addHeaders('Alt-Svc', 'Alt-Svc: h2="127.0.0.1:1"; ma=86400'),
  addHeaders(
    'NEL',
    'NEL: {"report_to":"x","max_age":600,"success_fraction":1}',
    'Report-To: {"group":"x","max_age":600,"endpoints":[{"url":"FOREIGN/nel"}]}',
  ),
  addHeaders('Clear-Site-Data', 'Clear-Site-Data: "*"'),
  addHeaders('Referrer-Policy', 'Referrer-Policy: unsafe-url'),
  addHeaders('Document-Policy', 'Document-Policy: unsized-media=?0, force-load-at-top'),
  {
    name: 'a picture that is a redirect to another host',
    at: 'en/bare.html',
    answer: ({ page }) => respond(['Content-Type: text/html'], page),
    elsewhere: {
      'en/photo.png': ({ foreign }) => respond([`Location: ${foreign}/photo.png`], '', '302 Found'),
    },
  },
  {
    name: 'a picture with a cookie',
    at: 'en/bare.html',
    answer: ({ page }) => respond(['Content-Type: text/html'], page),
    elsewhere: {
      'en/photo.png': ({ page }) =>
        respond(['Content-Type: image/png', 'Set-Cookie: picture=7'], page),
    },
  },
  ...(
    [
      ['a text that is called HTML', 'en/text.txt', 'text/html'],
      ['a text that is called SVG', 'en/text.txt', 'image/svg+xml'],
      ['a text in another encoding', 'en/text.txt', 'text/plain; charset=windows-1251'],
      ['a feed that is called HTML', 'en/feed.xml', 'text/html'],
      ['a feed in another encoding', 'en/feed.xml', 'text/xml; charset=windows-1251'],
    ] as const
  ).map(([name, at, type]): Behaviour => ({
    name,
    at,
    answer: ({ page }) => respond([`Content-Type: ${type}`], page),
  })),
  ...rarely([
    addHeaders(
      'Set-Cookie: in a name that JavaScript objects have',
      'Set-Cookie: __proto__=7',
      'constructor: x',
      '__proto__: y',
    ),
    csp('a sandbox', 'sandbox'),
    csp('upgrade of addresses', 'upgrade-insecure-requests'),
    csp('no frames', "frame-ancestors 'none'"),
    csp('a report in capitals', "DEFAULT-SRC 'none'; REPORT-URI FOREIGN/report"),
    csp('trusted types', "require-trusted-types-for 'script'"),
    addHeaders(
      'X-Content-Security-Policy',
      "X-Content-Security-Policy: style-src 'none'",
      "X-WebKit-CSP: style-src 'none'",
    ),
    addHeaders('Speculation-Rules: of the host', 'Speculation-Rules: "/rules.json"'),
    addHeaders('X-DNS-Prefetch-Control', 'X-DNS-Prefetch-Control: on'),
    addHeaders('Accept-CH', 'Accept-CH: Sec-CH-UA-Model'),
    addHeaders('Strict-Transport-Security', 'Strict-Transport-Security: max-age=1'),
    addHeaders('Service-Worker-Allowed', 'Service-Worker-Allowed: /'),
    addHeaders('SourceMap', 'SourceMap: FOREIGN/x.map'),
    addHeaders('Origin-Trial', 'Origin-Trial: AAAA'),
    addHeaders('Clear-Site-Data: contexts', 'Clear-Site-Data: "executionContexts"'),
    addHeaders('Default-Style', 'Default-Style: x'),
    addHeaders('Content-Language', 'Content-Language: ar'),
    addHeaders('Content-Style-Type', 'Content-Style-Type: text/x'),
    addHeaders('Content-Script-Type', 'Content-Script-Type: text/x'),
    addHeaders('X-UA-Compatible', 'X-UA-Compatible: IE=5'),
    addHeaders('Permissions-Policy', 'Permissions-Policy: geolocation=(), unload=()'),
    addHeaders('Feature-Policy', "Feature-Policy: unsized-media 'none'; oversized-images 'none'"),
    addHeaders('Require-Document-Policy', 'Require-Document-Policy: unsized-media=?0'),
    addHeaders(
      'Cross-Origin policies',
      'Cross-Origin-Opener-Policy: same-origin',
      'Cross-Origin-Embedder-Policy: require-corp',
      'Cross-Origin-Resource-Policy: same-origin',
    ),
    addHeaders('Origin-Agent-Cluster', 'Origin-Agent-Cluster: ?1'),
    addHeaders('X-Frame-Options', 'X-Frame-Options: DENY'),
    addHeaders('X-XSS-Protection', 'X-XSS-Protection: 1; mode=block; report=FOREIGN/xss'),
    addHeaders('Use-As-Dictionary', 'Use-As-Dictionary: match="/*"'),
    addHeaders('No-Vary-Search', 'No-Vary-Search: params'),
    addHeaders('Server-Timing', 'Server-Timing: a;dur=1;desc="MALLORY"'),
    addHeaders('WWW-Authenticate with 200', 'WWW-Authenticate: Basic realm="MALLORY"'),
    addHeaders('Expect-CT', 'Expect-CT: max-age=0, report-uri="FOREIGN/ct"'),
    addHeaders(
      'Onion-Location',
      'Onion-Location: http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.onion/',
    ),
    addHeaders('Set-Login', 'Set-Login: logged-in'),
    addHeaders('Activate-Storage-Access', 'Activate-Storage-Access: load'),
    addHeaders('Supports-Loading-Mode', 'Supports-Loading-Mode: credentialed-prerender'),
    addHeaders('Attribution-Reporting', 'Attribution-Reporting-Register-Source: {}'),
    addHeaders(
      'Integrity-Policy',
      'Integrity-Policy: blocked-destinations=(script style), endpoints=(x)',
      'Reporting-Endpoints: x="FOREIGN/report"',
    ),
    addHeaders('Ping-From', 'Ping-From: FOREIGN/', 'Ping-To: FOREIGN/'),
    addHeaders('P3P', 'P3P: policyref="FOREIGN/p3p.xml"'),
    addHeaders('Connection: keep-alive', 'Connection: keep-alive', 'Keep-Alive: timeout=5'),
    {
      name: 'a picture that is called HTML',
      at: 'en/bare.html',
      answer: ({ page }) => respond(['Content-Type: text/html'], page),
      elsewhere: {
        'en/photo.png': ({ page }) =>
          respond(['Content-Type: text/html', 'X-Content-Type-Options: nosniff'], page),
      },
    },
    {
      name: 'the manifest that is called HTML',
      at: 'SHA256SUMS',
      answer: ({ page }) => respond(['Content-Type: text/html'], page),
    },
  ]),
];
