import type { Settings } from '../settings.js';

/** Where people reach this service: the public address, else the one it listens on. No slash at the end. */
export const baseAddress = ({ publicUrl, host }: Settings, port: number): string =>
  publicUrl ?? `http://${reachableHost(host)}:${port}`;

/** The host as it is written in an address; "all addresses" is reached as this machine. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
