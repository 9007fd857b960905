// package: p4.config.v1
// file: p4/config/v1/p4types.proto

import * as jspb from "google-protobuf";

export class P4TypeInfo extends jspb.Message {
  getStructsMap(): jspb.Map<string, P4StructTypeSpec>;
  clearStructsMap(): void;
  getHeadersMap(): jspb.Map<string, P4HeaderTypeSpec>;
  clearHeadersMap(): void;
  getHeaderUnionsMap(): jspb.Map<string, P4HeaderUnionTypeSpec>;
  clearHeaderUnionsMap(): void;
  getEnumsMap(): jspb.Map<string, P4EnumTypeSpec>;
  clearEnumsMap(): void;
  hasError(): boolean;
  clearError(): void;
  getError(): P4ErrorTypeSpec | undefined;
  setError(value?: P4ErrorTypeSpec): void;

  getSerializableEnumsMap(): jspb.Map<string, P4SerializableEnumTypeSpec>;
  clearSerializableEnumsMap(): void;
  getNewTypesMap(): jspb.Map<string, P4NewTypeSpec>;
  clearNewTypesMap(): void;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4TypeInfo.AsObject;
  static toObject(includeInstance: boolean, msg: P4TypeInfo): P4TypeInfo.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4TypeInfo, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4TypeInfo;
  static deserializeBinaryFromReader(message: P4TypeInfo, reader: jspb.BinaryReader): P4TypeInfo;
}

export namespace P4TypeInfo {
  export type AsObject = {
    structsMap: Array<[string, P4StructTypeSpec.AsObject]>,
    headersMap: Array<[string, P4HeaderTypeSpec.AsObject]>,
    headerUnionsMap: Array<[string, P4HeaderUnionTypeSpec.AsObject]>,
    enumsMap: Array<[string, P4EnumTypeSpec.AsObject]>,
    error?: P4ErrorTypeSpec.AsObject,
    serializableEnumsMap: Array<[string, P4SerializableEnumTypeSpec.AsObject]>,
    newTypesMap: Array<[string, P4NewTypeSpec.AsObject]>,
  }
}

export class P4DataTypeSpec extends jspb.Message {
  hasBitstring(): boolean;
  clearBitstring(): void;
  getBitstring(): P4BitstringLikeTypeSpec | undefined;
  setBitstring(value?: P4BitstringLikeTypeSpec): void;

  hasBool(): boolean;
  clearBool(): void;
  getBool(): P4BoolType | undefined;
  setBool(value?: P4BoolType): void;

  hasTuple(): boolean;
  clearTuple(): void;
  getTuple(): P4TupleTypeSpec | undefined;
  setTuple(value?: P4TupleTypeSpec): void;

  hasStruct(): boolean;
  clearStruct(): void;
  getStruct(): P4NamedType | undefined;
  setStruct(value?: P4NamedType): void;

  hasHeader(): boolean;
  clearHeader(): void;
  getHeader(): P4NamedType | undefined;
  setHeader(value?: P4NamedType): void;

  hasHeaderUnion(): boolean;
  clearHeaderUnion(): void;
  getHeaderUnion(): P4NamedType | undefined;
  setHeaderUnion(value?: P4NamedType): void;

  hasHeaderStack(): boolean;
  clearHeaderStack(): void;
  getHeaderStack(): P4HeaderStackTypeSpec | undefined;
  setHeaderStack(value?: P4HeaderStackTypeSpec): void;

  hasHeaderUnionStack(): boolean;
  clearHeaderUnionStack(): void;
  getHeaderUnionStack(): P4HeaderUnionStackTypeSpec | undefined;
  setHeaderUnionStack(value?: P4HeaderUnionStackTypeSpec): void;

  hasEnum(): boolean;
  clearEnum(): void;
  getEnum(): P4NamedType | undefined;
  setEnum(value?: P4NamedType): void;

  hasError(): boolean;
  clearError(): void;
  getError(): P4ErrorType | undefined;
  setError(value?: P4ErrorType): void;

  hasSerializableEnum(): boolean;
  clearSerializableEnum(): void;
  getSerializableEnum(): P4NamedType | undefined;
  setSerializableEnum(value?: P4NamedType): void;

  hasNewType(): boolean;
  clearNewType(): void;
  getNewType(): P4NamedType | undefined;
  setNewType(value?: P4NamedType): void;

  getTypeSpecCase(): P4DataTypeSpec.TypeSpecCase;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4DataTypeSpec.AsObject;
  static toObject(includeInstance: boolean, msg: P4DataTypeSpec): P4DataTypeSpec.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4DataTypeSpec, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4DataTypeSpec;
  static deserializeBinaryFromReader(message: P4DataTypeSpec, reader: jspb.BinaryReader): P4DataTypeSpec;
}

export namespace P4DataTypeSpec {
  export type AsObject = {
    bitstring?: P4BitstringLikeTypeSpec.AsObject,
    bool?: P4BoolType.AsObject,
    tuple?: P4TupleTypeSpec.AsObject,
    struct?: P4NamedType.AsObject,
    header?: P4NamedType.AsObject,
    headerUnion?: P4NamedType.AsObject,
    headerStack?: P4HeaderStackTypeSpec.AsObject,
    headerUnionStack?: P4HeaderUnionStackTypeSpec.AsObject,
    pb_enum?: P4NamedType.AsObject,
    error?: P4ErrorType.AsObject,
    serializableEnum?: P4NamedType.AsObject,
    newType?: P4NamedType.AsObject,
  }

  export enum TypeSpecCase {
    TYPE_SPEC_NOT_SET = 0,
    BITSTRING = 1,
    BOOL = 2,
    TUPLE = 3,
    STRUCT = 4,
    HEADER = 5,
    HEADER_UNION = 6,
    HEADER_STACK = 7,
    HEADER_UNION_STACK = 8,
    ENUM = 9,
    ERROR = 10,
    SERIALIZABLE_ENUM = 11,
    NEW_TYPE = 12,
  }
}

export class P4NamedType extends jspb.Message {
  getName(): string;
  setName(value: string): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4NamedType.AsObject;
  static toObject(includeInstance: boolean, msg: P4NamedType): P4NamedType.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4NamedType, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4NamedType;
  static deserializeBinaryFromReader(message: P4NamedType, reader: jspb.BinaryReader): P4NamedType;
}

export namespace P4NamedType {
  export type AsObject = {
    name: string,
  }
}

export class P4BoolType extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4BoolType.AsObject;
  static toObject(includeInstance: boolean, msg: P4BoolType): P4BoolType.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4BoolType, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4BoolType;
  static deserializeBinaryFromReader(message: P4BoolType, reader: jspb.BinaryReader): P4BoolType;
}

export namespace P4BoolType {
  export type AsObject = {
  }
}

export class P4ErrorType extends jspb.Message {
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4ErrorType.AsObject;
  static toObject(includeInstance: boolean, msg: P4ErrorType): P4ErrorType.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4ErrorType, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4ErrorType;
  static deserializeBinaryFromReader(message: P4ErrorType, reader: jspb.BinaryReader): P4ErrorType;
}

export namespace P4ErrorType {
  export type AsObject = {
  }
}

export class P4BitstringLikeTypeSpec extends jspb.Message {
  hasBit(): boolean;
  clearBit(): void;
  getBit(): P4BitTypeSpec | undefined;
  setBit(value?: P4BitTypeSpec): void;

  hasInt(): boolean;
  clearInt(): void;
  getInt(): P4IntTypeSpec | undefined;
  setInt(value?: P4IntTypeSpec): void;

  hasVarbit(): boolean;
  clearVarbit(): void;
  getVarbit(): P4VarbitTypeSpec | undefined;
  setVarbit(value?: P4VarbitTypeSpec): void;

  clearAnnotationsList(): void;
  getAnnotationsList(): Array<string>;
  setAnnotationsList(value: Array<string>): void;
  addAnnotations(value: string, index?: number): string;

  clearAnnotationLocationsList(): void;
  getAnnotationLocationsList(): Array<SourceLocation>;
  setAnnotationLocationsList(value: Array<SourceLocation>): void;
  addAnnotationLocations(value?: SourceLocation, index?: number): SourceLocation;

  clearStructuredAnnotationsList(): void;
  getStructuredAnnotationsList(): Array<StructuredAnnotation>;
  setStructuredAnnotationsList(value: Array<StructuredAnnotation>): void;
  addStructuredAnnotations(value?: StructuredAnnotation, index?: number): StructuredAnnotation;

  getTypeSpecCase(): P4BitstringLikeTypeSpec.TypeSpecCase;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4BitstringLikeTypeSpec.AsObject;
  static toObject(includeInstance: boolean, msg: P4BitstringLikeTypeSpec): P4BitstringLikeTypeSpec.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4BitstringLikeTypeSpec, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4BitstringLikeTypeSpec;
  static deserializeBinaryFromReader(message: P4BitstringLikeTypeSpec, reader: jspb.BinaryReader): P4BitstringLikeTypeSpec;
}

export namespace P4BitstringLikeTypeSpec {
  export type AsObject = {
    bit?: P4BitTypeSpec.AsObject,
    pb_int?: P4IntTypeSpec.AsObject,
    varbit?: P4VarbitTypeSpec.AsObject,
    annotationsList: Array<string>,
    annotationLocationsList: Array<SourceLocation.AsObject>,
    structuredAnnotationsList: Array<StructuredAnnotation.AsObject>,
  }

  export enum TypeSpecCase {
    TYPE_SPEC_NOT_SET = 0,
    BIT = 1,
    INT = 2,
    VARBIT = 3,
  }
}

export class P4BitTypeSpec extends jspb.Message {
  getBitwidth(): number;
  setBitwidth(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4BitTypeSpec.AsObject;
  static toObject(includeInstance: boolean, msg: P4BitTypeSpec): P4BitTypeSpec.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4BitTypeSpec, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4BitTypeSpec;
  static deserializeBinaryFromReader(message: P4BitTypeSpec, reader: jspb.BinaryReader): P4BitTypeSpec;
}

export namespace P4BitTypeSpec {
  export type AsObject = {
    bitwidth: number,
  }
}

export class P4IntTypeSpec extends jspb.Message {
  getBitwidth(): number;
  setBitwidth(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4IntTypeSpec.AsObject;
  static toObject(includeInstance: boolean, msg: P4IntTypeSpec): P4IntTypeSpec.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4IntTypeSpec, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4IntTypeSpec;
  static deserializeBinaryFromReader(message: P4IntTypeSpec, reader: jspb.BinaryReader): P4IntTypeSpec;
}

export namespace P4IntTypeSpec {
  export type AsObject = {
    bitwidth: number,
  }
}

export class P4VarbitTypeSpec extends jspb.Message {
  getMaxBitwidth(): number;
  setMaxBitwidth(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4VarbitTypeSpec.AsObject;
  static toObject(includeInstance: boolean, msg: P4VarbitTypeSpec): P4VarbitTypeSpec.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4VarbitTypeSpec, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4VarbitTypeSpec;
  static deserializeBinaryFromReader(message: P4VarbitTypeSpec, reader: jspb.BinaryReader): P4VarbitTypeSpec;
}

export namespace P4VarbitTypeSpec {
  export type AsObject = {
    maxBitwidth: number,
  }
}

export class P4TupleTypeSpec extends jspb.Message {
  clearMembersList(): void;
  getMembersList(): Array<P4DataTypeSpec>;
  setMembersList(value: Array<P4DataTypeSpec>): void;
  addMembers(value?: P4DataTypeSpec, index?: number): P4DataTypeSpec;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4TupleTypeSpec.AsObject;
  static toObject(includeInstance: boolean, msg: P4TupleTypeSpec): P4TupleTypeSpec.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4TupleTypeSpec, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4TupleTypeSpec;
  static deserializeBinaryFromReader(message: P4TupleTypeSpec, reader: jspb.BinaryReader): P4TupleTypeSpec;
}

export namespace P4TupleTypeSpec {
  export type AsObject = {
    membersList: Array<P4DataTypeSpec.AsObject>,
  }
}

export class P4StructTypeSpec extends jspb.Message {
  clearMembersList(): void;
  getMembersList(): Array<P4StructTypeSpec.Member>;
  setMembersList(value: Array<P4StructTypeSpec.Member>): void;
  addMembers(value?: P4StructTypeSpec.Member, index?: number): P4StructTypeSpec.Member;

  clearAnnotationsList(): void;
  getAnnotationsList(): Array<string>;
  setAnnotationsList(value: Array<string>): void;
  addAnnotations(value: string, index?: number): string;

  clearAnnotationLocationsList(): void;
  getAnnotationLocationsList(): Array<SourceLocation>;
  setAnnotationLocationsList(value: Array<SourceLocation>): void;
  addAnnotationLocations(value?: SourceLocation, index?: number): SourceLocation;

  clearStructuredAnnotationsList(): void;
  getStructuredAnnotationsList(): Array<StructuredAnnotation>;
  setStructuredAnnotationsList(value: Array<StructuredAnnotation>): void;
  addStructuredAnnotations(value?: StructuredAnnotation, index?: number): StructuredAnnotation;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4StructTypeSpec.AsObject;
  static toObject(includeInstance: boolean, msg: P4StructTypeSpec): P4StructTypeSpec.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4StructTypeSpec, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4StructTypeSpec;
  static deserializeBinaryFromReader(message: P4StructTypeSpec, reader: jspb.BinaryReader): P4StructTypeSpec;
}

export namespace P4StructTypeSpec {
  export type AsObject = {
    membersList: Array<P4StructTypeSpec.Member.AsObject>,
    annotationsList: Array<string>,
    annotationLocationsList: Array<SourceLocation.AsObject>,
    structuredAnnotationsList: Array<StructuredAnnotation.AsObject>,
  }

  export class Member extends jspb.Message {
    getName(): string;
    setName(value: string): void;

    hasTypeSpec(): boolean;
    clearTypeSpec(): void;
    getTypeSpec(): P4DataTypeSpec | undefined;
    setTypeSpec(value?: P4DataTypeSpec): void;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Member.AsObject;
    static toObject(includeInstance: boolean, msg: Member): Member.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Member, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Member;
    static deserializeBinaryFromReader(message: Member, reader: jspb.BinaryReader): Member;
  }

  export namespace Member {
    export type AsObject = {
      name: string,
      typeSpec?: P4DataTypeSpec.AsObject,
    }
  }
}

export class P4HeaderTypeSpec extends jspb.Message {
  clearMembersList(): void;
  getMembersList(): Array<P4HeaderTypeSpec.Member>;
  setMembersList(value: Array<P4HeaderTypeSpec.Member>): void;
  addMembers(value?: P4HeaderTypeSpec.Member, index?: number): P4HeaderTypeSpec.Member;

  clearAnnotationsList(): void;
  getAnnotationsList(): Array<string>;
  setAnnotationsList(value: Array<string>): void;
  addAnnotations(value: string, index?: number): string;

  clearAnnotationLocationsList(): void;
  getAnnotationLocationsList(): Array<SourceLocation>;
  setAnnotationLocationsList(value: Array<SourceLocation>): void;
  addAnnotationLocations(value?: SourceLocation, index?: number): SourceLocation;

  clearStructuredAnnotationsList(): void;
  getStructuredAnnotationsList(): Array<StructuredAnnotation>;
  setStructuredAnnotationsList(value: Array<StructuredAnnotation>): void;
  addStructuredAnnotations(value?: StructuredAnnotation, index?: number): StructuredAnnotation;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4HeaderTypeSpec.AsObject;
  static toObject(includeInstance: boolean, msg: P4HeaderTypeSpec): P4HeaderTypeSpec.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4HeaderTypeSpec, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4HeaderTypeSpec;
  static deserializeBinaryFromReader(message: P4HeaderTypeSpec, reader: jspb.BinaryReader): P4HeaderTypeSpec;
}

export namespace P4HeaderTypeSpec {
  export type AsObject = {
    membersList: Array<P4HeaderTypeSpec.Member.AsObject>,
    annotationsList: Array<string>,
    annotationLocationsList: Array<SourceLocation.AsObject>,
    structuredAnnotationsList: Array<StructuredAnnotation.AsObject>,
  }

  export class Member extends jspb.Message {
    getName(): string;
    setName(value: string): void;

    hasTypeSpec(): boolean;
    clearTypeSpec(): void;
    getTypeSpec(): P4BitstringLikeTypeSpec | undefined;
    setTypeSpec(value?: P4BitstringLikeTypeSpec): void;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Member.AsObject;
    static toObject(includeInstance: boolean, msg: Member): Member.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Member, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Member;
    static deserializeBinaryFromReader(message: Member, reader: jspb.BinaryReader): Member;
  }

  export namespace Member {
    export type AsObject = {
      name: string,
      typeSpec?: P4BitstringLikeTypeSpec.AsObject,
    }
  }
}

export class P4HeaderUnionTypeSpec extends jspb.Message {
  clearMembersList(): void;
  getMembersList(): Array<P4HeaderUnionTypeSpec.Member>;
  setMembersList(value: Array<P4HeaderUnionTypeSpec.Member>): void;
  addMembers(value?: P4HeaderUnionTypeSpec.Member, index?: number): P4HeaderUnionTypeSpec.Member;

  clearAnnotationsList(): void;
  getAnnotationsList(): Array<string>;
  setAnnotationsList(value: Array<string>): void;
  addAnnotations(value: string, index?: number): string;

  clearAnnotationLocationsList(): void;
  getAnnotationLocationsList(): Array<SourceLocation>;
  setAnnotationLocationsList(value: Array<SourceLocation>): void;
  addAnnotationLocations(value?: SourceLocation, index?: number): SourceLocation;

  clearStructuredAnnotationsList(): void;
  getStructuredAnnotationsList(): Array<StructuredAnnotation>;
  setStructuredAnnotationsList(value: Array<StructuredAnnotation>): void;
  addStructuredAnnotations(value?: StructuredAnnotation, index?: number): StructuredAnnotation;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4HeaderUnionTypeSpec.AsObject;
  static toObject(includeInstance: boolean, msg: P4HeaderUnionTypeSpec): P4HeaderUnionTypeSpec.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4HeaderUnionTypeSpec, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4HeaderUnionTypeSpec;
  static deserializeBinaryFromReader(message: P4HeaderUnionTypeSpec, reader: jspb.BinaryReader): P4HeaderUnionTypeSpec;
}

export namespace P4HeaderUnionTypeSpec {
  export type AsObject = {
    membersList: Array<P4HeaderUnionTypeSpec.Member.AsObject>,
    annotationsList: Array<string>,
    annotationLocationsList: Array<SourceLocation.AsObject>,
    structuredAnnotationsList: Array<StructuredAnnotation.AsObject>,
  }

  export class Member extends jspb.Message {
    getName(): string;
    setName(value: string): void;

    hasHeader(): boolean;
    clearHeader(): void;
    getHeader(): P4NamedType | undefined;
    setHeader(value?: P4NamedType): void;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Member.AsObject;
    static toObject(includeInstance: boolean, msg: Member): Member.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Member, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Member;
    static deserializeBinaryFromReader(message: Member, reader: jspb.BinaryReader): Member;
  }

  export namespace Member {
    export type AsObject = {
      name: string,
      header?: P4NamedType.AsObject,
    }
  }
}

export class P4HeaderStackTypeSpec extends jspb.Message {
  hasHeader(): boolean;
  clearHeader(): void;
  getHeader(): P4NamedType | undefined;
  setHeader(value?: P4NamedType): void;

  getSize(): number;
  setSize(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4HeaderStackTypeSpec.AsObject;
  static toObject(includeInstance: boolean, msg: P4HeaderStackTypeSpec): P4HeaderStackTypeSpec.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4HeaderStackTypeSpec, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4HeaderStackTypeSpec;
  static deserializeBinaryFromReader(message: P4HeaderStackTypeSpec, reader: jspb.BinaryReader): P4HeaderStackTypeSpec;
}

export namespace P4HeaderStackTypeSpec {
  export type AsObject = {
    header?: P4NamedType.AsObject,
    size: number,
  }
}

export class P4HeaderUnionStackTypeSpec extends jspb.Message {
  hasHeaderUnion(): boolean;
  clearHeaderUnion(): void;
  getHeaderUnion(): P4NamedType | undefined;
  setHeaderUnion(value?: P4NamedType): void;

  getSize(): number;
  setSize(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4HeaderUnionStackTypeSpec.AsObject;
  static toObject(includeInstance: boolean, msg: P4HeaderUnionStackTypeSpec): P4HeaderUnionStackTypeSpec.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4HeaderUnionStackTypeSpec, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4HeaderUnionStackTypeSpec;
  static deserializeBinaryFromReader(message: P4HeaderUnionStackTypeSpec, reader: jspb.BinaryReader): P4HeaderUnionStackTypeSpec;
}

export namespace P4HeaderUnionStackTypeSpec {
  export type AsObject = {
    headerUnion?: P4NamedType.AsObject,
    size: number,
  }
}

export class P4EnumTypeSpec extends jspb.Message {
  clearMembersList(): void;
  getMembersList(): Array<P4EnumTypeSpec.Member>;
  setMembersList(value: Array<P4EnumTypeSpec.Member>): void;
  addMembers(value?: P4EnumTypeSpec.Member, index?: number): P4EnumTypeSpec.Member;

  clearAnnotationsList(): void;
  getAnnotationsList(): Array<string>;
  setAnnotationsList(value: Array<string>): void;
  addAnnotations(value: string, index?: number): string;

  clearStructuredAnnotationsList(): void;
  getStructuredAnnotationsList(): Array<StructuredAnnotation>;
  setStructuredAnnotationsList(value: Array<StructuredAnnotation>): void;
  addStructuredAnnotations(value?: StructuredAnnotation, index?: number): StructuredAnnotation;

  clearAnnotationLocationsList(): void;
  getAnnotationLocationsList(): Array<SourceLocation>;
  setAnnotationLocationsList(value: Array<SourceLocation>): void;
  addAnnotationLocations(value?: SourceLocation, index?: number): SourceLocation;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4EnumTypeSpec.AsObject;
  static toObject(includeInstance: boolean, msg: P4EnumTypeSpec): P4EnumTypeSpec.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4EnumTypeSpec, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4EnumTypeSpec;
  static deserializeBinaryFromReader(message: P4EnumTypeSpec, reader: jspb.BinaryReader): P4EnumTypeSpec;
}

export namespace P4EnumTypeSpec {
  export type AsObject = {
    membersList: Array<P4EnumTypeSpec.Member.AsObject>,
    annotationsList: Array<string>,
    structuredAnnotationsList: Array<StructuredAnnotation.AsObject>,
    annotationLocationsList: Array<SourceLocation.AsObject>,
  }

  export class Member extends jspb.Message {
    getName(): string;
    setName(value: string): void;

    clearAnnotationsList(): void;
    getAnnotationsList(): Array<string>;
    setAnnotationsList(value: Array<string>): void;
    addAnnotations(value: string, index?: number): string;

    clearStructuredAnnotationsList(): void;
    getStructuredAnnotationsList(): Array<StructuredAnnotation>;
    setStructuredAnnotationsList(value: Array<StructuredAnnotation>): void;
    addStructuredAnnotations(value?: StructuredAnnotation, index?: number): StructuredAnnotation;

    clearAnnotationLocationsList(): void;
    getAnnotationLocationsList(): Array<SourceLocation>;
    setAnnotationLocationsList(value: Array<SourceLocation>): void;
    addAnnotationLocations(value?: SourceLocation, index?: number): SourceLocation;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Member.AsObject;
    static toObject(includeInstance: boolean, msg: Member): Member.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Member, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Member;
    static deserializeBinaryFromReader(message: Member, reader: jspb.BinaryReader): Member;
  }

  export namespace Member {
    export type AsObject = {
      name: string,
      annotationsList: Array<string>,
      structuredAnnotationsList: Array<StructuredAnnotation.AsObject>,
      annotationLocationsList: Array<SourceLocation.AsObject>,
    }
  }
}

export class P4SerializableEnumTypeSpec extends jspb.Message {
  hasUnderlyingType(): boolean;
  clearUnderlyingType(): void;
  getUnderlyingType(): P4BitTypeSpec | undefined;
  setUnderlyingType(value?: P4BitTypeSpec): void;

  clearMembersList(): void;
  getMembersList(): Array<P4SerializableEnumTypeSpec.Member>;
  setMembersList(value: Array<P4SerializableEnumTypeSpec.Member>): void;
  addMembers(value?: P4SerializableEnumTypeSpec.Member, index?: number): P4SerializableEnumTypeSpec.Member;

  clearAnnotationsList(): void;
  getAnnotationsList(): Array<string>;
  setAnnotationsList(value: Array<string>): void;
  addAnnotations(value: string, index?: number): string;

  clearStructuredAnnotationsList(): void;
  getStructuredAnnotationsList(): Array<StructuredAnnotation>;
  setStructuredAnnotationsList(value: Array<StructuredAnnotation>): void;
  addStructuredAnnotations(value?: StructuredAnnotation, index?: number): StructuredAnnotation;

  clearAnnotationLocationsList(): void;
  getAnnotationLocationsList(): Array<SourceLocation>;
  setAnnotationLocationsList(value: Array<SourceLocation>): void;
  addAnnotationLocations(value?: SourceLocation, index?: number): SourceLocation;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4SerializableEnumTypeSpec.AsObject;
  static toObject(includeInstance: boolean, msg: P4SerializableEnumTypeSpec): P4SerializableEnumTypeSpec.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4SerializableEnumTypeSpec, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4SerializableEnumTypeSpec;
  static deserializeBinaryFromReader(message: P4SerializableEnumTypeSpec, reader: jspb.BinaryReader): P4SerializableEnumTypeSpec;
}

export namespace P4SerializableEnumTypeSpec {
  export type AsObject = {
    underlyingType?: P4BitTypeSpec.AsObject,
    membersList: Array<P4SerializableEnumTypeSpec.Member.AsObject>,
    annotationsList: Array<string>,
    structuredAnnotationsList: Array<StructuredAnnotation.AsObject>,
    annotationLocationsList: Array<SourceLocation.AsObject>,
  }

  export class Member extends jspb.Message {
    getName(): string;
    setName(value: string): void;

    getValue(): Uint8Array | string;
    getValue_asU8(): Uint8Array;
    getValue_asB64(): string;
    setValue(value: Uint8Array | string): void;

    clearAnnotationsList(): void;
    getAnnotationsList(): Array<string>;
    setAnnotationsList(value: Array<string>): void;
    addAnnotations(value: string, index?: number): string;

    clearStructuredAnnotationsList(): void;
    getStructuredAnnotationsList(): Array<StructuredAnnotation>;
    setStructuredAnnotationsList(value: Array<StructuredAnnotation>): void;
    addStructuredAnnotations(value?: StructuredAnnotation, index?: number): StructuredAnnotation;

    clearAnnotationLocationsList(): void;
    getAnnotationLocationsList(): Array<SourceLocation>;
    setAnnotationLocationsList(value: Array<SourceLocation>): void;
    addAnnotationLocations(value?: SourceLocation, index?: number): SourceLocation;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Member.AsObject;
    static toObject(includeInstance: boolean, msg: Member): Member.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Member, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Member;
    static deserializeBinaryFromReader(message: Member, reader: jspb.BinaryReader): Member;
  }

  export namespace Member {
    export type AsObject = {
      name: string,
      value: Uint8Array | string,
      annotationsList: Array<string>,
      structuredAnnotationsList: Array<StructuredAnnotation.AsObject>,
      annotationLocationsList: Array<SourceLocation.AsObject>,
    }
  }
}

export class P4ErrorTypeSpec extends jspb.Message {
  clearMembersList(): void;
  getMembersList(): Array<string>;
  setMembersList(value: Array<string>): void;
  addMembers(value: string, index?: number): string;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4ErrorTypeSpec.AsObject;
  static toObject(includeInstance: boolean, msg: P4ErrorTypeSpec): P4ErrorTypeSpec.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4ErrorTypeSpec, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4ErrorTypeSpec;
  static deserializeBinaryFromReader(message: P4ErrorTypeSpec, reader: jspb.BinaryReader): P4ErrorTypeSpec;
}

export namespace P4ErrorTypeSpec {
  export type AsObject = {
    membersList: Array<string>,
  }
}

export class P4NewTypeTranslation extends jspb.Message {
  getUri(): string;
  setUri(value: string): void;

  hasSdnBitwidth(): boolean;
  clearSdnBitwidth(): void;
  getSdnBitwidth(): number;
  setSdnBitwidth(value: number): void;

  hasSdnString(): boolean;
  clearSdnString(): void;
  getSdnString(): P4NewTypeTranslation.SdnString | undefined;
  setSdnString(value?: P4NewTypeTranslation.SdnString): void;

  getSdnTypeCase(): P4NewTypeTranslation.SdnTypeCase;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4NewTypeTranslation.AsObject;
  static toObject(includeInstance: boolean, msg: P4NewTypeTranslation): P4NewTypeTranslation.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4NewTypeTranslation, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4NewTypeTranslation;
  static deserializeBinaryFromReader(message: P4NewTypeTranslation, reader: jspb.BinaryReader): P4NewTypeTranslation;
}

export namespace P4NewTypeTranslation {
  export type AsObject = {
    uri: string,
    sdnBitwidth: number,
    sdnString?: P4NewTypeTranslation.SdnString.AsObject,
  }

  export class SdnString extends jspb.Message {
    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): SdnString.AsObject;
    static toObject(includeInstance: boolean, msg: SdnString): SdnString.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: SdnString, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): SdnString;
    static deserializeBinaryFromReader(message: SdnString, reader: jspb.BinaryReader): SdnString;
  }

  export namespace SdnString {
    export type AsObject = {
    }
  }

  export enum SdnTypeCase {
    SDN_TYPE_NOT_SET = 0,
    SDN_BITWIDTH = 2,
    SDN_STRING = 3,
  }
}

export class P4NewTypeSpec extends jspb.Message {
  hasOriginalType(): boolean;
  clearOriginalType(): void;
  getOriginalType(): P4DataTypeSpec | undefined;
  setOriginalType(value?: P4DataTypeSpec): void;

  hasTranslatedType(): boolean;
  clearTranslatedType(): void;
  getTranslatedType(): P4NewTypeTranslation | undefined;
  setTranslatedType(value?: P4NewTypeTranslation): void;

  clearAnnotationsList(): void;
  getAnnotationsList(): Array<string>;
  setAnnotationsList(value: Array<string>): void;
  addAnnotations(value: string, index?: number): string;

  clearStructuredAnnotationsList(): void;
  getStructuredAnnotationsList(): Array<StructuredAnnotation>;
  setStructuredAnnotationsList(value: Array<StructuredAnnotation>): void;
  addStructuredAnnotations(value?: StructuredAnnotation, index?: number): StructuredAnnotation;

  clearAnnotationLocationsList(): void;
  getAnnotationLocationsList(): Array<SourceLocation>;
  setAnnotationLocationsList(value: Array<SourceLocation>): void;
  addAnnotationLocations(value?: SourceLocation, index?: number): SourceLocation;

  getRepresentationCase(): P4NewTypeSpec.RepresentationCase;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): P4NewTypeSpec.AsObject;
  static toObject(includeInstance: boolean, msg: P4NewTypeSpec): P4NewTypeSpec.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: P4NewTypeSpec, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): P4NewTypeSpec;
  static deserializeBinaryFromReader(message: P4NewTypeSpec, reader: jspb.BinaryReader): P4NewTypeSpec;
}

export namespace P4NewTypeSpec {
  export type AsObject = {
    originalType?: P4DataTypeSpec.AsObject,
    translatedType?: P4NewTypeTranslation.AsObject,
    annotationsList: Array<string>,
    structuredAnnotationsList: Array<StructuredAnnotation.AsObject>,
    annotationLocationsList: Array<SourceLocation.AsObject>,
  }

  export enum RepresentationCase {
    REPRESENTATION_NOT_SET = 0,
    ORIGINAL_TYPE = 1,
    TRANSLATED_TYPE = 2,
  }
}

export class StructuredAnnotation extends jspb.Message {
  getName(): string;
  setName(value: string): void;

  hasExpressionList(): boolean;
  clearExpressionList(): void;
  getExpressionList(): ExpressionList | undefined;
  setExpressionList(value?: ExpressionList): void;

  hasKvPairList(): boolean;
  clearKvPairList(): void;
  getKvPairList(): KeyValuePairList | undefined;
  setKvPairList(value?: KeyValuePairList): void;

  hasSourceLocation(): boolean;
  clearSourceLocation(): void;
  getSourceLocation(): SourceLocation | undefined;
  setSourceLocation(value?: SourceLocation): void;

  getBodyCase(): StructuredAnnotation.BodyCase;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): StructuredAnnotation.AsObject;
  static toObject(includeInstance: boolean, msg: StructuredAnnotation): StructuredAnnotation.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: StructuredAnnotation, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): StructuredAnnotation;
  static deserializeBinaryFromReader(message: StructuredAnnotation, reader: jspb.BinaryReader): StructuredAnnotation;
}

export namespace StructuredAnnotation {
  export type AsObject = {
    name: string,
    expressionList?: ExpressionList.AsObject,
    kvPairList?: KeyValuePairList.AsObject,
    sourceLocation?: SourceLocation.AsObject,
  }

  export enum BodyCase {
    BODY_NOT_SET = 0,
    EXPRESSION_LIST = 2,
    KV_PAIR_LIST = 3,
  }
}

export class ExpressionList extends jspb.Message {
  clearExpressionsList(): void;
  getExpressionsList(): Array<Expression>;
  setExpressionsList(value: Array<Expression>): void;
  addExpressions(value?: Expression, index?: number): Expression;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): ExpressionList.AsObject;
  static toObject(includeInstance: boolean, msg: ExpressionList): ExpressionList.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: ExpressionList, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): ExpressionList;
  static deserializeBinaryFromReader(message: ExpressionList, reader: jspb.BinaryReader): ExpressionList;
}

export namespace ExpressionList {
  export type AsObject = {
    expressionsList: Array<Expression.AsObject>,
  }
}

export class KeyValuePairList extends jspb.Message {
  clearKvPairsList(): void;
  getKvPairsList(): Array<KeyValuePair>;
  setKvPairsList(value: Array<KeyValuePair>): void;
  addKvPairs(value?: KeyValuePair, index?: number): KeyValuePair;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): KeyValuePairList.AsObject;
  static toObject(includeInstance: boolean, msg: KeyValuePairList): KeyValuePairList.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: KeyValuePairList, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): KeyValuePairList;
  static deserializeBinaryFromReader(message: KeyValuePairList, reader: jspb.BinaryReader): KeyValuePairList;
}

export namespace KeyValuePairList {
  export type AsObject = {
    kvPairsList: Array<KeyValuePair.AsObject>,
  }
}

export class KeyValuePair extends jspb.Message {
  getKey(): string;
  setKey(value: string): void;

  hasValue(): boolean;
  clearValue(): void;
  getValue(): Expression | undefined;
  setValue(value?: Expression): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): KeyValuePair.AsObject;
  static toObject(includeInstance: boolean, msg: KeyValuePair): KeyValuePair.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: KeyValuePair, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): KeyValuePair;
  static deserializeBinaryFromReader(message: KeyValuePair, reader: jspb.BinaryReader): KeyValuePair;
}

export namespace KeyValuePair {
  export type AsObject = {
    key: string,
    value?: Expression.AsObject,
  }
}

export class Expression extends jspb.Message {
  hasStringValue(): boolean;
  clearStringValue(): void;
  getStringValue(): string;
  setStringValue(value: string): void;

  hasInt64Value(): boolean;
  clearInt64Value(): void;
  getInt64Value(): string;
  setInt64Value(value: string): void;

  hasBoolValue(): boolean;
  clearBoolValue(): void;
  getBoolValue(): boolean;
  setBoolValue(value: boolean): void;

  getValueCase(): Expression.ValueCase;
  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): Expression.AsObject;
  static toObject(includeInstance: boolean, msg: Expression): Expression.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: Expression, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): Expression;
  static deserializeBinaryFromReader(message: Expression, reader: jspb.BinaryReader): Expression;
}

export namespace Expression {
  export type AsObject = {
    stringValue: string,
    int64Value: string,
    boolValue: boolean,
  }

  export enum ValueCase {
    VALUE_NOT_SET = 0,
    STRING_VALUE = 1,
    INT64_VALUE = 2,
    BOOL_VALUE = 3,
  }
}

export class SourceLocation extends jspb.Message {
  getFile(): string;
  setFile(value: string): void;

  getLine(): number;
  setLine(value: number): void;

  getColumn(): number;
  setColumn(value: number): void;

  serializeBinary(): Uint8Array;
  toObject(includeInstance?: boolean): SourceLocation.AsObject;
  static toObject(includeInstance: boolean, msg: SourceLocation): SourceLocation.AsObject;
  static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
  static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
  static serializeBinaryToWriter(message: SourceLocation, writer: jspb.BinaryWriter): void;
  static deserializeBinary(bytes: Uint8Array): SourceLocation;
  static deserializeBinaryFromReader(message: SourceLocation, reader: jspb.BinaryReader): SourceLocation;
}

export namespace SourceLocation {
  export type AsObject = {
    file: string,
    line: number,
    column: number,
  }
}

