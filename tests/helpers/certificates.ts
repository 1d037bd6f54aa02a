/**
 * Certificates of no use beyond the tests: their keys are public. They hold for a hundred years,
 * and were made by
 *   openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 \
 *     -subj /CN=NAME -addext subjectAltName=DNS:NAME
 */
export interface TestCertificate {
  readonly key: string;
  readonly cert: string;
}

export const mirrorCertificate: TestCertificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgwFKFMMCeoswC0gvg
WJagLEHzkjylRxyZU/oRhl8Eeq2hRANCAASfkpyVz8KCdM1aino5AZkyz3MpfLey
aoLZcYPvFrDs/9hTytY++eUKgjfYznKDrQQH7TAe2wV4pSgVFymU8zYE
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBozCCAUqgAwIBAgIUTKwJEgZuSuDhDIGZrVf9QoSmVMUwCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwObWlycm9yLmV4YW1wbGUwIBcNMjYxMTI4MTEzOTIwWhgPMjEy
NjExMDQxMTM5MjBaMBkxFzAVBgNVBAMMDm1pcnJvci5leGFtcGxlMFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEn5Kclc/CgnTNWop6OQGZMs9zKXy3smqC2XGD7xaw
7P/YU8rWPvnlCoI32M5yg60EB+0wHtsFeKUoFRcplPM2BKNuMGwwHQYDVR0OBBYE
FMHUYo9HQiNfK6N+2Eh00SkuKb36MB8GA1UdIwQYMBaAFMHUYo9HQiNfK6N+2Eh0
0SkuKb36MA8GA1UdEwEB/wQFMAMBAf8wGQYDVR0RBBIwEIIObWlycm9yLmV4YW1w
bGUwCgYIKoZIzj0EAwIDRwAwRAIgET2u4euBJ14rSsSMH8M/kqfrQgCpbiknRnS+
1sBZ2x8CIGbHsWhYx+PPR93WjRXokpEY68/gMDk7QmOCxNeUcEyu
-----END CERTIFICATE-----
`,
};

export const localhostCertificate: TestCertificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4qn7iOC9EvzdmKu0
nCpGyOeVaN/4kovfK5bgJhzWiLShRANCAAQuAX3OuIB0sNWNu6VhZAXtZhAdXW4k
hu/GC7TxrK0lXu+7DinNEG1j+1KRK+iiBGeuPVoECnnbCEHWgY2FPStx
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBljCCATugAwIBAgIUfDvYVfTKaAK3Cx/Wul3x+xkoXbQwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyODExMzkyMFoYDzIxMjYxMTA0
MTEzOTIwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQuAX3OuIB0sNWNu6VhZAXtZhAdXW4khu/GC7TxrK0lXu+7DinNEG1j
+1KRK+iiBGeuPVoECnnbCEHWgY2FPStxo2kwZzAdBgNVHQ4EFgQU8jO/iZtqyAtz
uplSbGvqrnH0h1cwHwYDVR0jBBgwFoAU8jO/iZtqyAtzuplSbGvqrnH0h1cwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SQAwRgIhAKUW9aACLZkef/dbvslL7mYLgsei9BdNWn6u3uch1RyTAiEAu6B35vtj
Ba75W+CQCLfDH55q2d+w6HJ+hkLwV2KrBGE=
-----END CERTIFICATE-----
`,
};
