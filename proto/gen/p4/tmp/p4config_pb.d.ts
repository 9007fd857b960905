// package: p4.tmp
// file: p4/tmp/p4config.proto

import * as jspb from "google-protobuf";

export class P4DeviceConfig extends jspb.Message {
  getReassign(): boolean;
  setReassign(value: boolean): void;

  hasExtras(): boolean;
  clearExtras(): void;
  getExtras(): P4DeviceConfig.Extras | undefined;
  setExtras(value?: P4DeviceConfig.Extras): void;

  getDeviceData(): Uint8Array | string;
  getDeviceData_asU8(): Uint8Array;
  getDeviceData_asB64(): string;
  setDeviceData(value: Uint8Array | string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4DeviceConfig.AsObject;
  static toObject(includeInstance: boolean, msg: P4DeviceConfig): P4DeviceConfig.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4DeviceConfig, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4DeviceConfig;
  static deserializeBinaryFromReader(message: P4DeviceConfig, reader: jspb.BinaryReader): P4DeviceConfig;
}

export namespace P4DeviceConfig {
  export type AsObject = {
    reassign: boolean,
    extras?: P4DeviceConfig.Extras.AsObject,
    deviceData: Uint8Array | string,
  }

  export class Extras extends jspb.Message {
    getKvMap(): jspb.Map<string, string>;
    clearKvMap(): void;
    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Extras.AsObject;
    static toObject(includeInstance: boolean, msg: Extras): Extras.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Extras, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Extras;
    static deserializeBinaryFromReader(message: Extras, reader: jspb.BinaryReader): Extras;
  }

  export namespace Extras {
    export type AsObject = {
      kvMap: Array<[string, string]>,
    }
  }
}

