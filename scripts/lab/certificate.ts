import { generate } from 'selfsigned';

/** A certificate that nobody but its maker trusts, for one name, with its key; both as PEM. */
export async function makeCertificate(name: string): Promise<{ key: string; cert: string }> {
  const extensions = [
    { name: 'subjectAltName' as const, altNames: [{ type: 2 as const, value: name }] },
  ];
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
    keySize: 2048,
    extensions,
  });
  return { key, cert };
}
