/** How often a fault is brought about: a few times, or, with SINCMESH_FAULTS=full, as often as the project promises. */
export function times(few: number, full: number): number {
  return process.env['SINCMESH_FAULTS'] === 'full' ? full : few;
}
