import type { ControllerPacketMetadata, P4Info } from 'p4runtime-js';
import type { ProgramSpec } from '../spec/types.js';
import { invalid } from './error.js';
import type { Exposed, Translations } from './translation.js';

export interface PacketField extends Exposed {
  readonly id: number;
  readonly name: string;
  readonly padding: boolean;
}

/** Fields of the header named packet_in or packet_out; undefined where the program has none. Throws INVALID_ARGUMENT. */
export function packetFields(
  info: P4Info,
  name: string,
  spec: ProgramSpec,
  translations: Translations,
): PacketField[] | undefined {
  const header = info
    .getControllerPacketMetadataList()
    .find((candidate: ControllerPacketMetadata) => candidate.getPreamble()?.getName() === name);
  if (header === undefined) return undefined;
  const widths = translatedWidths(header, spec);
  const fields = header.getMetadataList().map((field) => ({
    id: field.getId(),
    name: field.getName(),
    width: widths?.get(field.getName()) ?? field.getBitwidth(),
    translation: translations.ofType(field.getTypeName()?.getName()),
    padding: field.getAnnotationsList().some((annotation) => annotation.startsWith('@padding')),
  }));
  const bits = fields.reduce((n, field) => n + field.width, 0);
  if (bits % 8 !== 0)
    throw invalid(`controller header ${name} has ${bits} bits, not a whole number of bytes`);
  return fields;
}

/** P4Info tells the bits the controller sees of translated fields; those in the packet are the program's. */
function translatedWidths(
  header: ControllerPacketMetadata,
  spec: ProgramSpec,
): ReadonlyMap<string, number> | undefined {
  const fields = header.getMetadataList();
  if (!fields.some((field) => field.hasTypeName())) return undefined;
  const type = spec.headerTypes.find((candidate) =>
    fields.every((field, i) => candidate.fields[i]?.name === field.getName()),
  );
  return type && new Map(type.fields.map((field) => [field.name, field.width]));
}
