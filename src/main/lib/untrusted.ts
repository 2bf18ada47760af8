/** https://nodejs.org/api/tls.html#x509-certificate-error-codes, and what OpenSSL says of a handshake. */
const OF_TLS =
  /^(CERT_|CRL_|DEPTH_ZERO_|UNABLE_TO_|SELF_SIGNED_|HOSTNAME_|INVALID_|ERR_TLS_|ERR_SSL_|EPROTO$)/;

/** Why a connection was not secure enough to be used, in words; null: that was not the reason. */
export function untrusted(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return OF_TLS.test(code) ? `its TLS certificate or handshake is not valid (${code})` : null;
}
