/** What can go wrong in the mesh's controller, above the P4Runtime client. */
export type ControllerErrorCode =
  | 'TOPOLOGY' // the topology file is wrong
  | 'UNKNOWN_SWITCH'
  | 'UNKNOWN_HOST'
  | 'UNKNOWN_INSTANCE'
  | 'UNKNOWN_SERVICE'
  | 'UNKNOWN_GROUP'
  | 'NOT_FOUND' // no such thing in a collection
  | 'BAD_REQUEST' // an argument is out of range or malformed
  | 'NAME_COLLISION' // two names with one digest
  | 'NO_ROOM' // a table, slot pool or id range is used up
  | 'NO_PATH' // the fabric does not connect what must be connected
  | 'NOT_POSSIBLE' // the switches cannot do it
  | 'DENIED' // a name or an address that is not the asker's
  | 'REFUSED' // a switch refused an entry
  | 'CONFLICT' // two owners for one entry
  | 'CLOSED';

/** Every error of the controller: `code` for programs, a message that names the thing, the place and the remedy. */
export class ControllerError extends Error {
  readonly code: ControllerErrorCode;

  constructor(code: ControllerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ControllerError';
    this.code = code;
  }
}
