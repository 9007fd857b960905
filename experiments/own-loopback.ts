/**
 * A loopback address 127.x.`net`.`host`, where x is this process's own: that of another run of the same tests or
 * measurements on this machine is another one. Linux has all of them.
 */
export function ownLoopback(net: number, host: number): string {
  return `127.${1 + (process.pid % 254)}.${net}.${host}`;
}
