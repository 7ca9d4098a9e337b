import { isIP } from 'node:net';

/** Whether an address, or the name `localhost`, is this machine and no other. */
export function isLoopback(address: string): boolean {
  const plain = address.toLowerCase().replace(/^::ffff:/, '');
  return (
    plain === 'localhost' || plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'))
  );
}
