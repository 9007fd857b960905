// package: p4.v1
// file: p4/v1/p4data.proto

import * as jspb from "google-protobuf";

export class P4Data extends jspb.Message {
  hasBitstring(): boolean;
  clearBitstring(): void;
  getBitstring(): Uint8Array | string;
  getBitstring_asU8(): Uint8Array;
  getBitstring_asB64(): string;
  setBitstring(value: Uint8Array | string): void;

  hasVarbit(): boolean;
  clearVarbit(): void;
  getVarbit(): P4Varbit | undefined;
  setVarbit(value?: P4Varbit): void;

  hasBool(): boolean;
  clearBool(): void;
  getBool(): boolean;
  setBool(value: boolean): void;

  hasTuple(): boolean;
  clearTuple(): void;
  getTuple(): P4StructLike | undefined;
  setTuple(value?: P4StructLike): void;

  hasStruct(): boolean;
  clearStruct(): void;
  getStruct(): P4StructLike | undefined;
  setStruct(value?: P4StructLike): void;

  hasHeader(): boolean;
  clearHeader(): void;
  getHeader(): P4Header | undefined;
  setHeader(value?: P4Header): void;

  hasHeaderUnion(): boolean;
  clearHeaderUnion(): void;
  getHeaderUnion(): P4HeaderUnion | undefined;
  setHeaderUnion(value?: P4HeaderUnion): void;

  hasHeaderStack(): boolean;
  clearHeaderStack(): void;
  getHeaderStack(): P4HeaderStack | undefined;
  setHeaderStack(value?: P4HeaderStack): void;

  hasHeaderUnionStack(): boolean;
  clearHeaderUnionStack(): void;
  getHeaderUnionStack(): P4HeaderUnionStack | undefined;
  setHeaderUnionStack(value?: P4HeaderUnionStack): void;

  hasEnum(): boolean;
  clearEnum(): void;
  getEnum(): string;
  setEnum(value: string): void;

  hasError(): boolean;
  clearError(): void;
  getError(): string;
  setError(value: string): void;

  hasEnumValue(): boolean;
  clearEnumValue(): void;
  getEnumValue(): Uint8Array | string;
  getEnumValue_asU8(): Uint8Array;
  getEnumValue_asB64(): string;
  setEnumValue(value: Uint8Array | string): void;

  getDataCase(): P4Data.DataCase;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4Data.AsObject;
  static toObject(includeInstance: boolean, msg: P4Data): P4Data.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4Data, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4Data;
  static deserializeBinaryFromReader(message: P4Data, reader: jspb.BinaryReader): P4Data;
}

export namespace P4Data {
  export type AsObject = {
    bitstring: Uint8Array | string,
    varbit?: P4Varbit.AsObject,
    bool: boolean,
    tuple?: P4StructLike.AsObject,
    struct?: P4StructLike.AsObject,
    header?: P4Header.AsObject,
    headerUnion?: P4HeaderUnion.AsObject,
    headerStack?: P4HeaderStack.AsObject,
    headerUnionStack?: P4HeaderUnionStack.AsObject,
    pb_enum: string,
    error: string,
    enumValue: Uint8Array | string,
  }

  export enum DataCase {
    DATA_NOT_SET = 0,
    BITSTRING = 1,
    VARBIT = 2,
    BOOL = 3,
    TUPLE = 4,
    STRUCT = 5,
    HEADER = 6,
    HEADER_UNION = 7,
    HEADER_STACK = 8,
    HEADER_UNION_STACK = 9,
    ENUM = 10,
    ERROR = 11,
    ENUM_VALUE = 12,
  }
}

export class P4Varbit extends jspb.Message {
  getBitstring(): Uint8Array | string;
  getBitstring_asU8(): Uint8Array;
  getBitstring_asB64(): string;
  setBitstring(value: Uint8Array | string): void;

  getBitwidth(): number;
  setBitwidth(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4Varbit.AsObject;
  static toObject(includeInstance: boolean, msg: P4Varbit): P4Varbit.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4Varbit, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4Varbit;
  static deserializeBinaryFromReader(message: P4Varbit, reader: jspb.BinaryReader): P4Varbit;
}

export namespace P4Varbit {
  export type AsObject = {
    bitstring: Uint8Array | string,
    bitwidth: number,
  }
}

export class P4StructLike extends jspb.Message {
  clearMembersList(): void;
  getMembersList(): Array<P4Data>;
  setMembersList(value: Array<P4Data>): void;
  addMembers(value?: P4Data, index?: number): P4Data;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4StructLike.AsObject;
  static toObject(includeInstance: boolean, msg: P4StructLike): P4StructLike.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4StructLike, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4StructLike;
  static deserializeBinaryFromReader(message: P4StructLike, reader: jspb.BinaryReader): P4StructLike;
}

export namespace P4StructLike {
  export type AsObject = {
    membersList: Array<P4Data.AsObject>,
  }
}

export class P4Header extends jspb.Message {
  getIsValid(): boolean;
  setIsValid(value: boolean): void;

  clearBitstringsList(): void;
  getBitstringsList(): Array<Uint8Array | string>;
  getBitstringsList_asU8(): Array<Uint8Array>;
  getBitstringsList_asB64(): Array<string>;
  setBitstringsList(value: Array<Uint8Array | string>): void;
  addBitstrings(value: Uint8Array | string, index?: number): Uint8Array | string;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4Header.AsObject;
  static toObject(includeInstance: boolean, msg: P4Header): P4Header.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4Header, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4Header;
  static deserializeBinaryFromReader(message: P4Header, reader: jspb.BinaryReader): P4Header;
}

export namespace P4Header {
  export type AsObject = {
    isValid: boolean,
    bitstringsList: Array<Uint8Array | string>,
  }
}

export class P4HeaderUnion extends jspb.Message {
  getValidHeaderName(): string;
  setValidHeaderName(value: string): void;

  hasValidHeader(): boolean;
  clearValidHeader(): void;
  getValidHeader(): P4Header | undefined;
  setValidHeader(value?: P4Header): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4HeaderUnion.AsObject;
  static toObject(includeInstance: boolean, msg: P4HeaderUnion): P4HeaderUnion.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4HeaderUnion, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4HeaderUnion;
  static deserializeBinaryFromReader(message: P4HeaderUnion, reader: jspb.BinaryReader): P4HeaderUnion;
}

export namespace P4HeaderUnion {
  export type AsObject = {
    validHeaderName: string,
    validHeader?: P4Header.AsObject,
  }
}

export class P4HeaderStack extends jspb.Message {
  clearEntriesList(): void;
  getEntriesList(): Array<P4Header>;
  setEntriesList(value: Array<P4Header>): void;
  addEntries(value?: P4Header, index?: number): P4Header;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4HeaderStack.AsObject;
  static toObject(includeInstance: boolean, msg: P4HeaderStack): P4HeaderStack.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4HeaderStack, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4HeaderStack;
  static deserializeBinaryFromReader(message: P4HeaderStack, reader: jspb.BinaryReader): P4HeaderStack;
}

export namespace P4HeaderStack {
  export type AsObject = {
    entriesList: Array<P4Header.AsObject>,
  }
}

export class P4HeaderUnionStack extends jspb.Message {
  clearEntriesList(): void;
  getEntriesList(): Array<P4HeaderUnion>;
  setEntriesList(value: Array<P4HeaderUnion>): void;
  addEntries(value?: P4HeaderUnion, index?: number): P4HeaderUnion;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4HeaderUnionStack.AsObject;
  static toObject(includeInstance: boolean, msg: P4HeaderUnionStack): P4HeaderUnionStack.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4HeaderUnionStack, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4HeaderUnionStack;
  static deserializeBinaryFromReader(message: P4HeaderUnionStack, reader: jspb.BinaryReader): P4HeaderUnionStack;
}

export namespace P4HeaderUnionStack {
  export type AsObject = {
    entriesList: Array<P4HeaderUnion.AsObject>,
  }
}

