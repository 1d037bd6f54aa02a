import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { generate } from 'selfsigned';

/** Keys of a test, of no use beyond it; both as PEM. */
export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

/** The same, in files that a server can read. */
export interface CertificateFiles extends KeyPair {
  readonly keyFile: string;
  readonly certFile: string;
}

/** A certificate for one name, which nobody trusts; for `localhost` it is one for 127.0.0.1 too. */
export async function makeCertificate(name = 'localhost'): Promise<KeyPair> {
  const altNames = [
    { type: 2 as const, value: name },
    ...(name === 'localhost' ? [{ type: 7 as const, ip: '127.0.0.1' }] : []),
  ];
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
    keySize: 2048,
    extensions: [
      { name: 'basicConstraints', cA: true }, // a check may trust it as its own authority
      { name: 'subjectAltName', altNames },
    ],
  });
  return { key, cert };
}

/** Makes a certificate for `localhost` and writes it into a folder. */
export async function writeCertificate(folder: string): Promise<CertificateFiles> {
  const { key, cert } = await makeCertificate();
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  writeFileSync(keyFile, key, { mode: 0o600 });
  writeFileSync(certFile, cert);
  return { key, cert, keyFile, certFile };
}

/**
 * Lets this process trust a certificate for as long as a task takes: the rules of the Observatory
 * count a host whose certificate is not trusted as one without TLS.
 */
export async function trust<T>({ cert }: KeyPair, task: () => Promise<T>): Promise<T> {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, cert]);
  try {
    return await task();
  } finally {
    setDefaultCACertificates(before);
  }
}
