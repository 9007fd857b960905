/** What sincmesh.p4 has for Service Prefix Authentication, as its P4Info names it. */
export const SPA_TABLES = {
  ports: 'ingress.admission.ports',
  grants: 'ingress.admission.grants',
  credentials: 'ingress.admission.credentials',
} as const;

/** Entries of the tables of a leaf. */
export const SPA_SIZES = { grants: 8192, credentials: 4096 } as const;

/** Register of what has passed, and its cells for one slot. */
export const SPA_NEWEST = 'ingress.admission.newest';
export const SPA_WINDOW = 64;
/** Slots of the registers that remember what has passed, one for each key in force. */
export const SLOTS = 4096;
/** Generations of a slot, 1 to this: its next owner has another. */
export const MAX_GENERATION = 255;
export const MAX_KEY_ID = 65_535;
