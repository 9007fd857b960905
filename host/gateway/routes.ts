/** Which name a request is for. */
export interface IngressRoute {
  /** Host of the request without port; undefined = any. */
  readonly host?: string | undefined;
  /** The request's path begins with this, at a `/`. */
  readonly prefix: string;
  /** Name of the service that is called. */
  readonly name: string;
}

/** The first route that fits; `authority` is the request's host with or without port. */
export function routeOf<Route extends IngressRoute>(
  routes: readonly Route[],
  authority: string,
  path: string,
): Route | undefined {
  let host: string | undefined;
  for (const route of routes) {
    if (route.host !== undefined) {
      host ??= authority.replace(/:\d+$/, '').toLowerCase();
      if (route.host.toLowerCase() !== host) continue;
    }
    if (leadsTo(route.prefix, path)) return route;
  }
  return undefined;
}

function leadsTo(prefix: string, path: string): boolean {
  // A CONNECT has an authority where others have a path.
  if (!path.startsWith('/')) return prefix === '/';
  if (!path.startsWith(prefix)) return false;
  const next = path[prefix.length];
  return prefix.endsWith('/') || next === undefined || next === '/' || next === '?';
}
