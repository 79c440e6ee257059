import type { RequestHandler } from 'express';
import type { WebchatParts } from './parts.js';

const LONGEST_NAME = 80;
const SHOWN = 6;

/** `GET /api/places?q=`: communes meant by a name old or new, best first, for the type-ahead of the place question. */
export function findPlaces({ deps }: WebchatParts): RequestHandler {
  return (request, response) => {
    const asked = typeof request.query.q === 'string' ? request.query.q : '';
    const name = asked.slice(0, LONGEST_NAME).normalize('NFC').trim();
    const found = name === '' ? [] : deps.directory.findPlaces(name, SHOWN);
    response.json(found.map(({ place, knownAs }) => ({ code: place.code, name: place.fullName, knownAs })));
  };
}
