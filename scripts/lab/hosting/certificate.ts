import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { generate } from 'selfsigned';

/** A certificate for `localhost`, which only this process trusts. */
export interface Certificate {
  key: string;
  cert: string;
  keyFile: string;
  certFile: string;
}

/** Makes a certificate and writes it into a folder. Keys of the test, of no use beyond it. */
export async function makeCertificate(folder: string): Promise<Certificate> {
  const names = [
    { type: 2 as const, value: 'localhost' },
    { type: 7 as const, ip: '127.0.0.1' },
  ];
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: names },
    ],
  });
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  writeFileSync(keyFile, key, { mode: 0o600 });
  writeFileSync(certFile, cert);
  return { key, cert, keyFile, certFile };
}

/**
 * Lets this process trust a certificate for as long as a task takes: the rules of the Observatory count a host whose certificate
 * is not trusted as one without TLS.
 */
export async function trust<T>({ cert }: Certificate, task: () => Promise<T>): Promise<T> {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, cert]);
  try {
    return await task();
  } finally {
    setDefaultCACertificates(before);
  }
}
