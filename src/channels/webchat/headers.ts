import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * What the browser may do with our answers: run only our own files, talk only to us, show us in no frame, tell nobody
 * where it came from, keep nothing. `exitUrl` must be allowed as the end of a form, or the quick exit would not work
 * with scripts off.
 */
export function createHeaders(exitUrl: string): RequestHandler[] {
  const safe = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'"],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'form-action': ["'self'", ...originOf(exitUrl)],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
        'require-trusted-types-for': ["'script'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
  });
  return [
    safe,
    (_request, response, next) => {
      response.set({
        'Cache-Control': 'no-store',
        'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
      });
      next();
    },
  ];
}

function originOf(url: string): string[] {
  return /^https?:/.test(url) ? [new URL(url).origin] : [];
}
