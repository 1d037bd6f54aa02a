import { quoteName } from '../../../core/text/quote-name.ts';
import { WebFault, type Again } from './web-fault.ts';

/**
 * Puts an error of the network, of TLS or of the HTTP parser into words.
 * @param error whatever a request or its answer has thrown; a WebFault stays as it is
 * @param again when to try again if it is a fault of the network; the others never pass by themselves
 */
export function explainError(error: unknown, again: Again = 'later'): WebFault {
  if (error instanceof WebFault) return error;
  if (!(error instanceof Error)) throw error;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'HPE_HEADER_OVERFLOW')
    return new WebFault(
      'unreadable',
      'the head of the answer is too long, expected at most 32 KiB',
      { cause: error },
    );
  if (code.startsWith('HPE_'))
    return new WebFault('unreadable', `the answer is no proper HTTP (${code})`, { cause: error });
  // Attack: whoever controls the network answers in the name of the host. Nothing is asked over such a connection.
  if (certificateCodes.test(code))
    return new WebFault(
      'unreachable',
      `the host’s certificate does not hold (${code}): it is not the host that was named, its certificate has run out, or the clock here is wrong`,
      { cause: error },
    );
  if (/^(?:ERR_SSL_|EPROTO$)/.test(code))
    return new WebFault(
      'unreachable',
      `the host does not speak TLS there, or none that is safe (${code})`,
      { cause: error },
    );
  const known = sentences[code];
  if (known !== undefined)
    return new WebFault('unreachable', `${known} (${code})`, { again, cause: error });
  return new WebFault('unreachable', `the connection failed: ${quoteName(code || error.message)}`, {
    again,
    cause: error,
  });
}

/** Those of OpenSSL's X509_V_ERR_… as Node names them, and Node's own for a certificate of another name. */
const certificateCodes =
  /CERT|CRL|SELF_SIGNED|_ISSUER|_CA$|ERR_TLS_|^(?:HOSTNAME_MISMATCH|PATH_LENGTH_EXCEEDED)$/;

const sentences: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  ECONNREFUSED: 'nothing answers at this address',
  ECONNRESET: 'the host hung up',
  EHOSTUNREACH: 'no way leads to the host',
  ENETUNREACH: 'there is no network to the host',
  ENOTFOUND: 'no host has this name',
  EPIPE: 'the host hung up',
  ETIMEDOUT: 'the connection to the host timed out',
};
