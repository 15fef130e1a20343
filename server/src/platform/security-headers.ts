// What every answer tells the browser about itself, so that a page can run nothing but our own code.

export type Headers = Readonly<Record<string, string>>

/** Headers of answers that are read by programs: nothing in them may run. */
export function apiHeaders(https: boolean): Headers {
  return { ...always(https), 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" }
}

/** Of a page that we show in a frame without trusting what is in it: it has its own styles and pictures, runs nothing and asks for nothing. */
export const framedPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"

/** Headers of pages. `styleNonce` is a constant of the build: it guards styles only, scripts come from files. */
export function pageHeaders(https: boolean, styleNonce: string | undefined): Headers {
  const style = styleNonce === undefined ? "'self'" : `'self' 'nonce-${styleNonce}'`
  const policy = [
    "default-src 'self'",
    "script-src 'self'",
    `style-src ${style}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ]
  return {
    ...always(https),
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    // The camera reads QR codes at the door.
    'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()',
  }
}

function always(https: boolean): Headers {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(https ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  }
}
