import { gzipSync, brotliCompressSync } from 'node:zlib';
import {
  addHeaders,
  asHabit,
  answerWith,
  respond,
  setHeaders,
  type Behaviour,
} from '../behaviour.ts';

const pages: readonly Behaviour[] = [
  addHeaders(
    'habit: Cloudflare',
    'Server: cloudflare',
    'CF-RAY: 8c0ffee0deadbeef-WAW',
    'cf-cache-status: DYNAMIC',
    [
      'Report-To: {"endpoints":[{"url":"https:\\/\\/a.nel.cloudflare.com\\/report\\/v4?s=x"}],',
      '"group":"cf-nel","max_age":604800}',
    ].join(''),
    'NEL: {"success_fraction":0,"report_to":"cf-nel","max_age":604800}',
    'alt-svc: h3=":443"; ma=86400',
    'Vary: Accept-Encoding',
    'X-Content-Type-Options: nosniff',
    'Referrer-Policy: strict-origin-when-cross-origin',
    'Access-Control-Allow-Origin: *',
  ),
  addHeaders(
    'habit: GitHub Pages',
    'Server: GitHub.com',
    'Last-Modified: Fri, 01 May 2026 00:00:00 GMT',
    'Access-Control-Allow-Origin: *',
    'ETag: "6633a9b0-1a2b"',
    'expires: Sat, 02 May 2026 00:00:00 GMT',
    'Cache-Control: max-age=600',
    'x-proxy-cache: MISS',
    'X-GitHub-Request-Id: 1234:5678:9ABC',
    'Accept-Ranges: bytes',
    'Via: 1.1 varnish',
    'Age: 0',
    'X-Served-By: cache-waw1',
    'X-Cache: MISS',
    'X-Timer: S1.0,VS0,VE1',
    'Vary: Accept-Encoding',
    'X-Fastly-Request-ID: 0',
  ),
  addHeaders(
    'habit: Netlify',
    'Server: Netlify',
    'Cache-Status: "Netlify Edge"; fwd=miss',
    'Strict-Transport-Security: max-age=31536000',
    'X-Nf-Request-Id: 01',
    'Etag: "x-ssl"',
  ),
  addHeaders(
    'habit: S3',
    'Server: AmazonS3',
    'x-amz-id-2: x',
    'x-amz-request-id: x',
    'x-amz-server-side-encryption: AES256',
    'ETag: "x"',
    'Accept-Ranges: bytes',
  ),
  addHeaders(
    'habit: an IPFS gateway',
    'Server: kubo',
    'X-Ipfs-Path: /ipfs/bafy',
    'X-Ipfs-Roots: bafy',
    'Etag: "bafy"',
    'Access-Control-Allow-Headers: Range',
    'Access-Control-Expose-Headers: X-Ipfs-Path',
    'Cache-Control: public, max-age=29030400, immutable',
    'Timing-Allow-Origin: *',
  ),
  addHeaders(
    'habit: the hosting files of the site',
    "Content-Security-Policy: frame-ancestors 'none'",
    'X-Content-Type-Options: nosniff',
    'Referrer-Policy: no-referrer',
    'Cross-Origin-Opener-Policy: same-origin',
    'Permissions-Policy: interest-cohort=()',
    'Cache-Control: no-store',
    'Strict-Transport-Security: max-age=31536000',
  ),
  addHeaders(
    'habit: WordPress.com in front',
    'Link: <https://host.example/wp-json/>; rel="https://api.w.org/"',
    'X-hacker: hi',
    'Host-Header: x',
  ),
  addHeaders(
    'habit: a canonical address',
    'Link: <https://garden.example/en/real.html>; rel="canonical"',
  ),
  addHeaders(
    'habit: a cookie of a balancer',
    'Set-Cookie: AWSALB=x; Path=/',
    'Set-Cookie: __cf_bm=x; HttpOnly; Secure; Path=/',
  ),
  addHeaders(
    'habit: an onion service is named',
    'Onion-Location: http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.onion/',
  ),
  setHeaders('habit: charset in capitals and quotes', 'Content-Type: text/html; Charset="UTF-8"'),
  setHeaders('habit: charset=utf8', 'Content-Type: text/html;charset=utf8'),
  setHeaders('habit: Apache with AddDefaultCharset', 'Content-Type: text/html; charset=iso-8859-1'),
  answerWith('habit: gzip', ({ page }) =>
    respond(
      ['Content-Type: text/html', 'Content-Encoding: gzip', 'Vary: Accept-Encoding'],
      gzipSync(page),
    ),
  ),
  answerWith('habit: Brotli', ({ page }) =>
    respond(['Content-Type: text/html', 'Content-Encoding: br'], brotliCompressSync(page)),
  ),
].map(asHabit);

const texts: readonly Behaviour[] = [
  {
    name: 'habit: Apache with AddDefaultCharset, for a text',
    at: 'en/ascii.txt',
    answer: ({ page }) => respond(['Content-Type: text/plain; charset=iso-8859-1'], page),
    isHabit: true,
  },
];

/** What honest hosts are known to add (from memory, not measured): a check of each is authentic. */
export const habits: readonly Behaviour[] = [...pages, ...texts];
