// source: p4/v1/p4runtime.proto
/**
 * @fileoverview
 * @enhanceable
 * @suppress {messageConventions} JS Compiler reports an error if a variable or
 *     field starts with 'MSG_' and isn't a translatable message.
 * @public
 */
// GENERATED CODE -- DO NOT EDIT!

var jspb = require('google-protobuf');
var goog = jspb;
var global = Function('return this')();

var google_protobuf_any_pb = require('google-protobuf/google/protobuf/any_pb.js');
goog.object.extend(proto, google_protobuf_any_pb);
var google_rpc_status_pb = require('../../google/rpc/status_pb.js');
goog.object.extend(proto, google_rpc_status_pb);
var p4_config_v1_p4info_pb = require('../../p4/config/v1/p4info_pb.js');
goog.object.extend(proto, p4_config_v1_p4info_pb);
var p4_v1_p4data_pb = require('../../p4/v1/p4data_pb.js');
goog.object.extend(proto, p4_v1_p4data_pb);
goog.exportSymbol('proto.p4.v1.Action', null, global);
goog.exportSymbol('proto.p4.v1.Action.Param', null, global);
goog.exportSymbol('proto.p4.v1.ActionProfileAction', null, global);
goog.exportSymbol('proto.p4.v1.ActionProfileAction.WatchKindCase', null, global);
goog.exportSymbol('proto.p4.v1.ActionProfileActionSet', null, global);
goog.exportSymbol('proto.p4.v1.ActionProfileActionSet.ActionSelectionMode', null, global);
goog.exportSymbol('proto.p4.v1.ActionProfileActionSet.SizeSemantics', null, global);
goog.exportSymbol('proto.p4.v1.ActionProfileGroup', null, global);
goog.exportSymbol('proto.p4.v1.ActionProfileGroup.Member', null, global);
goog.exportSymbol('proto.p4.v1.ActionProfileGroup.Member.WatchKindCase', null, global);
goog.exportSymbol('proto.p4.v1.ActionProfileMember', null, global);
goog.exportSymbol('proto.p4.v1.BackupReplica', null, global);
goog.exportSymbol('proto.p4.v1.CapabilitiesRequest', null, global);
goog.exportSymbol('proto.p4.v1.CapabilitiesResponse', null, global);
goog.exportSymbol('proto.p4.v1.CloneSessionEntry', null, global);
goog.exportSymbol('proto.p4.v1.CounterData', null, global);
goog.exportSymbol('proto.p4.v1.CounterEntry', null, global);
goog.exportSymbol('proto.p4.v1.DigestEntry', null, global);
goog.exportSymbol('proto.p4.v1.DigestEntry.Config', null, global);
goog.exportSymbol('proto.p4.v1.DigestList', null, global);
goog.exportSymbol('proto.p4.v1.DigestListAck', null, global);
goog.exportSymbol('proto.p4.v1.DigestListAckError', null, global);
goog.exportSymbol('proto.p4.v1.DirectCounterEntry', null, global);
goog.exportSymbol('proto.p4.v1.DirectMeterEntry', null, global);
goog.exportSymbol('proto.p4.v1.Entity', null, global);
goog.exportSymbol('proto.p4.v1.Entity.EntityCase', null, global);
goog.exportSymbol('proto.p4.v1.Error', null, global);
goog.exportSymbol('proto.p4.v1.ExternEntry', null, global);
goog.exportSymbol('proto.p4.v1.FieldMatch', null, global);
goog.exportSymbol('proto.p4.v1.FieldMatch.Exact', null, global);
goog.exportSymbol('proto.p4.v1.FieldMatch.FieldMatchTypeCase', null, global);
goog.exportSymbol('proto.p4.v1.FieldMatch.LPM', null, global);
goog.exportSymbol('proto.p4.v1.FieldMatch.Optional', null, global);
goog.exportSymbol('proto.p4.v1.FieldMatch.Range', null, global);
goog.exportSymbol('proto.p4.v1.FieldMatch.Ternary', null, global);
goog.exportSymbol('proto.p4.v1.ForwardingPipelineConfig', null, global);
goog.exportSymbol('proto.p4.v1.ForwardingPipelineConfig.Cookie', null, global);
goog.exportSymbol('proto.p4.v1.GetForwardingPipelineConfigRequest', null, global);
goog.exportSymbol('proto.p4.v1.GetForwardingPipelineConfigRequest.ResponseType', null, global);
goog.exportSymbol('proto.p4.v1.GetForwardingPipelineConfigResponse', null, global);
goog.exportSymbol('proto.p4.v1.IdleTimeoutNotification', null, global);
goog.exportSymbol('proto.p4.v1.Index', null, global);
goog.exportSymbol('proto.p4.v1.MasterArbitrationUpdate', null, global);
goog.exportSymbol('proto.p4.v1.MeterConfig', null, global);
goog.exportSymbol('proto.p4.v1.MeterCounterData', null, global);
goog.exportSymbol('proto.p4.v1.MeterEntry', null, global);
goog.exportSymbol('proto.p4.v1.MulticastGroupEntry', null, global);
goog.exportSymbol('proto.p4.v1.PacketIn', null, global);
goog.exportSymbol('proto.p4.v1.PacketMetadata', null, global);
goog.exportSymbol('proto.p4.v1.PacketOut', null, global);
goog.exportSymbol('proto.p4.v1.PacketOutError', null, global);
goog.exportSymbol('proto.p4.v1.PacketReplicationEngineEntry', null, global);
goog.exportSymbol('proto.p4.v1.PacketReplicationEngineEntry.TypeCase', null, global);
goog.exportSymbol('proto.p4.v1.ReadRequest', null, global);
goog.exportSymbol('proto.p4.v1.ReadResponse', null, global);
goog.exportSymbol('proto.p4.v1.RegisterEntry', null, global);
goog.exportSymbol('proto.p4.v1.Replica', null, global);
goog.exportSymbol('proto.p4.v1.Replica.PortKindCase', null, global);
goog.exportSymbol('proto.p4.v1.Role', null, global);
goog.exportSymbol('proto.p4.v1.SdnPort', null, global);
goog.exportSymbol('proto.p4.v1.SetForwardingPipelineConfigRequest', null, global);
goog.exportSymbol('proto.p4.v1.SetForwardingPipelineConfigRequest.Action', null, global);
goog.exportSymbol('proto.p4.v1.SetForwardingPipelineConfigResponse', null, global);
goog.exportSymbol('proto.p4.v1.StreamError', null, global);
goog.exportSymbol('proto.p4.v1.StreamError.DetailsCase', null, global);
goog.exportSymbol('proto.p4.v1.StreamMessageRequest', null, global);
goog.exportSymbol('proto.p4.v1.StreamMessageRequest.UpdateCase', null, global);
goog.exportSymbol('proto.p4.v1.StreamMessageResponse', null, global);
goog.exportSymbol('proto.p4.v1.StreamMessageResponse.UpdateCase', null, global);
goog.exportSymbol('proto.p4.v1.StreamOtherError', null, global);
goog.exportSymbol('proto.p4.v1.TableAction', null, global);
goog.exportSymbol('proto.p4.v1.TableAction.TypeCase', null, global);
goog.exportSymbol('proto.p4.v1.TableEntry', null, global);
goog.exportSymbol('proto.p4.v1.TableEntry.IdleTimeout', null, global);
goog.exportSymbol('proto.p4.v1.Uint128', null, global);
goog.exportSymbol('proto.p4.v1.Update', null, global);
goog.exportSymbol('proto.p4.v1.Update.Type', null, global);
goog.exportSymbol('proto.p4.v1.ValueSetEntry', null, global);
goog.exportSymbol('proto.p4.v1.ValueSetMember', null, global);
goog.exportSymbol('proto.p4.v1.WriteRequest', null, global);
goog.exportSymbol('proto.p4.v1.WriteRequest.Atomicity', null, global);
goog.exportSymbol('proto.p4.v1.WriteResponse', null, global);
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.WriteRequest = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, proto.p4.v1.WriteRequest.repeatedFields_, null);
};
goog.inherits(proto.p4.v1.WriteRequest, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.WriteRequest.displayName = 'proto.p4.v1.WriteRequest';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.WriteResponse = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.WriteResponse, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.WriteResponse.displayName = 'proto.p4.v1.WriteResponse';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.ReadRequest = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, proto.p4.v1.ReadRequest.repeatedFields_, null);
};
goog.inherits(proto.p4.v1.ReadRequest, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.ReadRequest.displayName = 'proto.p4.v1.ReadRequest';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.ReadResponse = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, proto.p4.v1.ReadResponse.repeatedFields_, null);
};
goog.inherits(proto.p4.v1.ReadResponse, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.ReadResponse.displayName = 'proto.p4.v1.ReadResponse';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.Update = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.Update, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.Update.displayName = 'proto.p4.v1.Update';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.Entity = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, proto.p4.v1.Entity.oneofGroups_);
};
goog.inherits(proto.p4.v1.Entity, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.Entity.displayName = 'proto.p4.v1.Entity';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.ExternEntry = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.ExternEntry, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.ExternEntry.displayName = 'proto.p4.v1.ExternEntry';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.TableEntry = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, proto.p4.v1.TableEntry.repeatedFields_, null);
};
goog.inherits(proto.p4.v1.TableEntry, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.TableEntry.displayName = 'proto.p4.v1.TableEntry';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.TableEntry.IdleTimeout = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.TableEntry.IdleTimeout, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.TableEntry.IdleTimeout.displayName = 'proto.p4.v1.TableEntry.IdleTimeout';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.FieldMatch = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, proto.p4.v1.FieldMatch.oneofGroups_);
};
goog.inherits(proto.p4.v1.FieldMatch, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.FieldMatch.displayName = 'proto.p4.v1.FieldMatch';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.FieldMatch.Exact = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.FieldMatch.Exact, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.FieldMatch.Exact.displayName = 'proto.p4.v1.FieldMatch.Exact';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.FieldMatch.Ternary = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.FieldMatch.Ternary, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.FieldMatch.Ternary.displayName = 'proto.p4.v1.FieldMatch.Ternary';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.FieldMatch.LPM = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.FieldMatch.LPM, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.FieldMatch.LPM.displayName = 'proto.p4.v1.FieldMatch.LPM';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.FieldMatch.Range = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.FieldMatch.Range, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.FieldMatch.Range.displayName = 'proto.p4.v1.FieldMatch.Range';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.FieldMatch.Optional = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.FieldMatch.Optional, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.FieldMatch.Optional.displayName = 'proto.p4.v1.FieldMatch.Optional';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.TableAction = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, proto.p4.v1.TableAction.oneofGroups_);
};
goog.inherits(proto.p4.v1.TableAction, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.TableAction.displayName = 'proto.p4.v1.TableAction';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.Action = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, proto.p4.v1.Action.repeatedFields_, null);
};
goog.inherits(proto.p4.v1.Action, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.Action.displayName = 'proto.p4.v1.Action';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.Action.Param = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.Action.Param, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.Action.Param.displayName = 'proto.p4.v1.Action.Param';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.ActionProfileActionSet = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, proto.p4.v1.ActionProfileActionSet.repeatedFields_, null);
};
goog.inherits(proto.p4.v1.ActionProfileActionSet, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.ActionProfileActionSet.displayName = 'proto.p4.v1.ActionProfileActionSet';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.ActionProfileAction = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, proto.p4.v1.ActionProfileAction.oneofGroups_);
};
goog.inherits(proto.p4.v1.ActionProfileAction, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.ActionProfileAction.displayName = 'proto.p4.v1.ActionProfileAction';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.ActionProfileMember = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.ActionProfileMember, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.ActionProfileMember.displayName = 'proto.p4.v1.ActionProfileMember';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.ActionProfileGroup = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, proto.p4.v1.ActionProfileGroup.repeatedFields_, null);
};
goog.inherits(proto.p4.v1.ActionProfileGroup, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.ActionProfileGroup.displayName = 'proto.p4.v1.ActionProfileGroup';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.ActionProfileGroup.Member = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, proto.p4.v1.ActionProfileGroup.Member.oneofGroups_);
};
goog.inherits(proto.p4.v1.ActionProfileGroup.Member, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.ActionProfileGroup.Member.displayName = 'proto.p4.v1.ActionProfileGroup.Member';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.Index = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.Index, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.Index.displayName = 'proto.p4.v1.Index';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.MeterEntry = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.MeterEntry, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.MeterEntry.displayName = 'proto.p4.v1.MeterEntry';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.DirectMeterEntry = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.DirectMeterEntry, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.DirectMeterEntry.displayName = 'proto.p4.v1.DirectMeterEntry';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.MeterConfig = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.MeterConfig, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.MeterConfig.displayName = 'proto.p4.v1.MeterConfig';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.CounterEntry = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.CounterEntry, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.CounterEntry.displayName = 'proto.p4.v1.CounterEntry';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.DirectCounterEntry = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.DirectCounterEntry, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.DirectCounterEntry.displayName = 'proto.p4.v1.DirectCounterEntry';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.CounterData = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.CounterData, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.CounterData.displayName = 'proto.p4.v1.CounterData';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.MeterCounterData = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.MeterCounterData, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.MeterCounterData.displayName = 'proto.p4.v1.MeterCounterData';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.RegisterEntry = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.RegisterEntry, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.RegisterEntry.displayName = 'proto.p4.v1.RegisterEntry';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.ValueSetMember = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, proto.p4.v1.ValueSetMember.repeatedFields_, null);
};
goog.inherits(proto.p4.v1.ValueSetMember, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.ValueSetMember.displayName = 'proto.p4.v1.ValueSetMember';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.ValueSetEntry = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, proto.p4.v1.ValueSetEntry.repeatedFields_, null);
};
goog.inherits(proto.p4.v1.ValueSetEntry, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.ValueSetEntry.displayName = 'proto.p4.v1.ValueSetEntry';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.PacketReplicationEngineEntry = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, proto.p4.v1.PacketReplicationEngineEntry.oneofGroups_);
};
goog.inherits(proto.p4.v1.PacketReplicationEngineEntry, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.PacketReplicationEngineEntry.displayName = 'proto.p4.v1.PacketReplicationEngineEntry';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.MulticastGroupEntry = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, proto.p4.v1.MulticastGroupEntry.repeatedFields_, null);
};
goog.inherits(proto.p4.v1.MulticastGroupEntry, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.MulticastGroupEntry.displayName = 'proto.p4.v1.MulticastGroupEntry';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.CloneSessionEntry = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, proto.p4.v1.CloneSessionEntry.repeatedFields_, null);
};
goog.inherits(proto.p4.v1.CloneSessionEntry, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.CloneSessionEntry.displayName = 'proto.p4.v1.CloneSessionEntry';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.Replica = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, proto.p4.v1.Replica.repeatedFields_, proto.p4.v1.Replica.oneofGroups_);
};
goog.inherits(proto.p4.v1.Replica, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.Replica.displayName = 'proto.p4.v1.Replica';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.BackupReplica = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.BackupReplica, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.BackupReplica.displayName = 'proto.p4.v1.BackupReplica';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.DigestEntry = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.DigestEntry, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.DigestEntry.displayName = 'proto.p4.v1.DigestEntry';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.DigestEntry.Config = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.DigestEntry.Config, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.DigestEntry.Config.displayName = 'proto.p4.v1.DigestEntry.Config';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.DigestList = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, proto.p4.v1.DigestList.repeatedFields_, null);
};
goog.inherits(proto.p4.v1.DigestList, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.DigestList.displayName = 'proto.p4.v1.DigestList';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.DigestListAck = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.DigestListAck, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.DigestListAck.displayName = 'proto.p4.v1.DigestListAck';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.StreamMessageRequest = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, proto.p4.v1.StreamMessageRequest.oneofGroups_);
};
goog.inherits(proto.p4.v1.StreamMessageRequest, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.StreamMessageRequest.displayName = 'proto.p4.v1.StreamMessageRequest';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.StreamMessageResponse = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, proto.p4.v1.StreamMessageResponse.oneofGroups_);
};
goog.inherits(proto.p4.v1.StreamMessageResponse, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.StreamMessageResponse.displayName = 'proto.p4.v1.StreamMessageResponse';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.PacketOut = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, proto.p4.v1.PacketOut.repeatedFields_, null);
};
goog.inherits(proto.p4.v1.PacketOut, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.PacketOut.displayName = 'proto.p4.v1.PacketOut';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.PacketIn = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, proto.p4.v1.PacketIn.repeatedFields_, null);
};
goog.inherits(proto.p4.v1.PacketIn, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.PacketIn.displayName = 'proto.p4.v1.PacketIn';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.PacketMetadata = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.PacketMetadata, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.PacketMetadata.displayName = 'proto.p4.v1.PacketMetadata';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.MasterArbitrationUpdate = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.MasterArbitrationUpdate, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.MasterArbitrationUpdate.displayName = 'proto.p4.v1.MasterArbitrationUpdate';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.Role = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.Role, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.Role.displayName = 'proto.p4.v1.Role';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.Uint128 = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.Uint128, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.Uint128.displayName = 'proto.p4.v1.Uint128';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.IdleTimeoutNotification = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, proto.p4.v1.IdleTimeoutNotification.repeatedFields_, null);
};
goog.inherits(proto.p4.v1.IdleTimeoutNotification, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.IdleTimeoutNotification.displayName = 'proto.p4.v1.IdleTimeoutNotification';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.StreamError = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, proto.p4.v1.StreamError.oneofGroups_);
};
goog.inherits(proto.p4.v1.StreamError, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.StreamError.displayName = 'proto.p4.v1.StreamError';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.PacketOutError = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.PacketOutError, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.PacketOutError.displayName = 'proto.p4.v1.PacketOutError';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.DigestListAckError = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.DigestListAckError, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.DigestListAckError.displayName = 'proto.p4.v1.DigestListAckError';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.StreamOtherError = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.StreamOtherError, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.StreamOtherError.displayName = 'proto.p4.v1.StreamOtherError';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.SetForwardingPipelineConfigRequest = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.SetForwardingPipelineConfigRequest, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.SetForwardingPipelineConfigRequest.displayName = 'proto.p4.v1.SetForwardingPipelineConfigRequest';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.SetForwardingPipelineConfigResponse = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.SetForwardingPipelineConfigResponse, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.SetForwardingPipelineConfigResponse.displayName = 'proto.p4.v1.SetForwardingPipelineConfigResponse';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.ForwardingPipelineConfig = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.ForwardingPipelineConfig, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.ForwardingPipelineConfig.displayName = 'proto.p4.v1.ForwardingPipelineConfig';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.ForwardingPipelineConfig.Cookie = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.ForwardingPipelineConfig.Cookie, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.ForwardingPipelineConfig.Cookie.displayName = 'proto.p4.v1.ForwardingPipelineConfig.Cookie';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.GetForwardingPipelineConfigRequest = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.GetForwardingPipelineConfigRequest, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.GetForwardingPipelineConfigRequest.displayName = 'proto.p4.v1.GetForwardingPipelineConfigRequest';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.GetForwardingPipelineConfigResponse = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.GetForwardingPipelineConfigResponse, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.GetForwardingPipelineConfigResponse.displayName = 'proto.p4.v1.GetForwardingPipelineConfigResponse';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.Error = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.Error, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.Error.displayName = 'proto.p4.v1.Error';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.CapabilitiesRequest = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.p4.v1.CapabilitiesRequest, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.CapabilitiesRequest.displayName = 'proto.p4.v1.CapabilitiesRequest';
}
/**
 * Generated by JsPbCodeGenerator.
 * @param {Array=} opt_data Optional initial data array, typically from a
 * server response, or constructed directly in Javascript. The array is used
 * in place and becomes part of the constructed object. It is not cloned.
 * If no data is provided, the constructed object will be empty, but still
 * valid.
 * @extends {jspb.Message}
 * @constructor
 */
proto.p4.v1.CapabilitiesResponse = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, 500, null, null);
};
goog.inherits(proto.p4.v1.CapabilitiesResponse, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  /**
   * @public
   * @override
   */
  proto.p4.v1.CapabilitiesResponse.displayName = 'proto.p4.v1.CapabilitiesResponse';
}

/**
 * List of repeated fields within this message type.
 * @private {!Array<number>}
 * @const
 */
proto.p4.v1.WriteRequest.repeatedFields_ = [4];



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.WriteRequest.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.WriteRequest.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.WriteRequest} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.WriteRequest.toObject = function(includeInstance, msg) {
  var f, obj = {
    deviceId: jspb.Message.getFieldWithDefault(msg, 1, "0"),
    roleId: jspb.Message.getFieldWithDefault(msg, 2, "0"),
    electionId: (f = msg.getElectionId()) && proto.p4.v1.Uint128.toObject(includeInstance, f),
    updatesList: jspb.Message.toObjectList(msg.getUpdatesList(),
    proto.p4.v1.Update.toObject, includeInstance),
    atomicity: jspb.Message.getFieldWithDefault(msg, 5, 0),
    role: jspb.Message.getFieldWithDefault(msg, 6, "")
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.WriteRequest}
 */
proto.p4.v1.WriteRequest.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.WriteRequest;
  return proto.p4.v1.WriteRequest.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.WriteRequest} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.WriteRequest}
 */
proto.p4.v1.WriteRequest.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {string} */ (reader.readUint64String());
      msg.setDeviceId(value);
      break;
    case 2:
      var value = /** @type {string} */ (reader.readUint64String());
      msg.setRoleId(value);
      break;
    case 3:
      var value = new proto.p4.v1.Uint128;
      reader.readMessage(value,proto.p4.v1.Uint128.deserializeBinaryFromReader);
      msg.setElectionId(value);
      break;
    case 4:
      var value = new proto.p4.v1.Update;
      reader.readMessage(value,proto.p4.v1.Update.deserializeBinaryFromReader);
      msg.addUpdates(value);
      break;
    case 5:
      var value = /** @type {!proto.p4.v1.WriteRequest.Atomicity} */ (reader.readEnum());
      msg.setAtomicity(value);
      break;
    case 6:
      var value = /** @type {string} */ (reader.readString());
      msg.setRole(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.WriteRequest.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.WriteRequest.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.WriteRequest} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.WriteRequest.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getDeviceId();
  if (parseInt(f, 10) !== 0) {
    writer.writeUint64String(
      1,
      f
    );
  }
  f = message.getRoleId();
  if (parseInt(f, 10) !== 0) {
    writer.writeUint64String(
      2,
      f
    );
  }
  f = message.getElectionId();
  if (f != null) {
    writer.writeMessage(
      3,
      f,
      proto.p4.v1.Uint128.serializeBinaryToWriter
    );
  }
  f = message.getUpdatesList();
  if (f.length > 0) {
    writer.writeRepeatedMessage(
      4,
      f,
      proto.p4.v1.Update.serializeBinaryToWriter
    );
  }
  f = message.getAtomicity();
  if (f !== 0.0) {
    writer.writeEnum(
      5,
      f
    );
  }
  f = message.getRole();
  if (f.length > 0) {
    writer.writeString(
      6,
      f
    );
  }
};


/**
 * @enum {number}
 */
proto.p4.v1.WriteRequest.Atomicity = {
  CONTINUE_ON_ERROR: 0,
  ROLLBACK_ON_ERROR: 1,
  DATAPLANE_ATOMIC: 2
};

/**
 * optional uint64 device_id = 1;
 * @return {string}
 */
proto.p4.v1.WriteRequest.prototype.getDeviceId = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 1, "0"));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.WriteRequest} returns this
 */
proto.p4.v1.WriteRequest.prototype.setDeviceId = function(value) {
  return jspb.Message.setProto3StringIntField(this, 1, value);
};


/**
 * optional uint64 role_id = 2;
 * @return {string}
 */
proto.p4.v1.WriteRequest.prototype.getRoleId = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 2, "0"));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.WriteRequest} returns this
 */
proto.p4.v1.WriteRequest.prototype.setRoleId = function(value) {
  return jspb.Message.setProto3StringIntField(this, 2, value);
};


/**
 * optional Uint128 election_id = 3;
 * @return {?proto.p4.v1.Uint128}
 */
proto.p4.v1.WriteRequest.prototype.getElectionId = function() {
  return /** @type{?proto.p4.v1.Uint128} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.Uint128, 3));
};


/**
 * @param {?proto.p4.v1.Uint128|undefined} value
 * @return {!proto.p4.v1.WriteRequest} returns this
*/
proto.p4.v1.WriteRequest.prototype.setElectionId = function(value) {
  return jspb.Message.setWrapperField(this, 3, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.WriteRequest} returns this
 */
proto.p4.v1.WriteRequest.prototype.clearElectionId = function() {
  return this.setElectionId(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.WriteRequest.prototype.hasElectionId = function() {
  return jspb.Message.getField(this, 3) != null;
};


/**
 * repeated Update updates = 4;
 * @return {!Array<!proto.p4.v1.Update>}
 */
proto.p4.v1.WriteRequest.prototype.getUpdatesList = function() {
  return /** @type{!Array<!proto.p4.v1.Update>} */ (
    jspb.Message.getRepeatedWrapperField(this, proto.p4.v1.Update, 4));
};


/**
 * @param {!Array<!proto.p4.v1.Update>} value
 * @return {!proto.p4.v1.WriteRequest} returns this
*/
proto.p4.v1.WriteRequest.prototype.setUpdatesList = function(value) {
  return jspb.Message.setRepeatedWrapperField(this, 4, value);
};


/**
 * @param {!proto.p4.v1.Update=} opt_value
 * @param {number=} opt_index
 * @return {!proto.p4.v1.Update}
 */
proto.p4.v1.WriteRequest.prototype.addUpdates = function(opt_value, opt_index) {
  return jspb.Message.addToRepeatedWrapperField(this, 4, opt_value, proto.p4.v1.Update, opt_index);
};


/**
 * Clears the list making it empty but non-null.
 * @return {!proto.p4.v1.WriteRequest} returns this
 */
proto.p4.v1.WriteRequest.prototype.clearUpdatesList = function() {
  return this.setUpdatesList([]);
};


/**
 * optional Atomicity atomicity = 5;
 * @return {!proto.p4.v1.WriteRequest.Atomicity}
 */
proto.p4.v1.WriteRequest.prototype.getAtomicity = function() {
  return /** @type {!proto.p4.v1.WriteRequest.Atomicity} */ (jspb.Message.getFieldWithDefault(this, 5, 0));
};


/**
 * @param {!proto.p4.v1.WriteRequest.Atomicity} value
 * @return {!proto.p4.v1.WriteRequest} returns this
 */
proto.p4.v1.WriteRequest.prototype.setAtomicity = function(value) {
  return jspb.Message.setProto3EnumField(this, 5, value);
};


/**
 * optional string role = 6;
 * @return {string}
 */
proto.p4.v1.WriteRequest.prototype.getRole = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 6, ""));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.WriteRequest} returns this
 */
proto.p4.v1.WriteRequest.prototype.setRole = function(value) {
  return jspb.Message.setProto3StringField(this, 6, value);
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.WriteResponse.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.WriteResponse.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.WriteResponse} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.WriteResponse.toObject = function(includeInstance, msg) {
  var f, obj = {

  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.WriteResponse}
 */
proto.p4.v1.WriteResponse.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.WriteResponse;
  return proto.p4.v1.WriteResponse.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.WriteResponse} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.WriteResponse}
 */
proto.p4.v1.WriteResponse.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.WriteResponse.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.WriteResponse.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.WriteResponse} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.WriteResponse.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
};



/**
 * List of repeated fields within this message type.
 * @private {!Array<number>}
 * @const
 */
proto.p4.v1.ReadRequest.repeatedFields_ = [2];



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.ReadRequest.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.ReadRequest.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.ReadRequest} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ReadRequest.toObject = function(includeInstance, msg) {
  var f, obj = {
    deviceId: jspb.Message.getFieldWithDefault(msg, 1, "0"),
    entitiesList: jspb.Message.toObjectList(msg.getEntitiesList(),
    proto.p4.v1.Entity.toObject, includeInstance),
    role: jspb.Message.getFieldWithDefault(msg, 3, "")
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.ReadRequest}
 */
proto.p4.v1.ReadRequest.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.ReadRequest;
  return proto.p4.v1.ReadRequest.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.ReadRequest} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.ReadRequest}
 */
proto.p4.v1.ReadRequest.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {string} */ (reader.readUint64String());
      msg.setDeviceId(value);
      break;
    case 2:
      var value = new proto.p4.v1.Entity;
      reader.readMessage(value,proto.p4.v1.Entity.deserializeBinaryFromReader);
      msg.addEntities(value);
      break;
    case 3:
      var value = /** @type {string} */ (reader.readString());
      msg.setRole(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.ReadRequest.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.ReadRequest.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.ReadRequest} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ReadRequest.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getDeviceId();
  if (parseInt(f, 10) !== 0) {
    writer.writeUint64String(
      1,
      f
    );
  }
  f = message.getEntitiesList();
  if (f.length > 0) {
    writer.writeRepeatedMessage(
      2,
      f,
      proto.p4.v1.Entity.serializeBinaryToWriter
    );
  }
  f = message.getRole();
  if (f.length > 0) {
    writer.writeString(
      3,
      f
    );
  }
};


/**
 * optional uint64 device_id = 1;
 * @return {string}
 */
proto.p4.v1.ReadRequest.prototype.getDeviceId = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 1, "0"));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.ReadRequest} returns this
 */
proto.p4.v1.ReadRequest.prototype.setDeviceId = function(value) {
  return jspb.Message.setProto3StringIntField(this, 1, value);
};


/**
 * repeated Entity entities = 2;
 * @return {!Array<!proto.p4.v1.Entity>}
 */
proto.p4.v1.ReadRequest.prototype.getEntitiesList = function() {
  return /** @type{!Array<!proto.p4.v1.Entity>} */ (
    jspb.Message.getRepeatedWrapperField(this, proto.p4.v1.Entity, 2));
};


/**
 * @param {!Array<!proto.p4.v1.Entity>} value
 * @return {!proto.p4.v1.ReadRequest} returns this
*/
proto.p4.v1.ReadRequest.prototype.setEntitiesList = function(value) {
  return jspb.Message.setRepeatedWrapperField(this, 2, value);
};


/**
 * @param {!proto.p4.v1.Entity=} opt_value
 * @param {number=} opt_index
 * @return {!proto.p4.v1.Entity}
 */
proto.p4.v1.ReadRequest.prototype.addEntities = function(opt_value, opt_index) {
  return jspb.Message.addToRepeatedWrapperField(this, 2, opt_value, proto.p4.v1.Entity, opt_index);
};


/**
 * Clears the list making it empty but non-null.
 * @return {!proto.p4.v1.ReadRequest} returns this
 */
proto.p4.v1.ReadRequest.prototype.clearEntitiesList = function() {
  return this.setEntitiesList([]);
};


/**
 * optional string role = 3;
 * @return {string}
 */
proto.p4.v1.ReadRequest.prototype.getRole = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 3, ""));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.ReadRequest} returns this
 */
proto.p4.v1.ReadRequest.prototype.setRole = function(value) {
  return jspb.Message.setProto3StringField(this, 3, value);
};



/**
 * List of repeated fields within this message type.
 * @private {!Array<number>}
 * @const
 */
proto.p4.v1.ReadResponse.repeatedFields_ = [1];



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.ReadResponse.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.ReadResponse.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.ReadResponse} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ReadResponse.toObject = function(includeInstance, msg) {
  var f, obj = {
    entitiesList: jspb.Message.toObjectList(msg.getEntitiesList(),
    proto.p4.v1.Entity.toObject, includeInstance)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.ReadResponse}
 */
proto.p4.v1.ReadResponse.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.ReadResponse;
  return proto.p4.v1.ReadResponse.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.ReadResponse} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.ReadResponse}
 */
proto.p4.v1.ReadResponse.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = new proto.p4.v1.Entity;
      reader.readMessage(value,proto.p4.v1.Entity.deserializeBinaryFromReader);
      msg.addEntities(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.ReadResponse.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.ReadResponse.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.ReadResponse} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ReadResponse.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getEntitiesList();
  if (f.length > 0) {
    writer.writeRepeatedMessage(
      1,
      f,
      proto.p4.v1.Entity.serializeBinaryToWriter
    );
  }
};


/**
 * repeated Entity entities = 1;
 * @return {!Array<!proto.p4.v1.Entity>}
 */
proto.p4.v1.ReadResponse.prototype.getEntitiesList = function() {
  return /** @type{!Array<!proto.p4.v1.Entity>} */ (
    jspb.Message.getRepeatedWrapperField(this, proto.p4.v1.Entity, 1));
};


/**
 * @param {!Array<!proto.p4.v1.Entity>} value
 * @return {!proto.p4.v1.ReadResponse} returns this
*/
proto.p4.v1.ReadResponse.prototype.setEntitiesList = function(value) {
  return jspb.Message.setRepeatedWrapperField(this, 1, value);
};


/**
 * @param {!proto.p4.v1.Entity=} opt_value
 * @param {number=} opt_index
 * @return {!proto.p4.v1.Entity}
 */
proto.p4.v1.ReadResponse.prototype.addEntities = function(opt_value, opt_index) {
  return jspb.Message.addToRepeatedWrapperField(this, 1, opt_value, proto.p4.v1.Entity, opt_index);
};


/**
 * Clears the list making it empty but non-null.
 * @return {!proto.p4.v1.ReadResponse} returns this
 */
proto.p4.v1.ReadResponse.prototype.clearEntitiesList = function() {
  return this.setEntitiesList([]);
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.Update.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.Update.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.Update} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.Update.toObject = function(includeInstance, msg) {
  var f, obj = {
    type: jspb.Message.getFieldWithDefault(msg, 1, 0),
    entity: (f = msg.getEntity()) && proto.p4.v1.Entity.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.Update}
 */
proto.p4.v1.Update.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.Update;
  return proto.p4.v1.Update.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.Update} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.Update}
 */
proto.p4.v1.Update.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {!proto.p4.v1.Update.Type} */ (reader.readEnum());
      msg.setType(value);
      break;
    case 2:
      var value = new proto.p4.v1.Entity;
      reader.readMessage(value,proto.p4.v1.Entity.deserializeBinaryFromReader);
      msg.setEntity(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.Update.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.Update.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.Update} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.Update.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getType();
  if (f !== 0.0) {
    writer.writeEnum(
      1,
      f
    );
  }
  f = message.getEntity();
  if (f != null) {
    writer.writeMessage(
      2,
      f,
      proto.p4.v1.Entity.serializeBinaryToWriter
    );
  }
};


/**
 * @enum {number}
 */
proto.p4.v1.Update.Type = {
  UNSPECIFIED: 0,
  INSERT: 1,
  MODIFY: 2,
  DELETE: 3
};

/**
 * optional Type type = 1;
 * @return {!proto.p4.v1.Update.Type}
 */
proto.p4.v1.Update.prototype.getType = function() {
  return /** @type {!proto.p4.v1.Update.Type} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {!proto.p4.v1.Update.Type} value
 * @return {!proto.p4.v1.Update} returns this
 */
proto.p4.v1.Update.prototype.setType = function(value) {
  return jspb.Message.setProto3EnumField(this, 1, value);
};


/**
 * optional Entity entity = 2;
 * @return {?proto.p4.v1.Entity}
 */
proto.p4.v1.Update.prototype.getEntity = function() {
  return /** @type{?proto.p4.v1.Entity} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.Entity, 2));
};


/**
 * @param {?proto.p4.v1.Entity|undefined} value
 * @return {!proto.p4.v1.Update} returns this
*/
proto.p4.v1.Update.prototype.setEntity = function(value) {
  return jspb.Message.setWrapperField(this, 2, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.Update} returns this
 */
proto.p4.v1.Update.prototype.clearEntity = function() {
  return this.setEntity(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.Update.prototype.hasEntity = function() {
  return jspb.Message.getField(this, 2) != null;
};



/**
 * Oneof group definitions for this message. Each group defines the field
 * numbers belonging to that group. When of these fields' value is set, all
 * other fields in the group are cleared. During deserialization, if multiple
 * fields are encountered for a group, only the last value seen will be kept.
 * @private {!Array<!Array<number>>}
 * @const
 */
proto.p4.v1.Entity.oneofGroups_ = [[1,2,3,4,5,6,7,8,9,10,11,12]];

/**
 * @enum {number}
 */
proto.p4.v1.Entity.EntityCase = {
  ENTITY_NOT_SET: 0,
  EXTERN_ENTRY: 1,
  TABLE_ENTRY: 2,
  ACTION_PROFILE_MEMBER: 3,
  ACTION_PROFILE_GROUP: 4,
  METER_ENTRY: 5,
  DIRECT_METER_ENTRY: 6,
  COUNTER_ENTRY: 7,
  DIRECT_COUNTER_ENTRY: 8,
  PACKET_REPLICATION_ENGINE_ENTRY: 9,
  VALUE_SET_ENTRY: 10,
  REGISTER_ENTRY: 11,
  DIGEST_ENTRY: 12
};

/**
 * @return {proto.p4.v1.Entity.EntityCase}
 */
proto.p4.v1.Entity.prototype.getEntityCase = function() {
  return /** @type {proto.p4.v1.Entity.EntityCase} */(jspb.Message.computeOneofCase(this, proto.p4.v1.Entity.oneofGroups_[0]));
};



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.Entity.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.Entity.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.Entity} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.Entity.toObject = function(includeInstance, msg) {
  var f, obj = {
    externEntry: (f = msg.getExternEntry()) && proto.p4.v1.ExternEntry.toObject(includeInstance, f),
    tableEntry: (f = msg.getTableEntry()) && proto.p4.v1.TableEntry.toObject(includeInstance, f),
    actionProfileMember: (f = msg.getActionProfileMember()) && proto.p4.v1.ActionProfileMember.toObject(includeInstance, f),
    actionProfileGroup: (f = msg.getActionProfileGroup()) && proto.p4.v1.ActionProfileGroup.toObject(includeInstance, f),
    meterEntry: (f = msg.getMeterEntry()) && proto.p4.v1.MeterEntry.toObject(includeInstance, f),
    directMeterEntry: (f = msg.getDirectMeterEntry()) && proto.p4.v1.DirectMeterEntry.toObject(includeInstance, f),
    counterEntry: (f = msg.getCounterEntry()) && proto.p4.v1.CounterEntry.toObject(includeInstance, f),
    directCounterEntry: (f = msg.getDirectCounterEntry()) && proto.p4.v1.DirectCounterEntry.toObject(includeInstance, f),
    packetReplicationEngineEntry: (f = msg.getPacketReplicationEngineEntry()) && proto.p4.v1.PacketReplicationEngineEntry.toObject(includeInstance, f),
    valueSetEntry: (f = msg.getValueSetEntry()) && proto.p4.v1.ValueSetEntry.toObject(includeInstance, f),
    registerEntry: (f = msg.getRegisterEntry()) && proto.p4.v1.RegisterEntry.toObject(includeInstance, f),
    digestEntry: (f = msg.getDigestEntry()) && proto.p4.v1.DigestEntry.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.Entity}
 */
proto.p4.v1.Entity.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.Entity;
  return proto.p4.v1.Entity.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.Entity} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.Entity}
 */
proto.p4.v1.Entity.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = new proto.p4.v1.ExternEntry;
      reader.readMessage(value,proto.p4.v1.ExternEntry.deserializeBinaryFromReader);
      msg.setExternEntry(value);
      break;
    case 2:
      var value = new proto.p4.v1.TableEntry;
      reader.readMessage(value,proto.p4.v1.TableEntry.deserializeBinaryFromReader);
      msg.setTableEntry(value);
      break;
    case 3:
      var value = new proto.p4.v1.ActionProfileMember;
      reader.readMessage(value,proto.p4.v1.ActionProfileMember.deserializeBinaryFromReader);
      msg.setActionProfileMember(value);
      break;
    case 4:
      var value = new proto.p4.v1.ActionProfileGroup;
      reader.readMessage(value,proto.p4.v1.ActionProfileGroup.deserializeBinaryFromReader);
      msg.setActionProfileGroup(value);
      break;
    case 5:
      var value = new proto.p4.v1.MeterEntry;
      reader.readMessage(value,proto.p4.v1.MeterEntry.deserializeBinaryFromReader);
      msg.setMeterEntry(value);
      break;
    case 6:
      var value = new proto.p4.v1.DirectMeterEntry;
      reader.readMessage(value,proto.p4.v1.DirectMeterEntry.deserializeBinaryFromReader);
      msg.setDirectMeterEntry(value);
      break;
    case 7:
      var value = new proto.p4.v1.CounterEntry;
      reader.readMessage(value,proto.p4.v1.CounterEntry.deserializeBinaryFromReader);
      msg.setCounterEntry(value);
      break;
    case 8:
      var value = new proto.p4.v1.DirectCounterEntry;
      reader.readMessage(value,proto.p4.v1.DirectCounterEntry.deserializeBinaryFromReader);
      msg.setDirectCounterEntry(value);
      break;
    case 9:
      var value = new proto.p4.v1.PacketReplicationEngineEntry;
      reader.readMessage(value,proto.p4.v1.PacketReplicationEngineEntry.deserializeBinaryFromReader);
      msg.setPacketReplicationEngineEntry(value);
      break;
    case 10:
      var value = new proto.p4.v1.ValueSetEntry;
      reader.readMessage(value,proto.p4.v1.ValueSetEntry.deserializeBinaryFromReader);
      msg.setValueSetEntry(value);
      break;
    case 11:
      var value = new proto.p4.v1.RegisterEntry;
      reader.readMessage(value,proto.p4.v1.RegisterEntry.deserializeBinaryFromReader);
      msg.setRegisterEntry(value);
      break;
    case 12:
      var value = new proto.p4.v1.DigestEntry;
      reader.readMessage(value,proto.p4.v1.DigestEntry.deserializeBinaryFromReader);
      msg.setDigestEntry(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.Entity.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.Entity.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.Entity} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.Entity.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getExternEntry();
  if (f != null) {
    writer.writeMessage(
      1,
      f,
      proto.p4.v1.ExternEntry.serializeBinaryToWriter
    );
  }
  f = message.getTableEntry();
  if (f != null) {
    writer.writeMessage(
      2,
      f,
      proto.p4.v1.TableEntry.serializeBinaryToWriter
    );
  }
  f = message.getActionProfileMember();
  if (f != null) {
    writer.writeMessage(
      3,
      f,
      proto.p4.v1.ActionProfileMember.serializeBinaryToWriter
    );
  }
  f = message.getActionProfileGroup();
  if (f != null) {
    writer.writeMessage(
      4,
      f,
      proto.p4.v1.ActionProfileGroup.serializeBinaryToWriter
    );
  }
  f = message.getMeterEntry();
  if (f != null) {
    writer.writeMessage(
      5,
      f,
      proto.p4.v1.MeterEntry.serializeBinaryToWriter
    );
  }
  f = message.getDirectMeterEntry();
  if (f != null) {
    writer.writeMessage(
      6,
      f,
      proto.p4.v1.DirectMeterEntry.serializeBinaryToWriter
    );
  }
  f = message.getCounterEntry();
  if (f != null) {
    writer.writeMessage(
      7,
      f,
      proto.p4.v1.CounterEntry.serializeBinaryToWriter
    );
  }
  f = message.getDirectCounterEntry();
  if (f != null) {
    writer.writeMessage(
      8,
      f,
      proto.p4.v1.DirectCounterEntry.serializeBinaryToWriter
    );
  }
  f = message.getPacketReplicationEngineEntry();
  if (f != null) {
    writer.writeMessage(
      9,
      f,
      proto.p4.v1.PacketReplicationEngineEntry.serializeBinaryToWriter
    );
  }
  f = message.getValueSetEntry();
  if (f != null) {
    writer.writeMessage(
      10,
      f,
      proto.p4.v1.ValueSetEntry.serializeBinaryToWriter
    );
  }
  f = message.getRegisterEntry();
  if (f != null) {
    writer.writeMessage(
      11,
      f,
      proto.p4.v1.RegisterEntry.serializeBinaryToWriter
    );
  }
  f = message.getDigestEntry();
  if (f != null) {
    writer.writeMessage(
      12,
      f,
      proto.p4.v1.DigestEntry.serializeBinaryToWriter
    );
  }
};


/**
 * optional ExternEntry extern_entry = 1;
 * @return {?proto.p4.v1.ExternEntry}
 */
proto.p4.v1.Entity.prototype.getExternEntry = function() {
  return /** @type{?proto.p4.v1.ExternEntry} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.ExternEntry, 1));
};


/**
 * @param {?proto.p4.v1.ExternEntry|undefined} value
 * @return {!proto.p4.v1.Entity} returns this
*/
proto.p4.v1.Entity.prototype.setExternEntry = function(value) {
  return jspb.Message.setOneofWrapperField(this, 1, proto.p4.v1.Entity.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.Entity} returns this
 */
proto.p4.v1.Entity.prototype.clearExternEntry = function() {
  return this.setExternEntry(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.Entity.prototype.hasExternEntry = function() {
  return jspb.Message.getField(this, 1) != null;
};


/**
 * optional TableEntry table_entry = 2;
 * @return {?proto.p4.v1.TableEntry}
 */
proto.p4.v1.Entity.prototype.getTableEntry = function() {
  return /** @type{?proto.p4.v1.TableEntry} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.TableEntry, 2));
};


/**
 * @param {?proto.p4.v1.TableEntry|undefined} value
 * @return {!proto.p4.v1.Entity} returns this
*/
proto.p4.v1.Entity.prototype.setTableEntry = function(value) {
  return jspb.Message.setOneofWrapperField(this, 2, proto.p4.v1.Entity.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.Entity} returns this
 */
proto.p4.v1.Entity.prototype.clearTableEntry = function() {
  return this.setTableEntry(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.Entity.prototype.hasTableEntry = function() {
  return jspb.Message.getField(this, 2) != null;
};


/**
 * optional ActionProfileMember action_profile_member = 3;
 * @return {?proto.p4.v1.ActionProfileMember}
 */
proto.p4.v1.Entity.prototype.getActionProfileMember = function() {
  return /** @type{?proto.p4.v1.ActionProfileMember} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.ActionProfileMember, 3));
};


/**
 * @param {?proto.p4.v1.ActionProfileMember|undefined} value
 * @return {!proto.p4.v1.Entity} returns this
*/
proto.p4.v1.Entity.prototype.setActionProfileMember = function(value) {
  return jspb.Message.setOneofWrapperField(this, 3, proto.p4.v1.Entity.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.Entity} returns this
 */
proto.p4.v1.Entity.prototype.clearActionProfileMember = function() {
  return this.setActionProfileMember(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.Entity.prototype.hasActionProfileMember = function() {
  return jspb.Message.getField(this, 3) != null;
};


/**
 * optional ActionProfileGroup action_profile_group = 4;
 * @return {?proto.p4.v1.ActionProfileGroup}
 */
proto.p4.v1.Entity.prototype.getActionProfileGroup = function() {
  return /** @type{?proto.p4.v1.ActionProfileGroup} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.ActionProfileGroup, 4));
};


/**
 * @param {?proto.p4.v1.ActionProfileGroup|undefined} value
 * @return {!proto.p4.v1.Entity} returns this
*/
proto.p4.v1.Entity.prototype.setActionProfileGroup = function(value) {
  return jspb.Message.setOneofWrapperField(this, 4, proto.p4.v1.Entity.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.Entity} returns this
 */
proto.p4.v1.Entity.prototype.clearActionProfileGroup = function() {
  return this.setActionProfileGroup(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.Entity.prototype.hasActionProfileGroup = function() {
  return jspb.Message.getField(this, 4) != null;
};


/**
 * optional MeterEntry meter_entry = 5;
 * @return {?proto.p4.v1.MeterEntry}
 */
proto.p4.v1.Entity.prototype.getMeterEntry = function() {
  return /** @type{?proto.p4.v1.MeterEntry} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.MeterEntry, 5));
};


/**
 * @param {?proto.p4.v1.MeterEntry|undefined} value
 * @return {!proto.p4.v1.Entity} returns this
*/
proto.p4.v1.Entity.prototype.setMeterEntry = function(value) {
  return jspb.Message.setOneofWrapperField(this, 5, proto.p4.v1.Entity.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.Entity} returns this
 */
proto.p4.v1.Entity.prototype.clearMeterEntry = function() {
  return this.setMeterEntry(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.Entity.prototype.hasMeterEntry = function() {
  return jspb.Message.getField(this, 5) != null;
};


/**
 * optional DirectMeterEntry direct_meter_entry = 6;
 * @return {?proto.p4.v1.DirectMeterEntry}
 */
proto.p4.v1.Entity.prototype.getDirectMeterEntry = function() {
  return /** @type{?proto.p4.v1.DirectMeterEntry} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.DirectMeterEntry, 6));
};


/**
 * @param {?proto.p4.v1.DirectMeterEntry|undefined} value
 * @return {!proto.p4.v1.Entity} returns this
*/
proto.p4.v1.Entity.prototype.setDirectMeterEntry = function(value) {
  return jspb.Message.setOneofWrapperField(this, 6, proto.p4.v1.Entity.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.Entity} returns this
 */
proto.p4.v1.Entity.prototype.clearDirectMeterEntry = function() {
  return this.setDirectMeterEntry(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.Entity.prototype.hasDirectMeterEntry = function() {
  return jspb.Message.getField(this, 6) != null;
};


/**
 * optional CounterEntry counter_entry = 7;
 * @return {?proto.p4.v1.CounterEntry}
 */
proto.p4.v1.Entity.prototype.getCounterEntry = function() {
  return /** @type{?proto.p4.v1.CounterEntry} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.CounterEntry, 7));
};


/**
 * @param {?proto.p4.v1.CounterEntry|undefined} value
 * @return {!proto.p4.v1.Entity} returns this
*/
proto.p4.v1.Entity.prototype.setCounterEntry = function(value) {
  return jspb.Message.setOneofWrapperField(this, 7, proto.p4.v1.Entity.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.Entity} returns this
 */
proto.p4.v1.Entity.prototype.clearCounterEntry = function() {
  return this.setCounterEntry(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.Entity.prototype.hasCounterEntry = function() {
  return jspb.Message.getField(this, 7) != null;
};


/**
 * optional DirectCounterEntry direct_counter_entry = 8;
 * @return {?proto.p4.v1.DirectCounterEntry}
 */
proto.p4.v1.Entity.prototype.getDirectCounterEntry = function() {
  return /** @type{?proto.p4.v1.DirectCounterEntry} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.DirectCounterEntry, 8));
};


/**
 * @param {?proto.p4.v1.DirectCounterEntry|undefined} value
 * @return {!proto.p4.v1.Entity} returns this
*/
proto.p4.v1.Entity.prototype.setDirectCounterEntry = function(value) {
  return jspb.Message.setOneofWrapperField(this, 8, proto.p4.v1.Entity.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.Entity} returns this
 */
proto.p4.v1.Entity.prototype.clearDirectCounterEntry = function() {
  return this.setDirectCounterEntry(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.Entity.prototype.hasDirectCounterEntry = function() {
  return jspb.Message.getField(this, 8) != null;
};


/**
 * optional PacketReplicationEngineEntry packet_replication_engine_entry = 9;
 * @return {?proto.p4.v1.PacketReplicationEngineEntry}
 */
proto.p4.v1.Entity.prototype.getPacketReplicationEngineEntry = function() {
  return /** @type{?proto.p4.v1.PacketReplicationEngineEntry} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.PacketReplicationEngineEntry, 9));
};


/**
 * @param {?proto.p4.v1.PacketReplicationEngineEntry|undefined} value
 * @return {!proto.p4.v1.Entity} returns this
*/
proto.p4.v1.Entity.prototype.setPacketReplicationEngineEntry = function(value) {
  return jspb.Message.setOneofWrapperField(this, 9, proto.p4.v1.Entity.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.Entity} returns this
 */
proto.p4.v1.Entity.prototype.clearPacketReplicationEngineEntry = function() {
  return this.setPacketReplicationEngineEntry(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.Entity.prototype.hasPacketReplicationEngineEntry = function() {
  return jspb.Message.getField(this, 9) != null;
};


/**
 * optional ValueSetEntry value_set_entry = 10;
 * @return {?proto.p4.v1.ValueSetEntry}
 */
proto.p4.v1.Entity.prototype.getValueSetEntry = function() {
  return /** @type{?proto.p4.v1.ValueSetEntry} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.ValueSetEntry, 10));
};


/**
 * @param {?proto.p4.v1.ValueSetEntry|undefined} value
 * @return {!proto.p4.v1.Entity} returns this
*/
proto.p4.v1.Entity.prototype.setValueSetEntry = function(value) {
  return jspb.Message.setOneofWrapperField(this, 10, proto.p4.v1.Entity.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.Entity} returns this
 */
proto.p4.v1.Entity.prototype.clearValueSetEntry = function() {
  return this.setValueSetEntry(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.Entity.prototype.hasValueSetEntry = function() {
  return jspb.Message.getField(this, 10) != null;
};


/**
 * optional RegisterEntry register_entry = 11;
 * @return {?proto.p4.v1.RegisterEntry}
 */
proto.p4.v1.Entity.prototype.getRegisterEntry = function() {
  return /** @type{?proto.p4.v1.RegisterEntry} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.RegisterEntry, 11));
};


/**
 * @param {?proto.p4.v1.RegisterEntry|undefined} value
 * @return {!proto.p4.v1.Entity} returns this
*/
proto.p4.v1.Entity.prototype.setRegisterEntry = function(value) {
  return jspb.Message.setOneofWrapperField(this, 11, proto.p4.v1.Entity.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.Entity} returns this
 */
proto.p4.v1.Entity.prototype.clearRegisterEntry = function() {
  return this.setRegisterEntry(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.Entity.prototype.hasRegisterEntry = function() {
  return jspb.Message.getField(this, 11) != null;
};


/**
 * optional DigestEntry digest_entry = 12;
 * @return {?proto.p4.v1.DigestEntry}
 */
proto.p4.v1.Entity.prototype.getDigestEntry = function() {
  return /** @type{?proto.p4.v1.DigestEntry} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.DigestEntry, 12));
};


/**
 * @param {?proto.p4.v1.DigestEntry|undefined} value
 * @return {!proto.p4.v1.Entity} returns this
*/
proto.p4.v1.Entity.prototype.setDigestEntry = function(value) {
  return jspb.Message.setOneofWrapperField(this, 12, proto.p4.v1.Entity.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.Entity} returns this
 */
proto.p4.v1.Entity.prototype.clearDigestEntry = function() {
  return this.setDigestEntry(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.Entity.prototype.hasDigestEntry = function() {
  return jspb.Message.getField(this, 12) != null;
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.ExternEntry.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.ExternEntry.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.ExternEntry} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ExternEntry.toObject = function(includeInstance, msg) {
  var f, obj = {
    externTypeId: jspb.Message.getFieldWithDefault(msg, 1, 0),
    externId: jspb.Message.getFieldWithDefault(msg, 2, 0),
    entry: (f = msg.getEntry()) && google_protobuf_any_pb.Any.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.ExternEntry}
 */
proto.p4.v1.ExternEntry.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.ExternEntry;
  return proto.p4.v1.ExternEntry.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.ExternEntry} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.ExternEntry}
 */
proto.p4.v1.ExternEntry.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setExternTypeId(value);
      break;
    case 2:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setExternId(value);
      break;
    case 3:
      var value = new google_protobuf_any_pb.Any;
      reader.readMessage(value,google_protobuf_any_pb.Any.deserializeBinaryFromReader);
      msg.setEntry(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.ExternEntry.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.ExternEntry.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.ExternEntry} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ExternEntry.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getExternTypeId();
  if (f !== 0) {
    writer.writeUint32(
      1,
      f
    );
  }
  f = message.getExternId();
  if (f !== 0) {
    writer.writeUint32(
      2,
      f
    );
  }
  f = message.getEntry();
  if (f != null) {
    writer.writeMessage(
      3,
      f,
      google_protobuf_any_pb.Any.serializeBinaryToWriter
    );
  }
};


/**
 * optional uint32 extern_type_id = 1;
 * @return {number}
 */
proto.p4.v1.ExternEntry.prototype.getExternTypeId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.ExternEntry} returns this
 */
proto.p4.v1.ExternEntry.prototype.setExternTypeId = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * optional uint32 extern_id = 2;
 * @return {number}
 */
proto.p4.v1.ExternEntry.prototype.getExternId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 2, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.ExternEntry} returns this
 */
proto.p4.v1.ExternEntry.prototype.setExternId = function(value) {
  return jspb.Message.setProto3IntField(this, 2, value);
};


/**
 * optional google.protobuf.Any entry = 3;
 * @return {?proto.google.protobuf.Any}
 */
proto.p4.v1.ExternEntry.prototype.getEntry = function() {
  return /** @type{?proto.google.protobuf.Any} */ (
    jspb.Message.getWrapperField(this, google_protobuf_any_pb.Any, 3));
};


/**
 * @param {?proto.google.protobuf.Any|undefined} value
 * @return {!proto.p4.v1.ExternEntry} returns this
*/
proto.p4.v1.ExternEntry.prototype.setEntry = function(value) {
  return jspb.Message.setWrapperField(this, 3, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.ExternEntry} returns this
 */
proto.p4.v1.ExternEntry.prototype.clearEntry = function() {
  return this.setEntry(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.ExternEntry.prototype.hasEntry = function() {
  return jspb.Message.getField(this, 3) != null;
};



/**
 * List of repeated fields within this message type.
 * @private {!Array<number>}
 * @const
 */
proto.p4.v1.TableEntry.repeatedFields_ = [2];



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.TableEntry.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.TableEntry.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.TableEntry} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.TableEntry.toObject = function(includeInstance, msg) {
  var f, obj = {
    tableId: jspb.Message.getFieldWithDefault(msg, 1, 0),
    matchList: jspb.Message.toObjectList(msg.getMatchList(),
    proto.p4.v1.FieldMatch.toObject, includeInstance),
    action: (f = msg.getAction()) && proto.p4.v1.TableAction.toObject(includeInstance, f),
    priority: jspb.Message.getFieldWithDefault(msg, 4, 0),
    controllerMetadata: jspb.Message.getFieldWithDefault(msg, 5, "0"),
    meterConfig: (f = msg.getMeterConfig()) && proto.p4.v1.MeterConfig.toObject(includeInstance, f),
    counterData: (f = msg.getCounterData()) && proto.p4.v1.CounterData.toObject(includeInstance, f),
    isDefaultAction: jspb.Message.getBooleanFieldWithDefault(msg, 8, false),
    idleTimeoutNs: jspb.Message.getFieldWithDefault(msg, 9, 0),
    timeSinceLastHit: (f = msg.getTimeSinceLastHit()) && proto.p4.v1.TableEntry.IdleTimeout.toObject(includeInstance, f),
    metadata: msg.getMetadata_asB64(),
    meterCounterData: (f = msg.getMeterCounterData()) && proto.p4.v1.MeterCounterData.toObject(includeInstance, f),
    isConst: jspb.Message.getBooleanFieldWithDefault(msg, 13, false)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.TableEntry}
 */
proto.p4.v1.TableEntry.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.TableEntry;
  return proto.p4.v1.TableEntry.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.TableEntry} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.TableEntry}
 */
proto.p4.v1.TableEntry.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setTableId(value);
      break;
    case 2:
      var value = new proto.p4.v1.FieldMatch;
      reader.readMessage(value,proto.p4.v1.FieldMatch.deserializeBinaryFromReader);
      msg.addMatch(value);
      break;
    case 3:
      var value = new proto.p4.v1.TableAction;
      reader.readMessage(value,proto.p4.v1.TableAction.deserializeBinaryFromReader);
      msg.setAction(value);
      break;
    case 4:
      var value = /** @type {number} */ (reader.readInt32());
      msg.setPriority(value);
      break;
    case 5:
      var value = /** @type {string} */ (reader.readUint64String());
      msg.setControllerMetadata(value);
      break;
    case 6:
      var value = new proto.p4.v1.MeterConfig;
      reader.readMessage(value,proto.p4.v1.MeterConfig.deserializeBinaryFromReader);
      msg.setMeterConfig(value);
      break;
    case 7:
      var value = new proto.p4.v1.CounterData;
      reader.readMessage(value,proto.p4.v1.CounterData.deserializeBinaryFromReader);
      msg.setCounterData(value);
      break;
    case 8:
      var value = /** @type {boolean} */ (reader.readBool());
      msg.setIsDefaultAction(value);
      break;
    case 9:
      var value = /** @type {number} */ (reader.readInt64());
      msg.setIdleTimeoutNs(value);
      break;
    case 10:
      var value = new proto.p4.v1.TableEntry.IdleTimeout;
      reader.readMessage(value,proto.p4.v1.TableEntry.IdleTimeout.deserializeBinaryFromReader);
      msg.setTimeSinceLastHit(value);
      break;
    case 11:
      var value = /** @type {!Uint8Array} */ (reader.readBytes());
      msg.setMetadata(value);
      break;
    case 12:
      var value = new proto.p4.v1.MeterCounterData;
      reader.readMessage(value,proto.p4.v1.MeterCounterData.deserializeBinaryFromReader);
      msg.setMeterCounterData(value);
      break;
    case 13:
      var value = /** @type {boolean} */ (reader.readBool());
      msg.setIsConst(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.TableEntry.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.TableEntry.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.TableEntry} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.TableEntry.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getTableId();
  if (f !== 0) {
    writer.writeUint32(
      1,
      f
    );
  }
  f = message.getMatchList();
  if (f.length > 0) {
    writer.writeRepeatedMessage(
      2,
      f,
      proto.p4.v1.FieldMatch.serializeBinaryToWriter
    );
  }
  f = message.getAction();
  if (f != null) {
    writer.writeMessage(
      3,
      f,
      proto.p4.v1.TableAction.serializeBinaryToWriter
    );
  }
  f = message.getPriority();
  if (f !== 0) {
    writer.writeInt32(
      4,
      f
    );
  }
  f = message.getControllerMetadata();
  if (parseInt(f, 10) !== 0) {
    writer.writeUint64String(
      5,
      f
    );
  }
  f = message.getMeterConfig();
  if (f != null) {
    writer.writeMessage(
      6,
      f,
      proto.p4.v1.MeterConfig.serializeBinaryToWriter
    );
  }
  f = message.getCounterData();
  if (f != null) {
    writer.writeMessage(
      7,
      f,
      proto.p4.v1.CounterData.serializeBinaryToWriter
    );
  }
  f = message.getIsDefaultAction();
  if (f) {
    writer.writeBool(
      8,
      f
    );
  }
  f = message.getIdleTimeoutNs();
  if (f !== 0) {
    writer.writeInt64(
      9,
      f
    );
  }
  f = message.getTimeSinceLastHit();
  if (f != null) {
    writer.writeMessage(
      10,
      f,
      proto.p4.v1.TableEntry.IdleTimeout.serializeBinaryToWriter
    );
  }
  f = message.getMetadata_asU8();
  if (f.length > 0) {
    writer.writeBytes(
      11,
      f
    );
  }
  f = message.getMeterCounterData();
  if (f != null) {
    writer.writeMessage(
      12,
      f,
      proto.p4.v1.MeterCounterData.serializeBinaryToWriter
    );
  }
  f = message.getIsConst();
  if (f) {
    writer.writeBool(
      13,
      f
    );
  }
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.TableEntry.IdleTimeout.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.TableEntry.IdleTimeout.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.TableEntry.IdleTimeout} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.TableEntry.IdleTimeout.toObject = function(includeInstance, msg) {
  var f, obj = {
    elapsedNs: jspb.Message.getFieldWithDefault(msg, 1, 0)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.TableEntry.IdleTimeout}
 */
proto.p4.v1.TableEntry.IdleTimeout.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.TableEntry.IdleTimeout;
  return proto.p4.v1.TableEntry.IdleTimeout.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.TableEntry.IdleTimeout} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.TableEntry.IdleTimeout}
 */
proto.p4.v1.TableEntry.IdleTimeout.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readInt64());
      msg.setElapsedNs(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.TableEntry.IdleTimeout.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.TableEntry.IdleTimeout.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.TableEntry.IdleTimeout} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.TableEntry.IdleTimeout.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getElapsedNs();
  if (f !== 0) {
    writer.writeInt64(
      1,
      f
    );
  }
};


/**
 * optional int64 elapsed_ns = 1;
 * @return {number}
 */
proto.p4.v1.TableEntry.IdleTimeout.prototype.getElapsedNs = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.TableEntry.IdleTimeout} returns this
 */
proto.p4.v1.TableEntry.IdleTimeout.prototype.setElapsedNs = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * optional uint32 table_id = 1;
 * @return {number}
 */
proto.p4.v1.TableEntry.prototype.getTableId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.TableEntry} returns this
 */
proto.p4.v1.TableEntry.prototype.setTableId = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * repeated FieldMatch match = 2;
 * @return {!Array<!proto.p4.v1.FieldMatch>}
 */
proto.p4.v1.TableEntry.prototype.getMatchList = function() {
  return /** @type{!Array<!proto.p4.v1.FieldMatch>} */ (
    jspb.Message.getRepeatedWrapperField(this, proto.p4.v1.FieldMatch, 2));
};


/**
 * @param {!Array<!proto.p4.v1.FieldMatch>} value
 * @return {!proto.p4.v1.TableEntry} returns this
*/
proto.p4.v1.TableEntry.prototype.setMatchList = function(value) {
  return jspb.Message.setRepeatedWrapperField(this, 2, value);
};


/**
 * @param {!proto.p4.v1.FieldMatch=} opt_value
 * @param {number=} opt_index
 * @return {!proto.p4.v1.FieldMatch}
 */
proto.p4.v1.TableEntry.prototype.addMatch = function(opt_value, opt_index) {
  return jspb.Message.addToRepeatedWrapperField(this, 2, opt_value, proto.p4.v1.FieldMatch, opt_index);
};


/**
 * Clears the list making it empty but non-null.
 * @return {!proto.p4.v1.TableEntry} returns this
 */
proto.p4.v1.TableEntry.prototype.clearMatchList = function() {
  return this.setMatchList([]);
};


/**
 * optional TableAction action = 3;
 * @return {?proto.p4.v1.TableAction}
 */
proto.p4.v1.TableEntry.prototype.getAction = function() {
  return /** @type{?proto.p4.v1.TableAction} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.TableAction, 3));
};


/**
 * @param {?proto.p4.v1.TableAction|undefined} value
 * @return {!proto.p4.v1.TableEntry} returns this
*/
proto.p4.v1.TableEntry.prototype.setAction = function(value) {
  return jspb.Message.setWrapperField(this, 3, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.TableEntry} returns this
 */
proto.p4.v1.TableEntry.prototype.clearAction = function() {
  return this.setAction(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.TableEntry.prototype.hasAction = function() {
  return jspb.Message.getField(this, 3) != null;
};


/**
 * optional int32 priority = 4;
 * @return {number}
 */
proto.p4.v1.TableEntry.prototype.getPriority = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 4, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.TableEntry} returns this
 */
proto.p4.v1.TableEntry.prototype.setPriority = function(value) {
  return jspb.Message.setProto3IntField(this, 4, value);
};


/**
 * optional uint64 controller_metadata = 5;
 * @return {string}
 */
proto.p4.v1.TableEntry.prototype.getControllerMetadata = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 5, "0"));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.TableEntry} returns this
 */
proto.p4.v1.TableEntry.prototype.setControllerMetadata = function(value) {
  return jspb.Message.setProto3StringIntField(this, 5, value);
};


/**
 * optional MeterConfig meter_config = 6;
 * @return {?proto.p4.v1.MeterConfig}
 */
proto.p4.v1.TableEntry.prototype.getMeterConfig = function() {
  return /** @type{?proto.p4.v1.MeterConfig} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.MeterConfig, 6));
};


/**
 * @param {?proto.p4.v1.MeterConfig|undefined} value
 * @return {!proto.p4.v1.TableEntry} returns this
*/
proto.p4.v1.TableEntry.prototype.setMeterConfig = function(value) {
  return jspb.Message.setWrapperField(this, 6, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.TableEntry} returns this
 */
proto.p4.v1.TableEntry.prototype.clearMeterConfig = function() {
  return this.setMeterConfig(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.TableEntry.prototype.hasMeterConfig = function() {
  return jspb.Message.getField(this, 6) != null;
};


/**
 * optional CounterData counter_data = 7;
 * @return {?proto.p4.v1.CounterData}
 */
proto.p4.v1.TableEntry.prototype.getCounterData = function() {
  return /** @type{?proto.p4.v1.CounterData} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.CounterData, 7));
};


/**
 * @param {?proto.p4.v1.CounterData|undefined} value
 * @return {!proto.p4.v1.TableEntry} returns this
*/
proto.p4.v1.TableEntry.prototype.setCounterData = function(value) {
  return jspb.Message.setWrapperField(this, 7, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.TableEntry} returns this
 */
proto.p4.v1.TableEntry.prototype.clearCounterData = function() {
  return this.setCounterData(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.TableEntry.prototype.hasCounterData = function() {
  return jspb.Message.getField(this, 7) != null;
};


/**
 * optional bool is_default_action = 8;
 * @return {boolean}
 */
proto.p4.v1.TableEntry.prototype.getIsDefaultAction = function() {
  return /** @type {boolean} */ (jspb.Message.getBooleanFieldWithDefault(this, 8, false));
};


/**
 * @param {boolean} value
 * @return {!proto.p4.v1.TableEntry} returns this
 */
proto.p4.v1.TableEntry.prototype.setIsDefaultAction = function(value) {
  return jspb.Message.setProto3BooleanField(this, 8, value);
};


/**
 * optional int64 idle_timeout_ns = 9;
 * @return {number}
 */
proto.p4.v1.TableEntry.prototype.getIdleTimeoutNs = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 9, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.TableEntry} returns this
 */
proto.p4.v1.TableEntry.prototype.setIdleTimeoutNs = function(value) {
  return jspb.Message.setProto3IntField(this, 9, value);
};


/**
 * optional IdleTimeout time_since_last_hit = 10;
 * @return {?proto.p4.v1.TableEntry.IdleTimeout}
 */
proto.p4.v1.TableEntry.prototype.getTimeSinceLastHit = function() {
  return /** @type{?proto.p4.v1.TableEntry.IdleTimeout} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.TableEntry.IdleTimeout, 10));
};


/**
 * @param {?proto.p4.v1.TableEntry.IdleTimeout|undefined} value
 * @return {!proto.p4.v1.TableEntry} returns this
*/
proto.p4.v1.TableEntry.prototype.setTimeSinceLastHit = function(value) {
  return jspb.Message.setWrapperField(this, 10, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.TableEntry} returns this
 */
proto.p4.v1.TableEntry.prototype.clearTimeSinceLastHit = function() {
  return this.setTimeSinceLastHit(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.TableEntry.prototype.hasTimeSinceLastHit = function() {
  return jspb.Message.getField(this, 10) != null;
};


/**
 * optional bytes metadata = 11;
 * @return {!(string|Uint8Array)}
 */
proto.p4.v1.TableEntry.prototype.getMetadata = function() {
  return /** @type {!(string|Uint8Array)} */ (jspb.Message.getFieldWithDefault(this, 11, ""));
};


/**
 * optional bytes metadata = 11;
 * This is a type-conversion wrapper around `getMetadata()`
 * @return {string}
 */
proto.p4.v1.TableEntry.prototype.getMetadata_asB64 = function() {
  return /** @type {string} */ (jspb.Message.bytesAsB64(
      this.getMetadata()));
};


/**
 * optional bytes metadata = 11;
 * Note that Uint8Array is not supported on all browsers.
 * @see http://caniuse.com/Uint8Array
 * This is a type-conversion wrapper around `getMetadata()`
 * @return {!Uint8Array}
 */
proto.p4.v1.TableEntry.prototype.getMetadata_asU8 = function() {
  return /** @type {!Uint8Array} */ (jspb.Message.bytesAsU8(
      this.getMetadata()));
};


/**
 * @param {!(string|Uint8Array)} value
 * @return {!proto.p4.v1.TableEntry} returns this
 */
proto.p4.v1.TableEntry.prototype.setMetadata = function(value) {
  return jspb.Message.setProto3BytesField(this, 11, value);
};


/**
 * optional MeterCounterData meter_counter_data = 12;
 * @return {?proto.p4.v1.MeterCounterData}
 */
proto.p4.v1.TableEntry.prototype.getMeterCounterData = function() {
  return /** @type{?proto.p4.v1.MeterCounterData} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.MeterCounterData, 12));
};


/**
 * @param {?proto.p4.v1.MeterCounterData|undefined} value
 * @return {!proto.p4.v1.TableEntry} returns this
*/
proto.p4.v1.TableEntry.prototype.setMeterCounterData = function(value) {
  return jspb.Message.setWrapperField(this, 12, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.TableEntry} returns this
 */
proto.p4.v1.TableEntry.prototype.clearMeterCounterData = function() {
  return this.setMeterCounterData(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.TableEntry.prototype.hasMeterCounterData = function() {
  return jspb.Message.getField(this, 12) != null;
};


/**
 * optional bool is_const = 13;
 * @return {boolean}
 */
proto.p4.v1.TableEntry.prototype.getIsConst = function() {
  return /** @type {boolean} */ (jspb.Message.getBooleanFieldWithDefault(this, 13, false));
};


/**
 * @param {boolean} value
 * @return {!proto.p4.v1.TableEntry} returns this
 */
proto.p4.v1.TableEntry.prototype.setIsConst = function(value) {
  return jspb.Message.setProto3BooleanField(this, 13, value);
};



/**
 * Oneof group definitions for this message. Each group defines the field
 * numbers belonging to that group. When of these fields' value is set, all
 * other fields in the group are cleared. During deserialization, if multiple
 * fields are encountered for a group, only the last value seen will be kept.
 * @private {!Array<!Array<number>>}
 * @const
 */
proto.p4.v1.FieldMatch.oneofGroups_ = [[2,3,4,6,7,100]];

/**
 * @enum {number}
 */
proto.p4.v1.FieldMatch.FieldMatchTypeCase = {
  FIELD_MATCH_TYPE_NOT_SET: 0,
  EXACT: 2,
  TERNARY: 3,
  LPM: 4,
  RANGE: 6,
  OPTIONAL: 7,
  OTHER: 100
};

/**
 * @return {proto.p4.v1.FieldMatch.FieldMatchTypeCase}
 */
proto.p4.v1.FieldMatch.prototype.getFieldMatchTypeCase = function() {
  return /** @type {proto.p4.v1.FieldMatch.FieldMatchTypeCase} */(jspb.Message.computeOneofCase(this, proto.p4.v1.FieldMatch.oneofGroups_[0]));
};



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.FieldMatch.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.FieldMatch.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.FieldMatch} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.FieldMatch.toObject = function(includeInstance, msg) {
  var f, obj = {
    fieldId: jspb.Message.getFieldWithDefault(msg, 1, 0),
    exact: (f = msg.getExact()) && proto.p4.v1.FieldMatch.Exact.toObject(includeInstance, f),
    ternary: (f = msg.getTernary()) && proto.p4.v1.FieldMatch.Ternary.toObject(includeInstance, f),
    lpm: (f = msg.getLpm()) && proto.p4.v1.FieldMatch.LPM.toObject(includeInstance, f),
    range: (f = msg.getRange()) && proto.p4.v1.FieldMatch.Range.toObject(includeInstance, f),
    optional: (f = msg.getOptional()) && proto.p4.v1.FieldMatch.Optional.toObject(includeInstance, f),
    other: (f = msg.getOther()) && google_protobuf_any_pb.Any.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.FieldMatch}
 */
proto.p4.v1.FieldMatch.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.FieldMatch;
  return proto.p4.v1.FieldMatch.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.FieldMatch} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.FieldMatch}
 */
proto.p4.v1.FieldMatch.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setFieldId(value);
      break;
    case 2:
      var value = new proto.p4.v1.FieldMatch.Exact;
      reader.readMessage(value,proto.p4.v1.FieldMatch.Exact.deserializeBinaryFromReader);
      msg.setExact(value);
      break;
    case 3:
      var value = new proto.p4.v1.FieldMatch.Ternary;
      reader.readMessage(value,proto.p4.v1.FieldMatch.Ternary.deserializeBinaryFromReader);
      msg.setTernary(value);
      break;
    case 4:
      var value = new proto.p4.v1.FieldMatch.LPM;
      reader.readMessage(value,proto.p4.v1.FieldMatch.LPM.deserializeBinaryFromReader);
      msg.setLpm(value);
      break;
    case 6:
      var value = new proto.p4.v1.FieldMatch.Range;
      reader.readMessage(value,proto.p4.v1.FieldMatch.Range.deserializeBinaryFromReader);
      msg.setRange(value);
      break;
    case 7:
      var value = new proto.p4.v1.FieldMatch.Optional;
      reader.readMessage(value,proto.p4.v1.FieldMatch.Optional.deserializeBinaryFromReader);
      msg.setOptional(value);
      break;
    case 100:
      var value = new google_protobuf_any_pb.Any;
      reader.readMessage(value,google_protobuf_any_pb.Any.deserializeBinaryFromReader);
      msg.setOther(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.FieldMatch.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.FieldMatch.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.FieldMatch} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.FieldMatch.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getFieldId();
  if (f !== 0) {
    writer.writeUint32(
      1,
      f
    );
  }
  f = message.getExact();
  if (f != null) {
    writer.writeMessage(
      2,
      f,
      proto.p4.v1.FieldMatch.Exact.serializeBinaryToWriter
    );
  }
  f = message.getTernary();
  if (f != null) {
    writer.writeMessage(
      3,
      f,
      proto.p4.v1.FieldMatch.Ternary.serializeBinaryToWriter
    );
  }
  f = message.getLpm();
  if (f != null) {
    writer.writeMessage(
      4,
      f,
      proto.p4.v1.FieldMatch.LPM.serializeBinaryToWriter
    );
  }
  f = message.getRange();
  if (f != null) {
    writer.writeMessage(
      6,
      f,
      proto.p4.v1.FieldMatch.Range.serializeBinaryToWriter
    );
  }
  f = message.getOptional();
  if (f != null) {
    writer.writeMessage(
      7,
      f,
      proto.p4.v1.FieldMatch.Optional.serializeBinaryToWriter
    );
  }
  f = message.getOther();
  if (f != null) {
    writer.writeMessage(
      100,
      f,
      google_protobuf_any_pb.Any.serializeBinaryToWriter
    );
  }
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.FieldMatch.Exact.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.FieldMatch.Exact.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.FieldMatch.Exact} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.FieldMatch.Exact.toObject = function(includeInstance, msg) {
  var f, obj = {
    value: msg.getValue_asB64()
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.FieldMatch.Exact}
 */
proto.p4.v1.FieldMatch.Exact.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.FieldMatch.Exact;
  return proto.p4.v1.FieldMatch.Exact.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.FieldMatch.Exact} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.FieldMatch.Exact}
 */
proto.p4.v1.FieldMatch.Exact.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {!Uint8Array} */ (reader.readBytes());
      msg.setValue(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.FieldMatch.Exact.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.FieldMatch.Exact.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.FieldMatch.Exact} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.FieldMatch.Exact.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getValue_asU8();
  if (f.length > 0) {
    writer.writeBytes(
      1,
      f
    );
  }
};


/**
 * optional bytes value = 1;
 * @return {!(string|Uint8Array)}
 */
proto.p4.v1.FieldMatch.Exact.prototype.getValue = function() {
  return /** @type {!(string|Uint8Array)} */ (jspb.Message.getFieldWithDefault(this, 1, ""));
};


/**
 * optional bytes value = 1;
 * This is a type-conversion wrapper around `getValue()`
 * @return {string}
 */
proto.p4.v1.FieldMatch.Exact.prototype.getValue_asB64 = function() {
  return /** @type {string} */ (jspb.Message.bytesAsB64(
      this.getValue()));
};


/**
 * optional bytes value = 1;
 * Note that Uint8Array is not supported on all browsers.
 * @see http://caniuse.com/Uint8Array
 * This is a type-conversion wrapper around `getValue()`
 * @return {!Uint8Array}
 */
proto.p4.v1.FieldMatch.Exact.prototype.getValue_asU8 = function() {
  return /** @type {!Uint8Array} */ (jspb.Message.bytesAsU8(
      this.getValue()));
};


/**
 * @param {!(string|Uint8Array)} value
 * @return {!proto.p4.v1.FieldMatch.Exact} returns this
 */
proto.p4.v1.FieldMatch.Exact.prototype.setValue = function(value) {
  return jspb.Message.setProto3BytesField(this, 1, value);
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.FieldMatch.Ternary.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.FieldMatch.Ternary.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.FieldMatch.Ternary} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.FieldMatch.Ternary.toObject = function(includeInstance, msg) {
  var f, obj = {
    value: msg.getValue_asB64(),
    mask: msg.getMask_asB64()
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.FieldMatch.Ternary}
 */
proto.p4.v1.FieldMatch.Ternary.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.FieldMatch.Ternary;
  return proto.p4.v1.FieldMatch.Ternary.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.FieldMatch.Ternary} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.FieldMatch.Ternary}
 */
proto.p4.v1.FieldMatch.Ternary.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {!Uint8Array} */ (reader.readBytes());
      msg.setValue(value);
      break;
    case 2:
      var value = /** @type {!Uint8Array} */ (reader.readBytes());
      msg.setMask(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.FieldMatch.Ternary.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.FieldMatch.Ternary.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.FieldMatch.Ternary} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.FieldMatch.Ternary.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getValue_asU8();
  if (f.length > 0) {
    writer.writeBytes(
      1,
      f
    );
  }
  f = message.getMask_asU8();
  if (f.length > 0) {
    writer.writeBytes(
      2,
      f
    );
  }
};


/**
 * optional bytes value = 1;
 * @return {!(string|Uint8Array)}
 */
proto.p4.v1.FieldMatch.Ternary.prototype.getValue = function() {
  return /** @type {!(string|Uint8Array)} */ (jspb.Message.getFieldWithDefault(this, 1, ""));
};


/**
 * optional bytes value = 1;
 * This is a type-conversion wrapper around `getValue()`
 * @return {string}
 */
proto.p4.v1.FieldMatch.Ternary.prototype.getValue_asB64 = function() {
  return /** @type {string} */ (jspb.Message.bytesAsB64(
      this.getValue()));
};


/**
 * optional bytes value = 1;
 * Note that Uint8Array is not supported on all browsers.
 * @see http://caniuse.com/Uint8Array
 * This is a type-conversion wrapper around `getValue()`
 * @return {!Uint8Array}
 */
proto.p4.v1.FieldMatch.Ternary.prototype.getValue_asU8 = function() {
  return /** @type {!Uint8Array} */ (jspb.Message.bytesAsU8(
      this.getValue()));
};


/**
 * @param {!(string|Uint8Array)} value
 * @return {!proto.p4.v1.FieldMatch.Ternary} returns this
 */
proto.p4.v1.FieldMatch.Ternary.prototype.setValue = function(value) {
  return jspb.Message.setProto3BytesField(this, 1, value);
};


/**
 * optional bytes mask = 2;
 * @return {!(string|Uint8Array)}
 */
proto.p4.v1.FieldMatch.Ternary.prototype.getMask = function() {
  return /** @type {!(string|Uint8Array)} */ (jspb.Message.getFieldWithDefault(this, 2, ""));
};


/**
 * optional bytes mask = 2;
 * This is a type-conversion wrapper around `getMask()`
 * @return {string}
 */
proto.p4.v1.FieldMatch.Ternary.prototype.getMask_asB64 = function() {
  return /** @type {string} */ (jspb.Message.bytesAsB64(
      this.getMask()));
};


/**
 * optional bytes mask = 2;
 * Note that Uint8Array is not supported on all browsers.
 * @see http://caniuse.com/Uint8Array
 * This is a type-conversion wrapper around `getMask()`
 * @return {!Uint8Array}
 */
proto.p4.v1.FieldMatch.Ternary.prototype.getMask_asU8 = function() {
  return /** @type {!Uint8Array} */ (jspb.Message.bytesAsU8(
      this.getMask()));
};


/**
 * @param {!(string|Uint8Array)} value
 * @return {!proto.p4.v1.FieldMatch.Ternary} returns this
 */
proto.p4.v1.FieldMatch.Ternary.prototype.setMask = function(value) {
  return jspb.Message.setProto3BytesField(this, 2, value);
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.FieldMatch.LPM.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.FieldMatch.LPM.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.FieldMatch.LPM} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.FieldMatch.LPM.toObject = function(includeInstance, msg) {
  var f, obj = {
    value: msg.getValue_asB64(),
    prefixLen: jspb.Message.getFieldWithDefault(msg, 2, 0)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.FieldMatch.LPM}
 */
proto.p4.v1.FieldMatch.LPM.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.FieldMatch.LPM;
  return proto.p4.v1.FieldMatch.LPM.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.FieldMatch.LPM} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.FieldMatch.LPM}
 */
proto.p4.v1.FieldMatch.LPM.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {!Uint8Array} */ (reader.readBytes());
      msg.setValue(value);
      break;
    case 2:
      var value = /** @type {number} */ (reader.readInt32());
      msg.setPrefixLen(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.FieldMatch.LPM.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.FieldMatch.LPM.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.FieldMatch.LPM} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.FieldMatch.LPM.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getValue_asU8();
  if (f.length > 0) {
    writer.writeBytes(
      1,
      f
    );
  }
  f = message.getPrefixLen();
  if (f !== 0) {
    writer.writeInt32(
      2,
      f
    );
  }
};


/**
 * optional bytes value = 1;
 * @return {!(string|Uint8Array)}
 */
proto.p4.v1.FieldMatch.LPM.prototype.getValue = function() {
  return /** @type {!(string|Uint8Array)} */ (jspb.Message.getFieldWithDefault(this, 1, ""));
};


/**
 * optional bytes value = 1;
 * This is a type-conversion wrapper around `getValue()`
 * @return {string}
 */
proto.p4.v1.FieldMatch.LPM.prototype.getValue_asB64 = function() {
  return /** @type {string} */ (jspb.Message.bytesAsB64(
      this.getValue()));
};


/**
 * optional bytes value = 1;
 * Note that Uint8Array is not supported on all browsers.
 * @see http://caniuse.com/Uint8Array
 * This is a type-conversion wrapper around `getValue()`
 * @return {!Uint8Array}
 */
proto.p4.v1.FieldMatch.LPM.prototype.getValue_asU8 = function() {
  return /** @type {!Uint8Array} */ (jspb.Message.bytesAsU8(
      this.getValue()));
};


/**
 * @param {!(string|Uint8Array)} value
 * @return {!proto.p4.v1.FieldMatch.LPM} returns this
 */
proto.p4.v1.FieldMatch.LPM.prototype.setValue = function(value) {
  return jspb.Message.setProto3BytesField(this, 1, value);
};


/**
 * optional int32 prefix_len = 2;
 * @return {number}
 */
proto.p4.v1.FieldMatch.LPM.prototype.getPrefixLen = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 2, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.FieldMatch.LPM} returns this
 */
proto.p4.v1.FieldMatch.LPM.prototype.setPrefixLen = function(value) {
  return jspb.Message.setProto3IntField(this, 2, value);
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.FieldMatch.Range.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.FieldMatch.Range.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.FieldMatch.Range} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.FieldMatch.Range.toObject = function(includeInstance, msg) {
  var f, obj = {
    low: msg.getLow_asB64(),
    high: msg.getHigh_asB64()
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.FieldMatch.Range}
 */
proto.p4.v1.FieldMatch.Range.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.FieldMatch.Range;
  return proto.p4.v1.FieldMatch.Range.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.FieldMatch.Range} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.FieldMatch.Range}
 */
proto.p4.v1.FieldMatch.Range.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {!Uint8Array} */ (reader.readBytes());
      msg.setLow(value);
      break;
    case 2:
      var value = /** @type {!Uint8Array} */ (reader.readBytes());
      msg.setHigh(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.FieldMatch.Range.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.FieldMatch.Range.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.FieldMatch.Range} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.FieldMatch.Range.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getLow_asU8();
  if (f.length > 0) {
    writer.writeBytes(
      1,
      f
    );
  }
  f = message.getHigh_asU8();
  if (f.length > 0) {
    writer.writeBytes(
      2,
      f
    );
  }
};


/**
 * optional bytes low = 1;
 * @return {!(string|Uint8Array)}
 */
proto.p4.v1.FieldMatch.Range.prototype.getLow = function() {
  return /** @type {!(string|Uint8Array)} */ (jspb.Message.getFieldWithDefault(this, 1, ""));
};


/**
 * optional bytes low = 1;
 * This is a type-conversion wrapper around `getLow()`
 * @return {string}
 */
proto.p4.v1.FieldMatch.Range.prototype.getLow_asB64 = function() {
  return /** @type {string} */ (jspb.Message.bytesAsB64(
      this.getLow()));
};


/**
 * optional bytes low = 1;
 * Note that Uint8Array is not supported on all browsers.
 * @see http://caniuse.com/Uint8Array
 * This is a type-conversion wrapper around `getLow()`
 * @return {!Uint8Array}
 */
proto.p4.v1.FieldMatch.Range.prototype.getLow_asU8 = function() {
  return /** @type {!Uint8Array} */ (jspb.Message.bytesAsU8(
      this.getLow()));
};


/**
 * @param {!(string|Uint8Array)} value
 * @return {!proto.p4.v1.FieldMatch.Range} returns this
 */
proto.p4.v1.FieldMatch.Range.prototype.setLow = function(value) {
  return jspb.Message.setProto3BytesField(this, 1, value);
};


/**
 * optional bytes high = 2;
 * @return {!(string|Uint8Array)}
 */
proto.p4.v1.FieldMatch.Range.prototype.getHigh = function() {
  return /** @type {!(string|Uint8Array)} */ (jspb.Message.getFieldWithDefault(this, 2, ""));
};


/**
 * optional bytes high = 2;
 * This is a type-conversion wrapper around `getHigh()`
 * @return {string}
 */
proto.p4.v1.FieldMatch.Range.prototype.getHigh_asB64 = function() {
  return /** @type {string} */ (jspb.Message.bytesAsB64(
      this.getHigh()));
};


/**
 * optional bytes high = 2;
 * Note that Uint8Array is not supported on all browsers.
 * @see http://caniuse.com/Uint8Array
 * This is a type-conversion wrapper around `getHigh()`
 * @return {!Uint8Array}
 */
proto.p4.v1.FieldMatch.Range.prototype.getHigh_asU8 = function() {
  return /** @type {!Uint8Array} */ (jspb.Message.bytesAsU8(
      this.getHigh()));
};


/**
 * @param {!(string|Uint8Array)} value
 * @return {!proto.p4.v1.FieldMatch.Range} returns this
 */
proto.p4.v1.FieldMatch.Range.prototype.setHigh = function(value) {
  return jspb.Message.setProto3BytesField(this, 2, value);
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.FieldMatch.Optional.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.FieldMatch.Optional.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.FieldMatch.Optional} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.FieldMatch.Optional.toObject = function(includeInstance, msg) {
  var f, obj = {
    value: msg.getValue_asB64()
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.FieldMatch.Optional}
 */
proto.p4.v1.FieldMatch.Optional.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.FieldMatch.Optional;
  return proto.p4.v1.FieldMatch.Optional.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.FieldMatch.Optional} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.FieldMatch.Optional}
 */
proto.p4.v1.FieldMatch.Optional.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {!Uint8Array} */ (reader.readBytes());
      msg.setValue(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.FieldMatch.Optional.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.FieldMatch.Optional.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.FieldMatch.Optional} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.FieldMatch.Optional.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getValue_asU8();
  if (f.length > 0) {
    writer.writeBytes(
      1,
      f
    );
  }
};


/**
 * optional bytes value = 1;
 * @return {!(string|Uint8Array)}
 */
proto.p4.v1.FieldMatch.Optional.prototype.getValue = function() {
  return /** @type {!(string|Uint8Array)} */ (jspb.Message.getFieldWithDefault(this, 1, ""));
};


/**
 * optional bytes value = 1;
 * This is a type-conversion wrapper around `getValue()`
 * @return {string}
 */
proto.p4.v1.FieldMatch.Optional.prototype.getValue_asB64 = function() {
  return /** @type {string} */ (jspb.Message.bytesAsB64(
      this.getValue()));
};


/**
 * optional bytes value = 1;
 * Note that Uint8Array is not supported on all browsers.
 * @see http://caniuse.com/Uint8Array
 * This is a type-conversion wrapper around `getValue()`
 * @return {!Uint8Array}
 */
proto.p4.v1.FieldMatch.Optional.prototype.getValue_asU8 = function() {
  return /** @type {!Uint8Array} */ (jspb.Message.bytesAsU8(
      this.getValue()));
};


/**
 * @param {!(string|Uint8Array)} value
 * @return {!proto.p4.v1.FieldMatch.Optional} returns this
 */
proto.p4.v1.FieldMatch.Optional.prototype.setValue = function(value) {
  return jspb.Message.setProto3BytesField(this, 1, value);
};


/**
 * optional uint32 field_id = 1;
 * @return {number}
 */
proto.p4.v1.FieldMatch.prototype.getFieldId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.FieldMatch} returns this
 */
proto.p4.v1.FieldMatch.prototype.setFieldId = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * optional Exact exact = 2;
 * @return {?proto.p4.v1.FieldMatch.Exact}
 */
proto.p4.v1.FieldMatch.prototype.getExact = function() {
  return /** @type{?proto.p4.v1.FieldMatch.Exact} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.FieldMatch.Exact, 2));
};


/**
 * @param {?proto.p4.v1.FieldMatch.Exact|undefined} value
 * @return {!proto.p4.v1.FieldMatch} returns this
*/
proto.p4.v1.FieldMatch.prototype.setExact = function(value) {
  return jspb.Message.setOneofWrapperField(this, 2, proto.p4.v1.FieldMatch.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.FieldMatch} returns this
 */
proto.p4.v1.FieldMatch.prototype.clearExact = function() {
  return this.setExact(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.FieldMatch.prototype.hasExact = function() {
  return jspb.Message.getField(this, 2) != null;
};


/**
 * optional Ternary ternary = 3;
 * @return {?proto.p4.v1.FieldMatch.Ternary}
 */
proto.p4.v1.FieldMatch.prototype.getTernary = function() {
  return /** @type{?proto.p4.v1.FieldMatch.Ternary} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.FieldMatch.Ternary, 3));
};


/**
 * @param {?proto.p4.v1.FieldMatch.Ternary|undefined} value
 * @return {!proto.p4.v1.FieldMatch} returns this
*/
proto.p4.v1.FieldMatch.prototype.setTernary = function(value) {
  return jspb.Message.setOneofWrapperField(this, 3, proto.p4.v1.FieldMatch.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.FieldMatch} returns this
 */
proto.p4.v1.FieldMatch.prototype.clearTernary = function() {
  return this.setTernary(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.FieldMatch.prototype.hasTernary = function() {
  return jspb.Message.getField(this, 3) != null;
};


/**
 * optional LPM lpm = 4;
 * @return {?proto.p4.v1.FieldMatch.LPM}
 */
proto.p4.v1.FieldMatch.prototype.getLpm = function() {
  return /** @type{?proto.p4.v1.FieldMatch.LPM} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.FieldMatch.LPM, 4));
};


/**
 * @param {?proto.p4.v1.FieldMatch.LPM|undefined} value
 * @return {!proto.p4.v1.FieldMatch} returns this
*/
proto.p4.v1.FieldMatch.prototype.setLpm = function(value) {
  return jspb.Message.setOneofWrapperField(this, 4, proto.p4.v1.FieldMatch.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.FieldMatch} returns this
 */
proto.p4.v1.FieldMatch.prototype.clearLpm = function() {
  return this.setLpm(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.FieldMatch.prototype.hasLpm = function() {
  return jspb.Message.getField(this, 4) != null;
};


/**
 * optional Range range = 6;
 * @return {?proto.p4.v1.FieldMatch.Range}
 */
proto.p4.v1.FieldMatch.prototype.getRange = function() {
  return /** @type{?proto.p4.v1.FieldMatch.Range} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.FieldMatch.Range, 6));
};


/**
 * @param {?proto.p4.v1.FieldMatch.Range|undefined} value
 * @return {!proto.p4.v1.FieldMatch} returns this
*/
proto.p4.v1.FieldMatch.prototype.setRange = function(value) {
  return jspb.Message.setOneofWrapperField(this, 6, proto.p4.v1.FieldMatch.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.FieldMatch} returns this
 */
proto.p4.v1.FieldMatch.prototype.clearRange = function() {
  return this.setRange(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.FieldMatch.prototype.hasRange = function() {
  return jspb.Message.getField(this, 6) != null;
};


/**
 * optional Optional optional = 7;
 * @return {?proto.p4.v1.FieldMatch.Optional}
 */
proto.p4.v1.FieldMatch.prototype.getOptional = function() {
  return /** @type{?proto.p4.v1.FieldMatch.Optional} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.FieldMatch.Optional, 7));
};


/**
 * @param {?proto.p4.v1.FieldMatch.Optional|undefined} value
 * @return {!proto.p4.v1.FieldMatch} returns this
*/
proto.p4.v1.FieldMatch.prototype.setOptional = function(value) {
  return jspb.Message.setOneofWrapperField(this, 7, proto.p4.v1.FieldMatch.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.FieldMatch} returns this
 */
proto.p4.v1.FieldMatch.prototype.clearOptional = function() {
  return this.setOptional(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.FieldMatch.prototype.hasOptional = function() {
  return jspb.Message.getField(this, 7) != null;
};


/**
 * optional google.protobuf.Any other = 100;
 * @return {?proto.google.protobuf.Any}
 */
proto.p4.v1.FieldMatch.prototype.getOther = function() {
  return /** @type{?proto.google.protobuf.Any} */ (
    jspb.Message.getWrapperField(this, google_protobuf_any_pb.Any, 100));
};


/**
 * @param {?proto.google.protobuf.Any|undefined} value
 * @return {!proto.p4.v1.FieldMatch} returns this
*/
proto.p4.v1.FieldMatch.prototype.setOther = function(value) {
  return jspb.Message.setOneofWrapperField(this, 100, proto.p4.v1.FieldMatch.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.FieldMatch} returns this
 */
proto.p4.v1.FieldMatch.prototype.clearOther = function() {
  return this.setOther(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.FieldMatch.prototype.hasOther = function() {
  return jspb.Message.getField(this, 100) != null;
};



/**
 * Oneof group definitions for this message. Each group defines the field
 * numbers belonging to that group. When of these fields' value is set, all
 * other fields in the group are cleared. During deserialization, if multiple
 * fields are encountered for a group, only the last value seen will be kept.
 * @private {!Array<!Array<number>>}
 * @const
 */
proto.p4.v1.TableAction.oneofGroups_ = [[1,2,3,4]];

/**
 * @enum {number}
 */
proto.p4.v1.TableAction.TypeCase = {
  TYPE_NOT_SET: 0,
  ACTION: 1,
  ACTION_PROFILE_MEMBER_ID: 2,
  ACTION_PROFILE_GROUP_ID: 3,
  ACTION_PROFILE_ACTION_SET: 4
};

/**
 * @return {proto.p4.v1.TableAction.TypeCase}
 */
proto.p4.v1.TableAction.prototype.getTypeCase = function() {
  return /** @type {proto.p4.v1.TableAction.TypeCase} */(jspb.Message.computeOneofCase(this, proto.p4.v1.TableAction.oneofGroups_[0]));
};



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.TableAction.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.TableAction.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.TableAction} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.TableAction.toObject = function(includeInstance, msg) {
  var f, obj = {
    action: (f = msg.getAction()) && proto.p4.v1.Action.toObject(includeInstance, f),
    actionProfileMemberId: jspb.Message.getFieldWithDefault(msg, 2, 0),
    actionProfileGroupId: jspb.Message.getFieldWithDefault(msg, 3, 0),
    actionProfileActionSet: (f = msg.getActionProfileActionSet()) && proto.p4.v1.ActionProfileActionSet.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.TableAction}
 */
proto.p4.v1.TableAction.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.TableAction;
  return proto.p4.v1.TableAction.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.TableAction} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.TableAction}
 */
proto.p4.v1.TableAction.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = new proto.p4.v1.Action;
      reader.readMessage(value,proto.p4.v1.Action.deserializeBinaryFromReader);
      msg.setAction(value);
      break;
    case 2:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setActionProfileMemberId(value);
      break;
    case 3:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setActionProfileGroupId(value);
      break;
    case 4:
      var value = new proto.p4.v1.ActionProfileActionSet;
      reader.readMessage(value,proto.p4.v1.ActionProfileActionSet.deserializeBinaryFromReader);
      msg.setActionProfileActionSet(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.TableAction.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.TableAction.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.TableAction} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.TableAction.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getAction();
  if (f != null) {
    writer.writeMessage(
      1,
      f,
      proto.p4.v1.Action.serializeBinaryToWriter
    );
  }
  f = /** @type {number} */ (jspb.Message.getField(message, 2));
  if (f != null) {
    writer.writeUint32(
      2,
      f
    );
  }
  f = /** @type {number} */ (jspb.Message.getField(message, 3));
  if (f != null) {
    writer.writeUint32(
      3,
      f
    );
  }
  f = message.getActionProfileActionSet();
  if (f != null) {
    writer.writeMessage(
      4,
      f,
      proto.p4.v1.ActionProfileActionSet.serializeBinaryToWriter
    );
  }
};


/**
 * optional Action action = 1;
 * @return {?proto.p4.v1.Action}
 */
proto.p4.v1.TableAction.prototype.getAction = function() {
  return /** @type{?proto.p4.v1.Action} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.Action, 1));
};


/**
 * @param {?proto.p4.v1.Action|undefined} value
 * @return {!proto.p4.v1.TableAction} returns this
*/
proto.p4.v1.TableAction.prototype.setAction = function(value) {
  return jspb.Message.setOneofWrapperField(this, 1, proto.p4.v1.TableAction.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.TableAction} returns this
 */
proto.p4.v1.TableAction.prototype.clearAction = function() {
  return this.setAction(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.TableAction.prototype.hasAction = function() {
  return jspb.Message.getField(this, 1) != null;
};


/**
 * optional uint32 action_profile_member_id = 2;
 * @return {number}
 */
proto.p4.v1.TableAction.prototype.getActionProfileMemberId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 2, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.TableAction} returns this
 */
proto.p4.v1.TableAction.prototype.setActionProfileMemberId = function(value) {
  return jspb.Message.setOneofField(this, 2, proto.p4.v1.TableAction.oneofGroups_[0], value);
};


/**
 * Clears the field making it undefined.
 * @return {!proto.p4.v1.TableAction} returns this
 */
proto.p4.v1.TableAction.prototype.clearActionProfileMemberId = function() {
  return jspb.Message.setOneofField(this, 2, proto.p4.v1.TableAction.oneofGroups_[0], undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.TableAction.prototype.hasActionProfileMemberId = function() {
  return jspb.Message.getField(this, 2) != null;
};


/**
 * optional uint32 action_profile_group_id = 3;
 * @return {number}
 */
proto.p4.v1.TableAction.prototype.getActionProfileGroupId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 3, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.TableAction} returns this
 */
proto.p4.v1.TableAction.prototype.setActionProfileGroupId = function(value) {
  return jspb.Message.setOneofField(this, 3, proto.p4.v1.TableAction.oneofGroups_[0], value);
};


/**
 * Clears the field making it undefined.
 * @return {!proto.p4.v1.TableAction} returns this
 */
proto.p4.v1.TableAction.prototype.clearActionProfileGroupId = function() {
  return jspb.Message.setOneofField(this, 3, proto.p4.v1.TableAction.oneofGroups_[0], undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.TableAction.prototype.hasActionProfileGroupId = function() {
  return jspb.Message.getField(this, 3) != null;
};


/**
 * optional ActionProfileActionSet action_profile_action_set = 4;
 * @return {?proto.p4.v1.ActionProfileActionSet}
 */
proto.p4.v1.TableAction.prototype.getActionProfileActionSet = function() {
  return /** @type{?proto.p4.v1.ActionProfileActionSet} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.ActionProfileActionSet, 4));
};


/**
 * @param {?proto.p4.v1.ActionProfileActionSet|undefined} value
 * @return {!proto.p4.v1.TableAction} returns this
*/
proto.p4.v1.TableAction.prototype.setActionProfileActionSet = function(value) {
  return jspb.Message.setOneofWrapperField(this, 4, proto.p4.v1.TableAction.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.TableAction} returns this
 */
proto.p4.v1.TableAction.prototype.clearActionProfileActionSet = function() {
  return this.setActionProfileActionSet(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.TableAction.prototype.hasActionProfileActionSet = function() {
  return jspb.Message.getField(this, 4) != null;
};



/**
 * List of repeated fields within this message type.
 * @private {!Array<number>}
 * @const
 */
proto.p4.v1.Action.repeatedFields_ = [4];



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.Action.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.Action.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.Action} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.Action.toObject = function(includeInstance, msg) {
  var f, obj = {
    actionId: jspb.Message.getFieldWithDefault(msg, 1, 0),
    paramsList: jspb.Message.toObjectList(msg.getParamsList(),
    proto.p4.v1.Action.Param.toObject, includeInstance)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.Action}
 */
proto.p4.v1.Action.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.Action;
  return proto.p4.v1.Action.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.Action} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.Action}
 */
proto.p4.v1.Action.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setActionId(value);
      break;
    case 4:
      var value = new proto.p4.v1.Action.Param;
      reader.readMessage(value,proto.p4.v1.Action.Param.deserializeBinaryFromReader);
      msg.addParams(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.Action.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.Action.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.Action} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.Action.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getActionId();
  if (f !== 0) {
    writer.writeUint32(
      1,
      f
    );
  }
  f = message.getParamsList();
  if (f.length > 0) {
    writer.writeRepeatedMessage(
      4,
      f,
      proto.p4.v1.Action.Param.serializeBinaryToWriter
    );
  }
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.Action.Param.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.Action.Param.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.Action.Param} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.Action.Param.toObject = function(includeInstance, msg) {
  var f, obj = {
    paramId: jspb.Message.getFieldWithDefault(msg, 2, 0),
    value: msg.getValue_asB64()
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.Action.Param}
 */
proto.p4.v1.Action.Param.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.Action.Param;
  return proto.p4.v1.Action.Param.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.Action.Param} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.Action.Param}
 */
proto.p4.v1.Action.Param.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 2:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setParamId(value);
      break;
    case 3:
      var value = /** @type {!Uint8Array} */ (reader.readBytes());
      msg.setValue(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.Action.Param.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.Action.Param.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.Action.Param} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.Action.Param.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getParamId();
  if (f !== 0) {
    writer.writeUint32(
      2,
      f
    );
  }
  f = message.getValue_asU8();
  if (f.length > 0) {
    writer.writeBytes(
      3,
      f
    );
  }
};


/**
 * optional uint32 param_id = 2;
 * @return {number}
 */
proto.p4.v1.Action.Param.prototype.getParamId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 2, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.Action.Param} returns this
 */
proto.p4.v1.Action.Param.prototype.setParamId = function(value) {
  return jspb.Message.setProto3IntField(this, 2, value);
};


/**
 * optional bytes value = 3;
 * @return {!(string|Uint8Array)}
 */
proto.p4.v1.Action.Param.prototype.getValue = function() {
  return /** @type {!(string|Uint8Array)} */ (jspb.Message.getFieldWithDefault(this, 3, ""));
};


/**
 * optional bytes value = 3;
 * This is a type-conversion wrapper around `getValue()`
 * @return {string}
 */
proto.p4.v1.Action.Param.prototype.getValue_asB64 = function() {
  return /** @type {string} */ (jspb.Message.bytesAsB64(
      this.getValue()));
};


/**
 * optional bytes value = 3;
 * Note that Uint8Array is not supported on all browsers.
 * @see http://caniuse.com/Uint8Array
 * This is a type-conversion wrapper around `getValue()`
 * @return {!Uint8Array}
 */
proto.p4.v1.Action.Param.prototype.getValue_asU8 = function() {
  return /** @type {!Uint8Array} */ (jspb.Message.bytesAsU8(
      this.getValue()));
};


/**
 * @param {!(string|Uint8Array)} value
 * @return {!proto.p4.v1.Action.Param} returns this
 */
proto.p4.v1.Action.Param.prototype.setValue = function(value) {
  return jspb.Message.setProto3BytesField(this, 3, value);
};


/**
 * optional uint32 action_id = 1;
 * @return {number}
 */
proto.p4.v1.Action.prototype.getActionId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.Action} returns this
 */
proto.p4.v1.Action.prototype.setActionId = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * repeated Param params = 4;
 * @return {!Array<!proto.p4.v1.Action.Param>}
 */
proto.p4.v1.Action.prototype.getParamsList = function() {
  return /** @type{!Array<!proto.p4.v1.Action.Param>} */ (
    jspb.Message.getRepeatedWrapperField(this, proto.p4.v1.Action.Param, 4));
};


/**
 * @param {!Array<!proto.p4.v1.Action.Param>} value
 * @return {!proto.p4.v1.Action} returns this
*/
proto.p4.v1.Action.prototype.setParamsList = function(value) {
  return jspb.Message.setRepeatedWrapperField(this, 4, value);
};


/**
 * @param {!proto.p4.v1.Action.Param=} opt_value
 * @param {number=} opt_index
 * @return {!proto.p4.v1.Action.Param}
 */
proto.p4.v1.Action.prototype.addParams = function(opt_value, opt_index) {
  return jspb.Message.addToRepeatedWrapperField(this, 4, opt_value, proto.p4.v1.Action.Param, opt_index);
};


/**
 * Clears the list making it empty but non-null.
 * @return {!proto.p4.v1.Action} returns this
 */
proto.p4.v1.Action.prototype.clearParamsList = function() {
  return this.setParamsList([]);
};



/**
 * List of repeated fields within this message type.
 * @private {!Array<number>}
 * @const
 */
proto.p4.v1.ActionProfileActionSet.repeatedFields_ = [1];



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.ActionProfileActionSet.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.ActionProfileActionSet.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.ActionProfileActionSet} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ActionProfileActionSet.toObject = function(includeInstance, msg) {
  var f, obj = {
    actionProfileActionsList: jspb.Message.toObjectList(msg.getActionProfileActionsList(),
    proto.p4.v1.ActionProfileAction.toObject, includeInstance),
    actionSelectionMode: jspb.Message.getFieldWithDefault(msg, 2, 0),
    sizeSemantics: jspb.Message.getFieldWithDefault(msg, 3, 0),
    groupAction: (f = msg.getGroupAction()) && proto.p4.v1.Action.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.ActionProfileActionSet}
 */
proto.p4.v1.ActionProfileActionSet.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.ActionProfileActionSet;
  return proto.p4.v1.ActionProfileActionSet.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.ActionProfileActionSet} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.ActionProfileActionSet}
 */
proto.p4.v1.ActionProfileActionSet.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = new proto.p4.v1.ActionProfileAction;
      reader.readMessage(value,proto.p4.v1.ActionProfileAction.deserializeBinaryFromReader);
      msg.addActionProfileActions(value);
      break;
    case 2:
      var value = /** @type {!proto.p4.v1.ActionProfileActionSet.ActionSelectionMode} */ (reader.readEnum());
      msg.setActionSelectionMode(value);
      break;
    case 3:
      var value = /** @type {!proto.p4.v1.ActionProfileActionSet.SizeSemantics} */ (reader.readEnum());
      msg.setSizeSemantics(value);
      break;
    case 5:
      var value = new proto.p4.v1.Action;
      reader.readMessage(value,proto.p4.v1.Action.deserializeBinaryFromReader);
      msg.setGroupAction(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.ActionProfileActionSet.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.ActionProfileActionSet.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.ActionProfileActionSet} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ActionProfileActionSet.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getActionProfileActionsList();
  if (f.length > 0) {
    writer.writeRepeatedMessage(
      1,
      f,
      proto.p4.v1.ActionProfileAction.serializeBinaryToWriter
    );
  }
  f = message.getActionSelectionMode();
  if (f !== 0.0) {
    writer.writeEnum(
      2,
      f
    );
  }
  f = message.getSizeSemantics();
  if (f !== 0.0) {
    writer.writeEnum(
      3,
      f
    );
  }
  f = message.getGroupAction();
  if (f != null) {
    writer.writeMessage(
      5,
      f,
      proto.p4.v1.Action.serializeBinaryToWriter
    );
  }
};


/**
 * @enum {number}
 */
proto.p4.v1.ActionProfileActionSet.ActionSelectionMode = {
  DEFAULT_MODE_DETERMINED_BY_ACTION_SELECTOR: 0,
  HASH: 1,
  RANDOM: 2
};

/**
 * @enum {number}
 */
proto.p4.v1.ActionProfileActionSet.SizeSemantics = {
  DEFAULT_SIZE_DETERMINED_BY_ACTION_SELECTOR: 0,
  SUM_OF_WEIGHTS: 1,
  SUM_OF_MEMBERS: 2
};

/**
 * repeated ActionProfileAction action_profile_actions = 1;
 * @return {!Array<!proto.p4.v1.ActionProfileAction>}
 */
proto.p4.v1.ActionProfileActionSet.prototype.getActionProfileActionsList = function() {
  return /** @type{!Array<!proto.p4.v1.ActionProfileAction>} */ (
    jspb.Message.getRepeatedWrapperField(this, proto.p4.v1.ActionProfileAction, 1));
};


/**
 * @param {!Array<!proto.p4.v1.ActionProfileAction>} value
 * @return {!proto.p4.v1.ActionProfileActionSet} returns this
*/
proto.p4.v1.ActionProfileActionSet.prototype.setActionProfileActionsList = function(value) {
  return jspb.Message.setRepeatedWrapperField(this, 1, value);
};


/**
 * @param {!proto.p4.v1.ActionProfileAction=} opt_value
 * @param {number=} opt_index
 * @return {!proto.p4.v1.ActionProfileAction}
 */
proto.p4.v1.ActionProfileActionSet.prototype.addActionProfileActions = function(opt_value, opt_index) {
  return jspb.Message.addToRepeatedWrapperField(this, 1, opt_value, proto.p4.v1.ActionProfileAction, opt_index);
};


/**
 * Clears the list making it empty but non-null.
 * @return {!proto.p4.v1.ActionProfileActionSet} returns this
 */
proto.p4.v1.ActionProfileActionSet.prototype.clearActionProfileActionsList = function() {
  return this.setActionProfileActionsList([]);
};


/**
 * optional ActionSelectionMode action_selection_mode = 2;
 * @return {!proto.p4.v1.ActionProfileActionSet.ActionSelectionMode}
 */
proto.p4.v1.ActionProfileActionSet.prototype.getActionSelectionMode = function() {
  return /** @type {!proto.p4.v1.ActionProfileActionSet.ActionSelectionMode} */ (jspb.Message.getFieldWithDefault(this, 2, 0));
};


/**
 * @param {!proto.p4.v1.ActionProfileActionSet.ActionSelectionMode} value
 * @return {!proto.p4.v1.ActionProfileActionSet} returns this
 */
proto.p4.v1.ActionProfileActionSet.prototype.setActionSelectionMode = function(value) {
  return jspb.Message.setProto3EnumField(this, 2, value);
};


/**
 * optional SizeSemantics size_semantics = 3;
 * @return {!proto.p4.v1.ActionProfileActionSet.SizeSemantics}
 */
proto.p4.v1.ActionProfileActionSet.prototype.getSizeSemantics = function() {
  return /** @type {!proto.p4.v1.ActionProfileActionSet.SizeSemantics} */ (jspb.Message.getFieldWithDefault(this, 3, 0));
};


/**
 * @param {!proto.p4.v1.ActionProfileActionSet.SizeSemantics} value
 * @return {!proto.p4.v1.ActionProfileActionSet} returns this
 */
proto.p4.v1.ActionProfileActionSet.prototype.setSizeSemantics = function(value) {
  return jspb.Message.setProto3EnumField(this, 3, value);
};


/**
 * optional Action group_action = 5;
 * @return {?proto.p4.v1.Action}
 */
proto.p4.v1.ActionProfileActionSet.prototype.getGroupAction = function() {
  return /** @type{?proto.p4.v1.Action} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.Action, 5));
};


/**
 * @param {?proto.p4.v1.Action|undefined} value
 * @return {!proto.p4.v1.ActionProfileActionSet} returns this
*/
proto.p4.v1.ActionProfileActionSet.prototype.setGroupAction = function(value) {
  return jspb.Message.setWrapperField(this, 5, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.ActionProfileActionSet} returns this
 */
proto.p4.v1.ActionProfileActionSet.prototype.clearGroupAction = function() {
  return this.setGroupAction(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.ActionProfileActionSet.prototype.hasGroupAction = function() {
  return jspb.Message.getField(this, 5) != null;
};



/**
 * Oneof group definitions for this message. Each group defines the field
 * numbers belonging to that group. When of these fields' value is set, all
 * other fields in the group are cleared. During deserialization, if multiple
 * fields are encountered for a group, only the last value seen will be kept.
 * @private {!Array<!Array<number>>}
 * @const
 */
proto.p4.v1.ActionProfileAction.oneofGroups_ = [[3,4]];

/**
 * @enum {number}
 */
proto.p4.v1.ActionProfileAction.WatchKindCase = {
  WATCH_KIND_NOT_SET: 0,
  WATCH: 3,
  WATCH_PORT: 4
};

/**
 * @return {proto.p4.v1.ActionProfileAction.WatchKindCase}
 */
proto.p4.v1.ActionProfileAction.prototype.getWatchKindCase = function() {
  return /** @type {proto.p4.v1.ActionProfileAction.WatchKindCase} */(jspb.Message.computeOneofCase(this, proto.p4.v1.ActionProfileAction.oneofGroups_[0]));
};



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.ActionProfileAction.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.ActionProfileAction.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.ActionProfileAction} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ActionProfileAction.toObject = function(includeInstance, msg) {
  var f, obj = {
    action: (f = msg.getAction()) && proto.p4.v1.Action.toObject(includeInstance, f),
    weight: jspb.Message.getFieldWithDefault(msg, 2, 0),
    watch: jspb.Message.getFieldWithDefault(msg, 3, 0),
    watchPort: msg.getWatchPort_asB64()
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.ActionProfileAction}
 */
proto.p4.v1.ActionProfileAction.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.ActionProfileAction;
  return proto.p4.v1.ActionProfileAction.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.ActionProfileAction} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.ActionProfileAction}
 */
proto.p4.v1.ActionProfileAction.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = new proto.p4.v1.Action;
      reader.readMessage(value,proto.p4.v1.Action.deserializeBinaryFromReader);
      msg.setAction(value);
      break;
    case 2:
      var value = /** @type {number} */ (reader.readInt32());
      msg.setWeight(value);
      break;
    case 3:
      var value = /** @type {number} */ (reader.readInt32());
      msg.setWatch(value);
      break;
    case 4:
      var value = /** @type {!Uint8Array} */ (reader.readBytes());
      msg.setWatchPort(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.ActionProfileAction.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.ActionProfileAction.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.ActionProfileAction} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ActionProfileAction.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getAction();
  if (f != null) {
    writer.writeMessage(
      1,
      f,
      proto.p4.v1.Action.serializeBinaryToWriter
    );
  }
  f = message.getWeight();
  if (f !== 0) {
    writer.writeInt32(
      2,
      f
    );
  }
  f = /** @type {number} */ (jspb.Message.getField(message, 3));
  if (f != null) {
    writer.writeInt32(
      3,
      f
    );
  }
  f = /** @type {!(string|Uint8Array)} */ (jspb.Message.getField(message, 4));
  if (f != null) {
    writer.writeBytes(
      4,
      f
    );
  }
};


/**
 * optional Action action = 1;
 * @return {?proto.p4.v1.Action}
 */
proto.p4.v1.ActionProfileAction.prototype.getAction = function() {
  return /** @type{?proto.p4.v1.Action} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.Action, 1));
};


/**
 * @param {?proto.p4.v1.Action|undefined} value
 * @return {!proto.p4.v1.ActionProfileAction} returns this
*/
proto.p4.v1.ActionProfileAction.prototype.setAction = function(value) {
  return jspb.Message.setWrapperField(this, 1, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.ActionProfileAction} returns this
 */
proto.p4.v1.ActionProfileAction.prototype.clearAction = function() {
  return this.setAction(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.ActionProfileAction.prototype.hasAction = function() {
  return jspb.Message.getField(this, 1) != null;
};


/**
 * optional int32 weight = 2;
 * @return {number}
 */
proto.p4.v1.ActionProfileAction.prototype.getWeight = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 2, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.ActionProfileAction} returns this
 */
proto.p4.v1.ActionProfileAction.prototype.setWeight = function(value) {
  return jspb.Message.setProto3IntField(this, 2, value);
};


/**
 * optional int32 watch = 3;
 * @return {number}
 */
proto.p4.v1.ActionProfileAction.prototype.getWatch = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 3, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.ActionProfileAction} returns this
 */
proto.p4.v1.ActionProfileAction.prototype.setWatch = function(value) {
  return jspb.Message.setOneofField(this, 3, proto.p4.v1.ActionProfileAction.oneofGroups_[0], value);
};


/**
 * Clears the field making it undefined.
 * @return {!proto.p4.v1.ActionProfileAction} returns this
 */
proto.p4.v1.ActionProfileAction.prototype.clearWatch = function() {
  return jspb.Message.setOneofField(this, 3, proto.p4.v1.ActionProfileAction.oneofGroups_[0], undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.ActionProfileAction.prototype.hasWatch = function() {
  return jspb.Message.getField(this, 3) != null;
};


/**
 * optional bytes watch_port = 4;
 * @return {!(string|Uint8Array)}
 */
proto.p4.v1.ActionProfileAction.prototype.getWatchPort = function() {
  return /** @type {!(string|Uint8Array)} */ (jspb.Message.getFieldWithDefault(this, 4, ""));
};


/**
 * optional bytes watch_port = 4;
 * This is a type-conversion wrapper around `getWatchPort()`
 * @return {string}
 */
proto.p4.v1.ActionProfileAction.prototype.getWatchPort_asB64 = function() {
  return /** @type {string} */ (jspb.Message.bytesAsB64(
      this.getWatchPort()));
};


/**
 * optional bytes watch_port = 4;
 * Note that Uint8Array is not supported on all browsers.
 * @see http://caniuse.com/Uint8Array
 * This is a type-conversion wrapper around `getWatchPort()`
 * @return {!Uint8Array}
 */
proto.p4.v1.ActionProfileAction.prototype.getWatchPort_asU8 = function() {
  return /** @type {!Uint8Array} */ (jspb.Message.bytesAsU8(
      this.getWatchPort()));
};


/**
 * @param {!(string|Uint8Array)} value
 * @return {!proto.p4.v1.ActionProfileAction} returns this
 */
proto.p4.v1.ActionProfileAction.prototype.setWatchPort = function(value) {
  return jspb.Message.setOneofField(this, 4, proto.p4.v1.ActionProfileAction.oneofGroups_[0], value);
};


/**
 * Clears the field making it undefined.
 * @return {!proto.p4.v1.ActionProfileAction} returns this
 */
proto.p4.v1.ActionProfileAction.prototype.clearWatchPort = function() {
  return jspb.Message.setOneofField(this, 4, proto.p4.v1.ActionProfileAction.oneofGroups_[0], undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.ActionProfileAction.prototype.hasWatchPort = function() {
  return jspb.Message.getField(this, 4) != null;
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.ActionProfileMember.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.ActionProfileMember.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.ActionProfileMember} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ActionProfileMember.toObject = function(includeInstance, msg) {
  var f, obj = {
    actionProfileId: jspb.Message.getFieldWithDefault(msg, 1, 0),
    memberId: jspb.Message.getFieldWithDefault(msg, 2, 0),
    action: (f = msg.getAction()) && proto.p4.v1.Action.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.ActionProfileMember}
 */
proto.p4.v1.ActionProfileMember.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.ActionProfileMember;
  return proto.p4.v1.ActionProfileMember.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.ActionProfileMember} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.ActionProfileMember}
 */
proto.p4.v1.ActionProfileMember.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setActionProfileId(value);
      break;
    case 2:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setMemberId(value);
      break;
    case 3:
      var value = new proto.p4.v1.Action;
      reader.readMessage(value,proto.p4.v1.Action.deserializeBinaryFromReader);
      msg.setAction(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.ActionProfileMember.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.ActionProfileMember.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.ActionProfileMember} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ActionProfileMember.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getActionProfileId();
  if (f !== 0) {
    writer.writeUint32(
      1,
      f
    );
  }
  f = message.getMemberId();
  if (f !== 0) {
    writer.writeUint32(
      2,
      f
    );
  }
  f = message.getAction();
  if (f != null) {
    writer.writeMessage(
      3,
      f,
      proto.p4.v1.Action.serializeBinaryToWriter
    );
  }
};


/**
 * optional uint32 action_profile_id = 1;
 * @return {number}
 */
proto.p4.v1.ActionProfileMember.prototype.getActionProfileId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.ActionProfileMember} returns this
 */
proto.p4.v1.ActionProfileMember.prototype.setActionProfileId = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * optional uint32 member_id = 2;
 * @return {number}
 */
proto.p4.v1.ActionProfileMember.prototype.getMemberId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 2, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.ActionProfileMember} returns this
 */
proto.p4.v1.ActionProfileMember.prototype.setMemberId = function(value) {
  return jspb.Message.setProto3IntField(this, 2, value);
};


/**
 * optional Action action = 3;
 * @return {?proto.p4.v1.Action}
 */
proto.p4.v1.ActionProfileMember.prototype.getAction = function() {
  return /** @type{?proto.p4.v1.Action} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.Action, 3));
};


/**
 * @param {?proto.p4.v1.Action|undefined} value
 * @return {!proto.p4.v1.ActionProfileMember} returns this
*/
proto.p4.v1.ActionProfileMember.prototype.setAction = function(value) {
  return jspb.Message.setWrapperField(this, 3, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.ActionProfileMember} returns this
 */
proto.p4.v1.ActionProfileMember.prototype.clearAction = function() {
  return this.setAction(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.ActionProfileMember.prototype.hasAction = function() {
  return jspb.Message.getField(this, 3) != null;
};



/**
 * List of repeated fields within this message type.
 * @private {!Array<number>}
 * @const
 */
proto.p4.v1.ActionProfileGroup.repeatedFields_ = [3];



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.ActionProfileGroup.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.ActionProfileGroup.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.ActionProfileGroup} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ActionProfileGroup.toObject = function(includeInstance, msg) {
  var f, obj = {
    actionProfileId: jspb.Message.getFieldWithDefault(msg, 1, 0),
    groupId: jspb.Message.getFieldWithDefault(msg, 2, 0),
    membersList: jspb.Message.toObjectList(msg.getMembersList(),
    proto.p4.v1.ActionProfileGroup.Member.toObject, includeInstance),
    maxSize: jspb.Message.getFieldWithDefault(msg, 4, 0)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.ActionProfileGroup}
 */
proto.p4.v1.ActionProfileGroup.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.ActionProfileGroup;
  return proto.p4.v1.ActionProfileGroup.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.ActionProfileGroup} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.ActionProfileGroup}
 */
proto.p4.v1.ActionProfileGroup.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setActionProfileId(value);
      break;
    case 2:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setGroupId(value);
      break;
    case 3:
      var value = new proto.p4.v1.ActionProfileGroup.Member;
      reader.readMessage(value,proto.p4.v1.ActionProfileGroup.Member.deserializeBinaryFromReader);
      msg.addMembers(value);
      break;
    case 4:
      var value = /** @type {number} */ (reader.readInt32());
      msg.setMaxSize(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.ActionProfileGroup.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.ActionProfileGroup.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.ActionProfileGroup} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ActionProfileGroup.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getActionProfileId();
  if (f !== 0) {
    writer.writeUint32(
      1,
      f
    );
  }
  f = message.getGroupId();
  if (f !== 0) {
    writer.writeUint32(
      2,
      f
    );
  }
  f = message.getMembersList();
  if (f.length > 0) {
    writer.writeRepeatedMessage(
      3,
      f,
      proto.p4.v1.ActionProfileGroup.Member.serializeBinaryToWriter
    );
  }
  f = message.getMaxSize();
  if (f !== 0) {
    writer.writeInt32(
      4,
      f
    );
  }
};



/**
 * Oneof group definitions for this message. Each group defines the field
 * numbers belonging to that group. When of these fields' value is set, all
 * other fields in the group are cleared. During deserialization, if multiple
 * fields are encountered for a group, only the last value seen will be kept.
 * @private {!Array<!Array<number>>}
 * @const
 */
proto.p4.v1.ActionProfileGroup.Member.oneofGroups_ = [[3,4]];

/**
 * @enum {number}
 */
proto.p4.v1.ActionProfileGroup.Member.WatchKindCase = {
  WATCH_KIND_NOT_SET: 0,
  WATCH: 3,
  WATCH_PORT: 4
};

/**
 * @return {proto.p4.v1.ActionProfileGroup.Member.WatchKindCase}
 */
proto.p4.v1.ActionProfileGroup.Member.prototype.getWatchKindCase = function() {
  return /** @type {proto.p4.v1.ActionProfileGroup.Member.WatchKindCase} */(jspb.Message.computeOneofCase(this, proto.p4.v1.ActionProfileGroup.Member.oneofGroups_[0]));
};



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.ActionProfileGroup.Member.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.ActionProfileGroup.Member.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.ActionProfileGroup.Member} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ActionProfileGroup.Member.toObject = function(includeInstance, msg) {
  var f, obj = {
    memberId: jspb.Message.getFieldWithDefault(msg, 1, 0),
    weight: jspb.Message.getFieldWithDefault(msg, 2, 0),
    watch: jspb.Message.getFieldWithDefault(msg, 3, 0),
    watchPort: msg.getWatchPort_asB64()
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.ActionProfileGroup.Member}
 */
proto.p4.v1.ActionProfileGroup.Member.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.ActionProfileGroup.Member;
  return proto.p4.v1.ActionProfileGroup.Member.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.ActionProfileGroup.Member} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.ActionProfileGroup.Member}
 */
proto.p4.v1.ActionProfileGroup.Member.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setMemberId(value);
      break;
    case 2:
      var value = /** @type {number} */ (reader.readInt32());
      msg.setWeight(value);
      break;
    case 3:
      var value = /** @type {number} */ (reader.readInt32());
      msg.setWatch(value);
      break;
    case 4:
      var value = /** @type {!Uint8Array} */ (reader.readBytes());
      msg.setWatchPort(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.ActionProfileGroup.Member.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.ActionProfileGroup.Member.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.ActionProfileGroup.Member} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ActionProfileGroup.Member.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getMemberId();
  if (f !== 0) {
    writer.writeUint32(
      1,
      f
    );
  }
  f = message.getWeight();
  if (f !== 0) {
    writer.writeInt32(
      2,
      f
    );
  }
  f = /** @type {number} */ (jspb.Message.getField(message, 3));
  if (f != null) {
    writer.writeInt32(
      3,
      f
    );
  }
  f = /** @type {!(string|Uint8Array)} */ (jspb.Message.getField(message, 4));
  if (f != null) {
    writer.writeBytes(
      4,
      f
    );
  }
};


/**
 * optional uint32 member_id = 1;
 * @return {number}
 */
proto.p4.v1.ActionProfileGroup.Member.prototype.getMemberId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.ActionProfileGroup.Member} returns this
 */
proto.p4.v1.ActionProfileGroup.Member.prototype.setMemberId = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * optional int32 weight = 2;
 * @return {number}
 */
proto.p4.v1.ActionProfileGroup.Member.prototype.getWeight = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 2, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.ActionProfileGroup.Member} returns this
 */
proto.p4.v1.ActionProfileGroup.Member.prototype.setWeight = function(value) {
  return jspb.Message.setProto3IntField(this, 2, value);
};


/**
 * optional int32 watch = 3;
 * @return {number}
 */
proto.p4.v1.ActionProfileGroup.Member.prototype.getWatch = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 3, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.ActionProfileGroup.Member} returns this
 */
proto.p4.v1.ActionProfileGroup.Member.prototype.setWatch = function(value) {
  return jspb.Message.setOneofField(this, 3, proto.p4.v1.ActionProfileGroup.Member.oneofGroups_[0], value);
};


/**
 * Clears the field making it undefined.
 * @return {!proto.p4.v1.ActionProfileGroup.Member} returns this
 */
proto.p4.v1.ActionProfileGroup.Member.prototype.clearWatch = function() {
  return jspb.Message.setOneofField(this, 3, proto.p4.v1.ActionProfileGroup.Member.oneofGroups_[0], undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.ActionProfileGroup.Member.prototype.hasWatch = function() {
  return jspb.Message.getField(this, 3) != null;
};


/**
 * optional bytes watch_port = 4;
 * @return {!(string|Uint8Array)}
 */
proto.p4.v1.ActionProfileGroup.Member.prototype.getWatchPort = function() {
  return /** @type {!(string|Uint8Array)} */ (jspb.Message.getFieldWithDefault(this, 4, ""));
};


/**
 * optional bytes watch_port = 4;
 * This is a type-conversion wrapper around `getWatchPort()`
 * @return {string}
 */
proto.p4.v1.ActionProfileGroup.Member.prototype.getWatchPort_asB64 = function() {
  return /** @type {string} */ (jspb.Message.bytesAsB64(
      this.getWatchPort()));
};


/**
 * optional bytes watch_port = 4;
 * Note that Uint8Array is not supported on all browsers.
 * @see http://caniuse.com/Uint8Array
 * This is a type-conversion wrapper around `getWatchPort()`
 * @return {!Uint8Array}
 */
proto.p4.v1.ActionProfileGroup.Member.prototype.getWatchPort_asU8 = function() {
  return /** @type {!Uint8Array} */ (jspb.Message.bytesAsU8(
      this.getWatchPort()));
};


/**
 * @param {!(string|Uint8Array)} value
 * @return {!proto.p4.v1.ActionProfileGroup.Member} returns this
 */
proto.p4.v1.ActionProfileGroup.Member.prototype.setWatchPort = function(value) {
  return jspb.Message.setOneofField(this, 4, proto.p4.v1.ActionProfileGroup.Member.oneofGroups_[0], value);
};


/**
 * Clears the field making it undefined.
 * @return {!proto.p4.v1.ActionProfileGroup.Member} returns this
 */
proto.p4.v1.ActionProfileGroup.Member.prototype.clearWatchPort = function() {
  return jspb.Message.setOneofField(this, 4, proto.p4.v1.ActionProfileGroup.Member.oneofGroups_[0], undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.ActionProfileGroup.Member.prototype.hasWatchPort = function() {
  return jspb.Message.getField(this, 4) != null;
};


/**
 * optional uint32 action_profile_id = 1;
 * @return {number}
 */
proto.p4.v1.ActionProfileGroup.prototype.getActionProfileId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.ActionProfileGroup} returns this
 */
proto.p4.v1.ActionProfileGroup.prototype.setActionProfileId = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * optional uint32 group_id = 2;
 * @return {number}
 */
proto.p4.v1.ActionProfileGroup.prototype.getGroupId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 2, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.ActionProfileGroup} returns this
 */
proto.p4.v1.ActionProfileGroup.prototype.setGroupId = function(value) {
  return jspb.Message.setProto3IntField(this, 2, value);
};


/**
 * repeated Member members = 3;
 * @return {!Array<!proto.p4.v1.ActionProfileGroup.Member>}
 */
proto.p4.v1.ActionProfileGroup.prototype.getMembersList = function() {
  return /** @type{!Array<!proto.p4.v1.ActionProfileGroup.Member>} */ (
    jspb.Message.getRepeatedWrapperField(this, proto.p4.v1.ActionProfileGroup.Member, 3));
};


/**
 * @param {!Array<!proto.p4.v1.ActionProfileGroup.Member>} value
 * @return {!proto.p4.v1.ActionProfileGroup} returns this
*/
proto.p4.v1.ActionProfileGroup.prototype.setMembersList = function(value) {
  return jspb.Message.setRepeatedWrapperField(this, 3, value);
};


/**
 * @param {!proto.p4.v1.ActionProfileGroup.Member=} opt_value
 * @param {number=} opt_index
 * @return {!proto.p4.v1.ActionProfileGroup.Member}
 */
proto.p4.v1.ActionProfileGroup.prototype.addMembers = function(opt_value, opt_index) {
  return jspb.Message.addToRepeatedWrapperField(this, 3, opt_value, proto.p4.v1.ActionProfileGroup.Member, opt_index);
};


/**
 * Clears the list making it empty but non-null.
 * @return {!proto.p4.v1.ActionProfileGroup} returns this
 */
proto.p4.v1.ActionProfileGroup.prototype.clearMembersList = function() {
  return this.setMembersList([]);
};


/**
 * optional int32 max_size = 4;
 * @return {number}
 */
proto.p4.v1.ActionProfileGroup.prototype.getMaxSize = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 4, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.ActionProfileGroup} returns this
 */
proto.p4.v1.ActionProfileGroup.prototype.setMaxSize = function(value) {
  return jspb.Message.setProto3IntField(this, 4, value);
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.Index.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.Index.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.Index} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.Index.toObject = function(includeInstance, msg) {
  var f, obj = {
    index: jspb.Message.getFieldWithDefault(msg, 1, 0)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.Index}
 */
proto.p4.v1.Index.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.Index;
  return proto.p4.v1.Index.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.Index} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.Index}
 */
proto.p4.v1.Index.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readInt64());
      msg.setIndex(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.Index.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.Index.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.Index} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.Index.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getIndex();
  if (f !== 0) {
    writer.writeInt64(
      1,
      f
    );
  }
};


/**
 * optional int64 index = 1;
 * @return {number}
 */
proto.p4.v1.Index.prototype.getIndex = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.Index} returns this
 */
proto.p4.v1.Index.prototype.setIndex = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.MeterEntry.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.MeterEntry.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.MeterEntry} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.MeterEntry.toObject = function(includeInstance, msg) {
  var f, obj = {
    meterId: jspb.Message.getFieldWithDefault(msg, 1, 0),
    index: (f = msg.getIndex()) && proto.p4.v1.Index.toObject(includeInstance, f),
    config: (f = msg.getConfig()) && proto.p4.v1.MeterConfig.toObject(includeInstance, f),
    counterData: (f = msg.getCounterData()) && proto.p4.v1.MeterCounterData.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.MeterEntry}
 */
proto.p4.v1.MeterEntry.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.MeterEntry;
  return proto.p4.v1.MeterEntry.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.MeterEntry} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.MeterEntry}
 */
proto.p4.v1.MeterEntry.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setMeterId(value);
      break;
    case 2:
      var value = new proto.p4.v1.Index;
      reader.readMessage(value,proto.p4.v1.Index.deserializeBinaryFromReader);
      msg.setIndex(value);
      break;
    case 3:
      var value = new proto.p4.v1.MeterConfig;
      reader.readMessage(value,proto.p4.v1.MeterConfig.deserializeBinaryFromReader);
      msg.setConfig(value);
      break;
    case 4:
      var value = new proto.p4.v1.MeterCounterData;
      reader.readMessage(value,proto.p4.v1.MeterCounterData.deserializeBinaryFromReader);
      msg.setCounterData(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.MeterEntry.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.MeterEntry.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.MeterEntry} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.MeterEntry.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getMeterId();
  if (f !== 0) {
    writer.writeUint32(
      1,
      f
    );
  }
  f = message.getIndex();
  if (f != null) {
    writer.writeMessage(
      2,
      f,
      proto.p4.v1.Index.serializeBinaryToWriter
    );
  }
  f = message.getConfig();
  if (f != null) {
    writer.writeMessage(
      3,
      f,
      proto.p4.v1.MeterConfig.serializeBinaryToWriter
    );
  }
  f = message.getCounterData();
  if (f != null) {
    writer.writeMessage(
      4,
      f,
      proto.p4.v1.MeterCounterData.serializeBinaryToWriter
    );
  }
};


/**
 * optional uint32 meter_id = 1;
 * @return {number}
 */
proto.p4.v1.MeterEntry.prototype.getMeterId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.MeterEntry} returns this
 */
proto.p4.v1.MeterEntry.prototype.setMeterId = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * optional Index index = 2;
 * @return {?proto.p4.v1.Index}
 */
proto.p4.v1.MeterEntry.prototype.getIndex = function() {
  return /** @type{?proto.p4.v1.Index} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.Index, 2));
};


/**
 * @param {?proto.p4.v1.Index|undefined} value
 * @return {!proto.p4.v1.MeterEntry} returns this
*/
proto.p4.v1.MeterEntry.prototype.setIndex = function(value) {
  return jspb.Message.setWrapperField(this, 2, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.MeterEntry} returns this
 */
proto.p4.v1.MeterEntry.prototype.clearIndex = function() {
  return this.setIndex(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.MeterEntry.prototype.hasIndex = function() {
  return jspb.Message.getField(this, 2) != null;
};


/**
 * optional MeterConfig config = 3;
 * @return {?proto.p4.v1.MeterConfig}
 */
proto.p4.v1.MeterEntry.prototype.getConfig = function() {
  return /** @type{?proto.p4.v1.MeterConfig} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.MeterConfig, 3));
};


/**
 * @param {?proto.p4.v1.MeterConfig|undefined} value
 * @return {!proto.p4.v1.MeterEntry} returns this
*/
proto.p4.v1.MeterEntry.prototype.setConfig = function(value) {
  return jspb.Message.setWrapperField(this, 3, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.MeterEntry} returns this
 */
proto.p4.v1.MeterEntry.prototype.clearConfig = function() {
  return this.setConfig(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.MeterEntry.prototype.hasConfig = function() {
  return jspb.Message.getField(this, 3) != null;
};


/**
 * optional MeterCounterData counter_data = 4;
 * @return {?proto.p4.v1.MeterCounterData}
 */
proto.p4.v1.MeterEntry.prototype.getCounterData = function() {
  return /** @type{?proto.p4.v1.MeterCounterData} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.MeterCounterData, 4));
};


/**
 * @param {?proto.p4.v1.MeterCounterData|undefined} value
 * @return {!proto.p4.v1.MeterEntry} returns this
*/
proto.p4.v1.MeterEntry.prototype.setCounterData = function(value) {
  return jspb.Message.setWrapperField(this, 4, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.MeterEntry} returns this
 */
proto.p4.v1.MeterEntry.prototype.clearCounterData = function() {
  return this.setCounterData(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.MeterEntry.prototype.hasCounterData = function() {
  return jspb.Message.getField(this, 4) != null;
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.DirectMeterEntry.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.DirectMeterEntry.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.DirectMeterEntry} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.DirectMeterEntry.toObject = function(includeInstance, msg) {
  var f, obj = {
    tableEntry: (f = msg.getTableEntry()) && proto.p4.v1.TableEntry.toObject(includeInstance, f),
    config: (f = msg.getConfig()) && proto.p4.v1.MeterConfig.toObject(includeInstance, f),
    counterData: (f = msg.getCounterData()) && proto.p4.v1.MeterCounterData.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.DirectMeterEntry}
 */
proto.p4.v1.DirectMeterEntry.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.DirectMeterEntry;
  return proto.p4.v1.DirectMeterEntry.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.DirectMeterEntry} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.DirectMeterEntry}
 */
proto.p4.v1.DirectMeterEntry.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = new proto.p4.v1.TableEntry;
      reader.readMessage(value,proto.p4.v1.TableEntry.deserializeBinaryFromReader);
      msg.setTableEntry(value);
      break;
    case 2:
      var value = new proto.p4.v1.MeterConfig;
      reader.readMessage(value,proto.p4.v1.MeterConfig.deserializeBinaryFromReader);
      msg.setConfig(value);
      break;
    case 3:
      var value = new proto.p4.v1.MeterCounterData;
      reader.readMessage(value,proto.p4.v1.MeterCounterData.deserializeBinaryFromReader);
      msg.setCounterData(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.DirectMeterEntry.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.DirectMeterEntry.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.DirectMeterEntry} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.DirectMeterEntry.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getTableEntry();
  if (f != null) {
    writer.writeMessage(
      1,
      f,
      proto.p4.v1.TableEntry.serializeBinaryToWriter
    );
  }
  f = message.getConfig();
  if (f != null) {
    writer.writeMessage(
      2,
      f,
      proto.p4.v1.MeterConfig.serializeBinaryToWriter
    );
  }
  f = message.getCounterData();
  if (f != null) {
    writer.writeMessage(
      3,
      f,
      proto.p4.v1.MeterCounterData.serializeBinaryToWriter
    );
  }
};


/**
 * optional TableEntry table_entry = 1;
 * @return {?proto.p4.v1.TableEntry}
 */
proto.p4.v1.DirectMeterEntry.prototype.getTableEntry = function() {
  return /** @type{?proto.p4.v1.TableEntry} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.TableEntry, 1));
};


/**
 * @param {?proto.p4.v1.TableEntry|undefined} value
 * @return {!proto.p4.v1.DirectMeterEntry} returns this
*/
proto.p4.v1.DirectMeterEntry.prototype.setTableEntry = function(value) {
  return jspb.Message.setWrapperField(this, 1, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.DirectMeterEntry} returns this
 */
proto.p4.v1.DirectMeterEntry.prototype.clearTableEntry = function() {
  return this.setTableEntry(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.DirectMeterEntry.prototype.hasTableEntry = function() {
  return jspb.Message.getField(this, 1) != null;
};


/**
 * optional MeterConfig config = 2;
 * @return {?proto.p4.v1.MeterConfig}
 */
proto.p4.v1.DirectMeterEntry.prototype.getConfig = function() {
  return /** @type{?proto.p4.v1.MeterConfig} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.MeterConfig, 2));
};


/**
 * @param {?proto.p4.v1.MeterConfig|undefined} value
 * @return {!proto.p4.v1.DirectMeterEntry} returns this
*/
proto.p4.v1.DirectMeterEntry.prototype.setConfig = function(value) {
  return jspb.Message.setWrapperField(this, 2, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.DirectMeterEntry} returns this
 */
proto.p4.v1.DirectMeterEntry.prototype.clearConfig = function() {
  return this.setConfig(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.DirectMeterEntry.prototype.hasConfig = function() {
  return jspb.Message.getField(this, 2) != null;
};


/**
 * optional MeterCounterData counter_data = 3;
 * @return {?proto.p4.v1.MeterCounterData}
 */
proto.p4.v1.DirectMeterEntry.prototype.getCounterData = function() {
  return /** @type{?proto.p4.v1.MeterCounterData} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.MeterCounterData, 3));
};


/**
 * @param {?proto.p4.v1.MeterCounterData|undefined} value
 * @return {!proto.p4.v1.DirectMeterEntry} returns this
*/
proto.p4.v1.DirectMeterEntry.prototype.setCounterData = function(value) {
  return jspb.Message.setWrapperField(this, 3, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.DirectMeterEntry} returns this
 */
proto.p4.v1.DirectMeterEntry.prototype.clearCounterData = function() {
  return this.setCounterData(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.DirectMeterEntry.prototype.hasCounterData = function() {
  return jspb.Message.getField(this, 3) != null;
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.MeterConfig.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.MeterConfig.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.MeterConfig} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.MeterConfig.toObject = function(includeInstance, msg) {
  var f, obj = {
    cir: jspb.Message.getFieldWithDefault(msg, 1, 0),
    cburst: jspb.Message.getFieldWithDefault(msg, 2, 0),
    pir: jspb.Message.getFieldWithDefault(msg, 3, 0),
    pburst: jspb.Message.getFieldWithDefault(msg, 4, 0),
    eburst: jspb.Message.getFieldWithDefault(msg, 5, 0)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.MeterConfig}
 */
proto.p4.v1.MeterConfig.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.MeterConfig;
  return proto.p4.v1.MeterConfig.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.MeterConfig} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.MeterConfig}
 */
proto.p4.v1.MeterConfig.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readInt64());
      msg.setCir(value);
      break;
    case 2:
      var value = /** @type {number} */ (reader.readInt64());
      msg.setCburst(value);
      break;
    case 3:
      var value = /** @type {number} */ (reader.readInt64());
      msg.setPir(value);
      break;
    case 4:
      var value = /** @type {number} */ (reader.readInt64());
      msg.setPburst(value);
      break;
    case 5:
      var value = /** @type {number} */ (reader.readInt64());
      msg.setEburst(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.MeterConfig.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.MeterConfig.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.MeterConfig} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.MeterConfig.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getCir();
  if (f !== 0) {
    writer.writeInt64(
      1,
      f
    );
  }
  f = message.getCburst();
  if (f !== 0) {
    writer.writeInt64(
      2,
      f
    );
  }
  f = message.getPir();
  if (f !== 0) {
    writer.writeInt64(
      3,
      f
    );
  }
  f = message.getPburst();
  if (f !== 0) {
    writer.writeInt64(
      4,
      f
    );
  }
  f = message.getEburst();
  if (f !== 0) {
    writer.writeInt64(
      5,
      f
    );
  }
};


/**
 * optional int64 cir = 1;
 * @return {number}
 */
proto.p4.v1.MeterConfig.prototype.getCir = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.MeterConfig} returns this
 */
proto.p4.v1.MeterConfig.prototype.setCir = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * optional int64 cburst = 2;
 * @return {number}
 */
proto.p4.v1.MeterConfig.prototype.getCburst = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 2, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.MeterConfig} returns this
 */
proto.p4.v1.MeterConfig.prototype.setCburst = function(value) {
  return jspb.Message.setProto3IntField(this, 2, value);
};


/**
 * optional int64 pir = 3;
 * @return {number}
 */
proto.p4.v1.MeterConfig.prototype.getPir = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 3, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.MeterConfig} returns this
 */
proto.p4.v1.MeterConfig.prototype.setPir = function(value) {
  return jspb.Message.setProto3IntField(this, 3, value);
};


/**
 * optional int64 pburst = 4;
 * @return {number}
 */
proto.p4.v1.MeterConfig.prototype.getPburst = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 4, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.MeterConfig} returns this
 */
proto.p4.v1.MeterConfig.prototype.setPburst = function(value) {
  return jspb.Message.setProto3IntField(this, 4, value);
};


/**
 * optional int64 eburst = 5;
 * @return {number}
 */
proto.p4.v1.MeterConfig.prototype.getEburst = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 5, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.MeterConfig} returns this
 */
proto.p4.v1.MeterConfig.prototype.setEburst = function(value) {
  return jspb.Message.setProto3IntField(this, 5, value);
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.CounterEntry.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.CounterEntry.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.CounterEntry} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.CounterEntry.toObject = function(includeInstance, msg) {
  var f, obj = {
    counterId: jspb.Message.getFieldWithDefault(msg, 1, 0),
    index: (f = msg.getIndex()) && proto.p4.v1.Index.toObject(includeInstance, f),
    data: (f = msg.getData()) && proto.p4.v1.CounterData.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.CounterEntry}
 */
proto.p4.v1.CounterEntry.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.CounterEntry;
  return proto.p4.v1.CounterEntry.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.CounterEntry} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.CounterEntry}
 */
proto.p4.v1.CounterEntry.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setCounterId(value);
      break;
    case 2:
      var value = new proto.p4.v1.Index;
      reader.readMessage(value,proto.p4.v1.Index.deserializeBinaryFromReader);
      msg.setIndex(value);
      break;
    case 3:
      var value = new proto.p4.v1.CounterData;
      reader.readMessage(value,proto.p4.v1.CounterData.deserializeBinaryFromReader);
      msg.setData(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.CounterEntry.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.CounterEntry.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.CounterEntry} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.CounterEntry.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getCounterId();
  if (f !== 0) {
    writer.writeUint32(
      1,
      f
    );
  }
  f = message.getIndex();
  if (f != null) {
    writer.writeMessage(
      2,
      f,
      proto.p4.v1.Index.serializeBinaryToWriter
    );
  }
  f = message.getData();
  if (f != null) {
    writer.writeMessage(
      3,
      f,
      proto.p4.v1.CounterData.serializeBinaryToWriter
    );
  }
};


/**
 * optional uint32 counter_id = 1;
 * @return {number}
 */
proto.p4.v1.CounterEntry.prototype.getCounterId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.CounterEntry} returns this
 */
proto.p4.v1.CounterEntry.prototype.setCounterId = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * optional Index index = 2;
 * @return {?proto.p4.v1.Index}
 */
proto.p4.v1.CounterEntry.prototype.getIndex = function() {
  return /** @type{?proto.p4.v1.Index} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.Index, 2));
};


/**
 * @param {?proto.p4.v1.Index|undefined} value
 * @return {!proto.p4.v1.CounterEntry} returns this
*/
proto.p4.v1.CounterEntry.prototype.setIndex = function(value) {
  return jspb.Message.setWrapperField(this, 2, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.CounterEntry} returns this
 */
proto.p4.v1.CounterEntry.prototype.clearIndex = function() {
  return this.setIndex(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.CounterEntry.prototype.hasIndex = function() {
  return jspb.Message.getField(this, 2) != null;
};


/**
 * optional CounterData data = 3;
 * @return {?proto.p4.v1.CounterData}
 */
proto.p4.v1.CounterEntry.prototype.getData = function() {
  return /** @type{?proto.p4.v1.CounterData} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.CounterData, 3));
};


/**
 * @param {?proto.p4.v1.CounterData|undefined} value
 * @return {!proto.p4.v1.CounterEntry} returns this
*/
proto.p4.v1.CounterEntry.prototype.setData = function(value) {
  return jspb.Message.setWrapperField(this, 3, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.CounterEntry} returns this
 */
proto.p4.v1.CounterEntry.prototype.clearData = function() {
  return this.setData(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.CounterEntry.prototype.hasData = function() {
  return jspb.Message.getField(this, 3) != null;
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.DirectCounterEntry.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.DirectCounterEntry.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.DirectCounterEntry} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.DirectCounterEntry.toObject = function(includeInstance, msg) {
  var f, obj = {
    tableEntry: (f = msg.getTableEntry()) && proto.p4.v1.TableEntry.toObject(includeInstance, f),
    data: (f = msg.getData()) && proto.p4.v1.CounterData.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.DirectCounterEntry}
 */
proto.p4.v1.DirectCounterEntry.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.DirectCounterEntry;
  return proto.p4.v1.DirectCounterEntry.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.DirectCounterEntry} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.DirectCounterEntry}
 */
proto.p4.v1.DirectCounterEntry.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = new proto.p4.v1.TableEntry;
      reader.readMessage(value,proto.p4.v1.TableEntry.deserializeBinaryFromReader);
      msg.setTableEntry(value);
      break;
    case 2:
      var value = new proto.p4.v1.CounterData;
      reader.readMessage(value,proto.p4.v1.CounterData.deserializeBinaryFromReader);
      msg.setData(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.DirectCounterEntry.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.DirectCounterEntry.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.DirectCounterEntry} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.DirectCounterEntry.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getTableEntry();
  if (f != null) {
    writer.writeMessage(
      1,
      f,
      proto.p4.v1.TableEntry.serializeBinaryToWriter
    );
  }
  f = message.getData();
  if (f != null) {
    writer.writeMessage(
      2,
      f,
      proto.p4.v1.CounterData.serializeBinaryToWriter
    );
  }
};


/**
 * optional TableEntry table_entry = 1;
 * @return {?proto.p4.v1.TableEntry}
 */
proto.p4.v1.DirectCounterEntry.prototype.getTableEntry = function() {
  return /** @type{?proto.p4.v1.TableEntry} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.TableEntry, 1));
};


/**
 * @param {?proto.p4.v1.TableEntry|undefined} value
 * @return {!proto.p4.v1.DirectCounterEntry} returns this
*/
proto.p4.v1.DirectCounterEntry.prototype.setTableEntry = function(value) {
  return jspb.Message.setWrapperField(this, 1, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.DirectCounterEntry} returns this
 */
proto.p4.v1.DirectCounterEntry.prototype.clearTableEntry = function() {
  return this.setTableEntry(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.DirectCounterEntry.prototype.hasTableEntry = function() {
  return jspb.Message.getField(this, 1) != null;
};


/**
 * optional CounterData data = 2;
 * @return {?proto.p4.v1.CounterData}
 */
proto.p4.v1.DirectCounterEntry.prototype.getData = function() {
  return /** @type{?proto.p4.v1.CounterData} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.CounterData, 2));
};


/**
 * @param {?proto.p4.v1.CounterData|undefined} value
 * @return {!proto.p4.v1.DirectCounterEntry} returns this
*/
proto.p4.v1.DirectCounterEntry.prototype.setData = function(value) {
  return jspb.Message.setWrapperField(this, 2, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.DirectCounterEntry} returns this
 */
proto.p4.v1.DirectCounterEntry.prototype.clearData = function() {
  return this.setData(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.DirectCounterEntry.prototype.hasData = function() {
  return jspb.Message.getField(this, 2) != null;
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.CounterData.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.CounterData.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.CounterData} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.CounterData.toObject = function(includeInstance, msg) {
  var f, obj = {
    byteCount: jspb.Message.getFieldWithDefault(msg, 1, 0),
    packetCount: jspb.Message.getFieldWithDefault(msg, 2, 0)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.CounterData}
 */
proto.p4.v1.CounterData.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.CounterData;
  return proto.p4.v1.CounterData.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.CounterData} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.CounterData}
 */
proto.p4.v1.CounterData.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readInt64());
      msg.setByteCount(value);
      break;
    case 2:
      var value = /** @type {number} */ (reader.readInt64());
      msg.setPacketCount(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.CounterData.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.CounterData.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.CounterData} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.CounterData.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getByteCount();
  if (f !== 0) {
    writer.writeInt64(
      1,
      f
    );
  }
  f = message.getPacketCount();
  if (f !== 0) {
    writer.writeInt64(
      2,
      f
    );
  }
};


/**
 * optional int64 byte_count = 1;
 * @return {number}
 */
proto.p4.v1.CounterData.prototype.getByteCount = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.CounterData} returns this
 */
proto.p4.v1.CounterData.prototype.setByteCount = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * optional int64 packet_count = 2;
 * @return {number}
 */
proto.p4.v1.CounterData.prototype.getPacketCount = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 2, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.CounterData} returns this
 */
proto.p4.v1.CounterData.prototype.setPacketCount = function(value) {
  return jspb.Message.setProto3IntField(this, 2, value);
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.MeterCounterData.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.MeterCounterData.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.MeterCounterData} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.MeterCounterData.toObject = function(includeInstance, msg) {
  var f, obj = {
    green: (f = msg.getGreen()) && proto.p4.v1.CounterData.toObject(includeInstance, f),
    yellow: (f = msg.getYellow()) && proto.p4.v1.CounterData.toObject(includeInstance, f),
    red: (f = msg.getRed()) && proto.p4.v1.CounterData.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.MeterCounterData}
 */
proto.p4.v1.MeterCounterData.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.MeterCounterData;
  return proto.p4.v1.MeterCounterData.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.MeterCounterData} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.MeterCounterData}
 */
proto.p4.v1.MeterCounterData.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = new proto.p4.v1.CounterData;
      reader.readMessage(value,proto.p4.v1.CounterData.deserializeBinaryFromReader);
      msg.setGreen(value);
      break;
    case 2:
      var value = new proto.p4.v1.CounterData;
      reader.readMessage(value,proto.p4.v1.CounterData.deserializeBinaryFromReader);
      msg.setYellow(value);
      break;
    case 3:
      var value = new proto.p4.v1.CounterData;
      reader.readMessage(value,proto.p4.v1.CounterData.deserializeBinaryFromReader);
      msg.setRed(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.MeterCounterData.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.MeterCounterData.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.MeterCounterData} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.MeterCounterData.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getGreen();
  if (f != null) {
    writer.writeMessage(
      1,
      f,
      proto.p4.v1.CounterData.serializeBinaryToWriter
    );
  }
  f = message.getYellow();
  if (f != null) {
    writer.writeMessage(
      2,
      f,
      proto.p4.v1.CounterData.serializeBinaryToWriter
    );
  }
  f = message.getRed();
  if (f != null) {
    writer.writeMessage(
      3,
      f,
      proto.p4.v1.CounterData.serializeBinaryToWriter
    );
  }
};


/**
 * optional CounterData green = 1;
 * @return {?proto.p4.v1.CounterData}
 */
proto.p4.v1.MeterCounterData.prototype.getGreen = function() {
  return /** @type{?proto.p4.v1.CounterData} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.CounterData, 1));
};


/**
 * @param {?proto.p4.v1.CounterData|undefined} value
 * @return {!proto.p4.v1.MeterCounterData} returns this
*/
proto.p4.v1.MeterCounterData.prototype.setGreen = function(value) {
  return jspb.Message.setWrapperField(this, 1, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.MeterCounterData} returns this
 */
proto.p4.v1.MeterCounterData.prototype.clearGreen = function() {
  return this.setGreen(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.MeterCounterData.prototype.hasGreen = function() {
  return jspb.Message.getField(this, 1) != null;
};


/**
 * optional CounterData yellow = 2;
 * @return {?proto.p4.v1.CounterData}
 */
proto.p4.v1.MeterCounterData.prototype.getYellow = function() {
  return /** @type{?proto.p4.v1.CounterData} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.CounterData, 2));
};


/**
 * @param {?proto.p4.v1.CounterData|undefined} value
 * @return {!proto.p4.v1.MeterCounterData} returns this
*/
proto.p4.v1.MeterCounterData.prototype.setYellow = function(value) {
  return jspb.Message.setWrapperField(this, 2, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.MeterCounterData} returns this
 */
proto.p4.v1.MeterCounterData.prototype.clearYellow = function() {
  return this.setYellow(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.MeterCounterData.prototype.hasYellow = function() {
  return jspb.Message.getField(this, 2) != null;
};


/**
 * optional CounterData red = 3;
 * @return {?proto.p4.v1.CounterData}
 */
proto.p4.v1.MeterCounterData.prototype.getRed = function() {
  return /** @type{?proto.p4.v1.CounterData} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.CounterData, 3));
};


/**
 * @param {?proto.p4.v1.CounterData|undefined} value
 * @return {!proto.p4.v1.MeterCounterData} returns this
*/
proto.p4.v1.MeterCounterData.prototype.setRed = function(value) {
  return jspb.Message.setWrapperField(this, 3, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.MeterCounterData} returns this
 */
proto.p4.v1.MeterCounterData.prototype.clearRed = function() {
  return this.setRed(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.MeterCounterData.prototype.hasRed = function() {
  return jspb.Message.getField(this, 3) != null;
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.RegisterEntry.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.RegisterEntry.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.RegisterEntry} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.RegisterEntry.toObject = function(includeInstance, msg) {
  var f, obj = {
    registerId: jspb.Message.getFieldWithDefault(msg, 1, 0),
    index: (f = msg.getIndex()) && proto.p4.v1.Index.toObject(includeInstance, f),
    data: (f = msg.getData()) && p4_v1_p4data_pb.P4Data.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.RegisterEntry}
 */
proto.p4.v1.RegisterEntry.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.RegisterEntry;
  return proto.p4.v1.RegisterEntry.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.RegisterEntry} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.RegisterEntry}
 */
proto.p4.v1.RegisterEntry.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setRegisterId(value);
      break;
    case 2:
      var value = new proto.p4.v1.Index;
      reader.readMessage(value,proto.p4.v1.Index.deserializeBinaryFromReader);
      msg.setIndex(value);
      break;
    case 3:
      var value = new p4_v1_p4data_pb.P4Data;
      reader.readMessage(value,p4_v1_p4data_pb.P4Data.deserializeBinaryFromReader);
      msg.setData(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.RegisterEntry.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.RegisterEntry.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.RegisterEntry} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.RegisterEntry.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getRegisterId();
  if (f !== 0) {
    writer.writeUint32(
      1,
      f
    );
  }
  f = message.getIndex();
  if (f != null) {
    writer.writeMessage(
      2,
      f,
      proto.p4.v1.Index.serializeBinaryToWriter
    );
  }
  f = message.getData();
  if (f != null) {
    writer.writeMessage(
      3,
      f,
      p4_v1_p4data_pb.P4Data.serializeBinaryToWriter
    );
  }
};


/**
 * optional uint32 register_id = 1;
 * @return {number}
 */
proto.p4.v1.RegisterEntry.prototype.getRegisterId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.RegisterEntry} returns this
 */
proto.p4.v1.RegisterEntry.prototype.setRegisterId = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * optional Index index = 2;
 * @return {?proto.p4.v1.Index}
 */
proto.p4.v1.RegisterEntry.prototype.getIndex = function() {
  return /** @type{?proto.p4.v1.Index} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.Index, 2));
};


/**
 * @param {?proto.p4.v1.Index|undefined} value
 * @return {!proto.p4.v1.RegisterEntry} returns this
*/
proto.p4.v1.RegisterEntry.prototype.setIndex = function(value) {
  return jspb.Message.setWrapperField(this, 2, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.RegisterEntry} returns this
 */
proto.p4.v1.RegisterEntry.prototype.clearIndex = function() {
  return this.setIndex(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.RegisterEntry.prototype.hasIndex = function() {
  return jspb.Message.getField(this, 2) != null;
};


/**
 * optional P4Data data = 3;
 * @return {?proto.p4.v1.P4Data}
 */
proto.p4.v1.RegisterEntry.prototype.getData = function() {
  return /** @type{?proto.p4.v1.P4Data} */ (
    jspb.Message.getWrapperField(this, p4_v1_p4data_pb.P4Data, 3));
};


/**
 * @param {?proto.p4.v1.P4Data|undefined} value
 * @return {!proto.p4.v1.RegisterEntry} returns this
*/
proto.p4.v1.RegisterEntry.prototype.setData = function(value) {
  return jspb.Message.setWrapperField(this, 3, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.RegisterEntry} returns this
 */
proto.p4.v1.RegisterEntry.prototype.clearData = function() {
  return this.setData(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.RegisterEntry.prototype.hasData = function() {
  return jspb.Message.getField(this, 3) != null;
};



/**
 * List of repeated fields within this message type.
 * @private {!Array<number>}
 * @const
 */
proto.p4.v1.ValueSetMember.repeatedFields_ = [1];



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.ValueSetMember.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.ValueSetMember.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.ValueSetMember} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ValueSetMember.toObject = function(includeInstance, msg) {
  var f, obj = {
    matchList: jspb.Message.toObjectList(msg.getMatchList(),
    proto.p4.v1.FieldMatch.toObject, includeInstance)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.ValueSetMember}
 */
proto.p4.v1.ValueSetMember.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.ValueSetMember;
  return proto.p4.v1.ValueSetMember.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.ValueSetMember} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.ValueSetMember}
 */
proto.p4.v1.ValueSetMember.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = new proto.p4.v1.FieldMatch;
      reader.readMessage(value,proto.p4.v1.FieldMatch.deserializeBinaryFromReader);
      msg.addMatch(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.ValueSetMember.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.ValueSetMember.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.ValueSetMember} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ValueSetMember.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getMatchList();
  if (f.length > 0) {
    writer.writeRepeatedMessage(
      1,
      f,
      proto.p4.v1.FieldMatch.serializeBinaryToWriter
    );
  }
};


/**
 * repeated FieldMatch match = 1;
 * @return {!Array<!proto.p4.v1.FieldMatch>}
 */
proto.p4.v1.ValueSetMember.prototype.getMatchList = function() {
  return /** @type{!Array<!proto.p4.v1.FieldMatch>} */ (
    jspb.Message.getRepeatedWrapperField(this, proto.p4.v1.FieldMatch, 1));
};


/**
 * @param {!Array<!proto.p4.v1.FieldMatch>} value
 * @return {!proto.p4.v1.ValueSetMember} returns this
*/
proto.p4.v1.ValueSetMember.prototype.setMatchList = function(value) {
  return jspb.Message.setRepeatedWrapperField(this, 1, value);
};


/**
 * @param {!proto.p4.v1.FieldMatch=} opt_value
 * @param {number=} opt_index
 * @return {!proto.p4.v1.FieldMatch}
 */
proto.p4.v1.ValueSetMember.prototype.addMatch = function(opt_value, opt_index) {
  return jspb.Message.addToRepeatedWrapperField(this, 1, opt_value, proto.p4.v1.FieldMatch, opt_index);
};


/**
 * Clears the list making it empty but non-null.
 * @return {!proto.p4.v1.ValueSetMember} returns this
 */
proto.p4.v1.ValueSetMember.prototype.clearMatchList = function() {
  return this.setMatchList([]);
};



/**
 * List of repeated fields within this message type.
 * @private {!Array<number>}
 * @const
 */
proto.p4.v1.ValueSetEntry.repeatedFields_ = [2];



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.ValueSetEntry.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.ValueSetEntry.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.ValueSetEntry} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ValueSetEntry.toObject = function(includeInstance, msg) {
  var f, obj = {
    valueSetId: jspb.Message.getFieldWithDefault(msg, 1, 0),
    membersList: jspb.Message.toObjectList(msg.getMembersList(),
    proto.p4.v1.ValueSetMember.toObject, includeInstance)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.ValueSetEntry}
 */
proto.p4.v1.ValueSetEntry.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.ValueSetEntry;
  return proto.p4.v1.ValueSetEntry.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.ValueSetEntry} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.ValueSetEntry}
 */
proto.p4.v1.ValueSetEntry.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setValueSetId(value);
      break;
    case 2:
      var value = new proto.p4.v1.ValueSetMember;
      reader.readMessage(value,proto.p4.v1.ValueSetMember.deserializeBinaryFromReader);
      msg.addMembers(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.ValueSetEntry.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.ValueSetEntry.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.ValueSetEntry} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ValueSetEntry.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getValueSetId();
  if (f !== 0) {
    writer.writeUint32(
      1,
      f
    );
  }
  f = message.getMembersList();
  if (f.length > 0) {
    writer.writeRepeatedMessage(
      2,
      f,
      proto.p4.v1.ValueSetMember.serializeBinaryToWriter
    );
  }
};


/**
 * optional uint32 value_set_id = 1;
 * @return {number}
 */
proto.p4.v1.ValueSetEntry.prototype.getValueSetId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.ValueSetEntry} returns this
 */
proto.p4.v1.ValueSetEntry.prototype.setValueSetId = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * repeated ValueSetMember members = 2;
 * @return {!Array<!proto.p4.v1.ValueSetMember>}
 */
proto.p4.v1.ValueSetEntry.prototype.getMembersList = function() {
  return /** @type{!Array<!proto.p4.v1.ValueSetMember>} */ (
    jspb.Message.getRepeatedWrapperField(this, proto.p4.v1.ValueSetMember, 2));
};


/**
 * @param {!Array<!proto.p4.v1.ValueSetMember>} value
 * @return {!proto.p4.v1.ValueSetEntry} returns this
*/
proto.p4.v1.ValueSetEntry.prototype.setMembersList = function(value) {
  return jspb.Message.setRepeatedWrapperField(this, 2, value);
};


/**
 * @param {!proto.p4.v1.ValueSetMember=} opt_value
 * @param {number=} opt_index
 * @return {!proto.p4.v1.ValueSetMember}
 */
proto.p4.v1.ValueSetEntry.prototype.addMembers = function(opt_value, opt_index) {
  return jspb.Message.addToRepeatedWrapperField(this, 2, opt_value, proto.p4.v1.ValueSetMember, opt_index);
};


/**
 * Clears the list making it empty but non-null.
 * @return {!proto.p4.v1.ValueSetEntry} returns this
 */
proto.p4.v1.ValueSetEntry.prototype.clearMembersList = function() {
  return this.setMembersList([]);
};



/**
 * Oneof group definitions for this message. Each group defines the field
 * numbers belonging to that group. When of these fields' value is set, all
 * other fields in the group are cleared. During deserialization, if multiple
 * fields are encountered for a group, only the last value seen will be kept.
 * @private {!Array<!Array<number>>}
 * @const
 */
proto.p4.v1.PacketReplicationEngineEntry.oneofGroups_ = [[1,2]];

/**
 * @enum {number}
 */
proto.p4.v1.PacketReplicationEngineEntry.TypeCase = {
  TYPE_NOT_SET: 0,
  MULTICAST_GROUP_ENTRY: 1,
  CLONE_SESSION_ENTRY: 2
};

/**
 * @return {proto.p4.v1.PacketReplicationEngineEntry.TypeCase}
 */
proto.p4.v1.PacketReplicationEngineEntry.prototype.getTypeCase = function() {
  return /** @type {proto.p4.v1.PacketReplicationEngineEntry.TypeCase} */(jspb.Message.computeOneofCase(this, proto.p4.v1.PacketReplicationEngineEntry.oneofGroups_[0]));
};



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.PacketReplicationEngineEntry.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.PacketReplicationEngineEntry.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.PacketReplicationEngineEntry} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.PacketReplicationEngineEntry.toObject = function(includeInstance, msg) {
  var f, obj = {
    multicastGroupEntry: (f = msg.getMulticastGroupEntry()) && proto.p4.v1.MulticastGroupEntry.toObject(includeInstance, f),
    cloneSessionEntry: (f = msg.getCloneSessionEntry()) && proto.p4.v1.CloneSessionEntry.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.PacketReplicationEngineEntry}
 */
proto.p4.v1.PacketReplicationEngineEntry.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.PacketReplicationEngineEntry;
  return proto.p4.v1.PacketReplicationEngineEntry.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.PacketReplicationEngineEntry} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.PacketReplicationEngineEntry}
 */
proto.p4.v1.PacketReplicationEngineEntry.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = new proto.p4.v1.MulticastGroupEntry;
      reader.readMessage(value,proto.p4.v1.MulticastGroupEntry.deserializeBinaryFromReader);
      msg.setMulticastGroupEntry(value);
      break;
    case 2:
      var value = new proto.p4.v1.CloneSessionEntry;
      reader.readMessage(value,proto.p4.v1.CloneSessionEntry.deserializeBinaryFromReader);
      msg.setCloneSessionEntry(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.PacketReplicationEngineEntry.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.PacketReplicationEngineEntry.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.PacketReplicationEngineEntry} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.PacketReplicationEngineEntry.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getMulticastGroupEntry();
  if (f != null) {
    writer.writeMessage(
      1,
      f,
      proto.p4.v1.MulticastGroupEntry.serializeBinaryToWriter
    );
  }
  f = message.getCloneSessionEntry();
  if (f != null) {
    writer.writeMessage(
      2,
      f,
      proto.p4.v1.CloneSessionEntry.serializeBinaryToWriter
    );
  }
};


/**
 * optional MulticastGroupEntry multicast_group_entry = 1;
 * @return {?proto.p4.v1.MulticastGroupEntry}
 */
proto.p4.v1.PacketReplicationEngineEntry.prototype.getMulticastGroupEntry = function() {
  return /** @type{?proto.p4.v1.MulticastGroupEntry} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.MulticastGroupEntry, 1));
};


/**
 * @param {?proto.p4.v1.MulticastGroupEntry|undefined} value
 * @return {!proto.p4.v1.PacketReplicationEngineEntry} returns this
*/
proto.p4.v1.PacketReplicationEngineEntry.prototype.setMulticastGroupEntry = function(value) {
  return jspb.Message.setOneofWrapperField(this, 1, proto.p4.v1.PacketReplicationEngineEntry.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.PacketReplicationEngineEntry} returns this
 */
proto.p4.v1.PacketReplicationEngineEntry.prototype.clearMulticastGroupEntry = function() {
  return this.setMulticastGroupEntry(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.PacketReplicationEngineEntry.prototype.hasMulticastGroupEntry = function() {
  return jspb.Message.getField(this, 1) != null;
};


/**
 * optional CloneSessionEntry clone_session_entry = 2;
 * @return {?proto.p4.v1.CloneSessionEntry}
 */
proto.p4.v1.PacketReplicationEngineEntry.prototype.getCloneSessionEntry = function() {
  return /** @type{?proto.p4.v1.CloneSessionEntry} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.CloneSessionEntry, 2));
};


/**
 * @param {?proto.p4.v1.CloneSessionEntry|undefined} value
 * @return {!proto.p4.v1.PacketReplicationEngineEntry} returns this
*/
proto.p4.v1.PacketReplicationEngineEntry.prototype.setCloneSessionEntry = function(value) {
  return jspb.Message.setOneofWrapperField(this, 2, proto.p4.v1.PacketReplicationEngineEntry.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.PacketReplicationEngineEntry} returns this
 */
proto.p4.v1.PacketReplicationEngineEntry.prototype.clearCloneSessionEntry = function() {
  return this.setCloneSessionEntry(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.PacketReplicationEngineEntry.prototype.hasCloneSessionEntry = function() {
  return jspb.Message.getField(this, 2) != null;
};



/**
 * List of repeated fields within this message type.
 * @private {!Array<number>}
 * @const
 */
proto.p4.v1.MulticastGroupEntry.repeatedFields_ = [2];



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.MulticastGroupEntry.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.MulticastGroupEntry.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.MulticastGroupEntry} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.MulticastGroupEntry.toObject = function(includeInstance, msg) {
  var f, obj = {
    multicastGroupId: jspb.Message.getFieldWithDefault(msg, 1, 0),
    replicasList: jspb.Message.toObjectList(msg.getReplicasList(),
    proto.p4.v1.Replica.toObject, includeInstance),
    metadata: msg.getMetadata_asB64()
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.MulticastGroupEntry}
 */
proto.p4.v1.MulticastGroupEntry.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.MulticastGroupEntry;
  return proto.p4.v1.MulticastGroupEntry.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.MulticastGroupEntry} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.MulticastGroupEntry}
 */
proto.p4.v1.MulticastGroupEntry.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setMulticastGroupId(value);
      break;
    case 2:
      var value = new proto.p4.v1.Replica;
      reader.readMessage(value,proto.p4.v1.Replica.deserializeBinaryFromReader);
      msg.addReplicas(value);
      break;
    case 3:
      var value = /** @type {!Uint8Array} */ (reader.readBytes());
      msg.setMetadata(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.MulticastGroupEntry.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.MulticastGroupEntry.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.MulticastGroupEntry} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.MulticastGroupEntry.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getMulticastGroupId();
  if (f !== 0) {
    writer.writeUint32(
      1,
      f
    );
  }
  f = message.getReplicasList();
  if (f.length > 0) {
    writer.writeRepeatedMessage(
      2,
      f,
      proto.p4.v1.Replica.serializeBinaryToWriter
    );
  }
  f = message.getMetadata_asU8();
  if (f.length > 0) {
    writer.writeBytes(
      3,
      f
    );
  }
};


/**
 * optional uint32 multicast_group_id = 1;
 * @return {number}
 */
proto.p4.v1.MulticastGroupEntry.prototype.getMulticastGroupId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.MulticastGroupEntry} returns this
 */
proto.p4.v1.MulticastGroupEntry.prototype.setMulticastGroupId = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * repeated Replica replicas = 2;
 * @return {!Array<!proto.p4.v1.Replica>}
 */
proto.p4.v1.MulticastGroupEntry.prototype.getReplicasList = function() {
  return /** @type{!Array<!proto.p4.v1.Replica>} */ (
    jspb.Message.getRepeatedWrapperField(this, proto.p4.v1.Replica, 2));
};


/**
 * @param {!Array<!proto.p4.v1.Replica>} value
 * @return {!proto.p4.v1.MulticastGroupEntry} returns this
*/
proto.p4.v1.MulticastGroupEntry.prototype.setReplicasList = function(value) {
  return jspb.Message.setRepeatedWrapperField(this, 2, value);
};


/**
 * @param {!proto.p4.v1.Replica=} opt_value
 * @param {number=} opt_index
 * @return {!proto.p4.v1.Replica}
 */
proto.p4.v1.MulticastGroupEntry.prototype.addReplicas = function(opt_value, opt_index) {
  return jspb.Message.addToRepeatedWrapperField(this, 2, opt_value, proto.p4.v1.Replica, opt_index);
};


/**
 * Clears the list making it empty but non-null.
 * @return {!proto.p4.v1.MulticastGroupEntry} returns this
 */
proto.p4.v1.MulticastGroupEntry.prototype.clearReplicasList = function() {
  return this.setReplicasList([]);
};


/**
 * optional bytes metadata = 3;
 * @return {!(string|Uint8Array)}
 */
proto.p4.v1.MulticastGroupEntry.prototype.getMetadata = function() {
  return /** @type {!(string|Uint8Array)} */ (jspb.Message.getFieldWithDefault(this, 3, ""));
};


/**
 * optional bytes metadata = 3;
 * This is a type-conversion wrapper around `getMetadata()`
 * @return {string}
 */
proto.p4.v1.MulticastGroupEntry.prototype.getMetadata_asB64 = function() {
  return /** @type {string} */ (jspb.Message.bytesAsB64(
      this.getMetadata()));
};


/**
 * optional bytes metadata = 3;
 * Note that Uint8Array is not supported on all browsers.
 * @see http://caniuse.com/Uint8Array
 * This is a type-conversion wrapper around `getMetadata()`
 * @return {!Uint8Array}
 */
proto.p4.v1.MulticastGroupEntry.prototype.getMetadata_asU8 = function() {
  return /** @type {!Uint8Array} */ (jspb.Message.bytesAsU8(
      this.getMetadata()));
};


/**
 * @param {!(string|Uint8Array)} value
 * @return {!proto.p4.v1.MulticastGroupEntry} returns this
 */
proto.p4.v1.MulticastGroupEntry.prototype.setMetadata = function(value) {
  return jspb.Message.setProto3BytesField(this, 3, value);
};



/**
 * List of repeated fields within this message type.
 * @private {!Array<number>}
 * @const
 */
proto.p4.v1.CloneSessionEntry.repeatedFields_ = [2];



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.CloneSessionEntry.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.CloneSessionEntry.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.CloneSessionEntry} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.CloneSessionEntry.toObject = function(includeInstance, msg) {
  var f, obj = {
    sessionId: jspb.Message.getFieldWithDefault(msg, 1, 0),
    replicasList: jspb.Message.toObjectList(msg.getReplicasList(),
    proto.p4.v1.Replica.toObject, includeInstance),
    classOfService: jspb.Message.getFieldWithDefault(msg, 3, 0),
    packetLengthBytes: jspb.Message.getFieldWithDefault(msg, 4, 0)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.CloneSessionEntry}
 */
proto.p4.v1.CloneSessionEntry.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.CloneSessionEntry;
  return proto.p4.v1.CloneSessionEntry.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.CloneSessionEntry} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.CloneSessionEntry}
 */
proto.p4.v1.CloneSessionEntry.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setSessionId(value);
      break;
    case 2:
      var value = new proto.p4.v1.Replica;
      reader.readMessage(value,proto.p4.v1.Replica.deserializeBinaryFromReader);
      msg.addReplicas(value);
      break;
    case 3:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setClassOfService(value);
      break;
    case 4:
      var value = /** @type {number} */ (reader.readInt32());
      msg.setPacketLengthBytes(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.CloneSessionEntry.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.CloneSessionEntry.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.CloneSessionEntry} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.CloneSessionEntry.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getSessionId();
  if (f !== 0) {
    writer.writeUint32(
      1,
      f
    );
  }
  f = message.getReplicasList();
  if (f.length > 0) {
    writer.writeRepeatedMessage(
      2,
      f,
      proto.p4.v1.Replica.serializeBinaryToWriter
    );
  }
  f = message.getClassOfService();
  if (f !== 0) {
    writer.writeUint32(
      3,
      f
    );
  }
  f = message.getPacketLengthBytes();
  if (f !== 0) {
    writer.writeInt32(
      4,
      f
    );
  }
};


/**
 * optional uint32 session_id = 1;
 * @return {number}
 */
proto.p4.v1.CloneSessionEntry.prototype.getSessionId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.CloneSessionEntry} returns this
 */
proto.p4.v1.CloneSessionEntry.prototype.setSessionId = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * repeated Replica replicas = 2;
 * @return {!Array<!proto.p4.v1.Replica>}
 */
proto.p4.v1.CloneSessionEntry.prototype.getReplicasList = function() {
  return /** @type{!Array<!proto.p4.v1.Replica>} */ (
    jspb.Message.getRepeatedWrapperField(this, proto.p4.v1.Replica, 2));
};


/**
 * @param {!Array<!proto.p4.v1.Replica>} value
 * @return {!proto.p4.v1.CloneSessionEntry} returns this
*/
proto.p4.v1.CloneSessionEntry.prototype.setReplicasList = function(value) {
  return jspb.Message.setRepeatedWrapperField(this, 2, value);
};


/**
 * @param {!proto.p4.v1.Replica=} opt_value
 * @param {number=} opt_index
 * @return {!proto.p4.v1.Replica}
 */
proto.p4.v1.CloneSessionEntry.prototype.addReplicas = function(opt_value, opt_index) {
  return jspb.Message.addToRepeatedWrapperField(this, 2, opt_value, proto.p4.v1.Replica, opt_index);
};


/**
 * Clears the list making it empty but non-null.
 * @return {!proto.p4.v1.CloneSessionEntry} returns this
 */
proto.p4.v1.CloneSessionEntry.prototype.clearReplicasList = function() {
  return this.setReplicasList([]);
};


/**
 * optional uint32 class_of_service = 3;
 * @return {number}
 */
proto.p4.v1.CloneSessionEntry.prototype.getClassOfService = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 3, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.CloneSessionEntry} returns this
 */
proto.p4.v1.CloneSessionEntry.prototype.setClassOfService = function(value) {
  return jspb.Message.setProto3IntField(this, 3, value);
};


/**
 * optional int32 packet_length_bytes = 4;
 * @return {number}
 */
proto.p4.v1.CloneSessionEntry.prototype.getPacketLengthBytes = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 4, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.CloneSessionEntry} returns this
 */
proto.p4.v1.CloneSessionEntry.prototype.setPacketLengthBytes = function(value) {
  return jspb.Message.setProto3IntField(this, 4, value);
};



/**
 * List of repeated fields within this message type.
 * @private {!Array<number>}
 * @const
 */
proto.p4.v1.Replica.repeatedFields_ = [4];

/**
 * Oneof group definitions for this message. Each group defines the field
 * numbers belonging to that group. When of these fields' value is set, all
 * other fields in the group are cleared. During deserialization, if multiple
 * fields are encountered for a group, only the last value seen will be kept.
 * @private {!Array<!Array<number>>}
 * @const
 */
proto.p4.v1.Replica.oneofGroups_ = [[1,3]];

/**
 * @enum {number}
 */
proto.p4.v1.Replica.PortKindCase = {
  PORT_KIND_NOT_SET: 0,
  EGRESS_PORT: 1,
  PORT: 3
};

/**
 * @return {proto.p4.v1.Replica.PortKindCase}
 */
proto.p4.v1.Replica.prototype.getPortKindCase = function() {
  return /** @type {proto.p4.v1.Replica.PortKindCase} */(jspb.Message.computeOneofCase(this, proto.p4.v1.Replica.oneofGroups_[0]));
};



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.Replica.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.Replica.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.Replica} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.Replica.toObject = function(includeInstance, msg) {
  var f, obj = {
    egressPort: jspb.Message.getFieldWithDefault(msg, 1, 0),
    port: msg.getPort_asB64(),
    instance: jspb.Message.getFieldWithDefault(msg, 2, 0),
    backupReplicasList: jspb.Message.toObjectList(msg.getBackupReplicasList(),
    proto.p4.v1.BackupReplica.toObject, includeInstance)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.Replica}
 */
proto.p4.v1.Replica.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.Replica;
  return proto.p4.v1.Replica.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.Replica} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.Replica}
 */
proto.p4.v1.Replica.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setEgressPort(value);
      break;
    case 3:
      var value = /** @type {!Uint8Array} */ (reader.readBytes());
      msg.setPort(value);
      break;
    case 2:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setInstance(value);
      break;
    case 4:
      var value = new proto.p4.v1.BackupReplica;
      reader.readMessage(value,proto.p4.v1.BackupReplica.deserializeBinaryFromReader);
      msg.addBackupReplicas(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.Replica.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.Replica.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.Replica} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.Replica.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = /** @type {number} */ (jspb.Message.getField(message, 1));
  if (f != null) {
    writer.writeUint32(
      1,
      f
    );
  }
  f = message.getInstance();
  if (f !== 0) {
    writer.writeUint32(
      2,
      f
    );
  }
  f = /** @type {!(string|Uint8Array)} */ (jspb.Message.getField(message, 3));
  if (f != null) {
    writer.writeBytes(
      3,
      f
    );
  }
  f = message.getBackupReplicasList();
  if (f.length > 0) {
    writer.writeRepeatedMessage(
      4,
      f,
      proto.p4.v1.BackupReplica.serializeBinaryToWriter
    );
  }
};


/**
 * optional uint32 egress_port = 1;
 * @return {number}
 */
proto.p4.v1.Replica.prototype.getEgressPort = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.Replica} returns this
 */
proto.p4.v1.Replica.prototype.setEgressPort = function(value) {
  return jspb.Message.setOneofField(this, 1, proto.p4.v1.Replica.oneofGroups_[0], value);
};


/**
 * Clears the field making it undefined.
 * @return {!proto.p4.v1.Replica} returns this
 */
proto.p4.v1.Replica.prototype.clearEgressPort = function() {
  return jspb.Message.setOneofField(this, 1, proto.p4.v1.Replica.oneofGroups_[0], undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.Replica.prototype.hasEgressPort = function() {
  return jspb.Message.getField(this, 1) != null;
};


/**
 * optional bytes port = 3;
 * @return {!(string|Uint8Array)}
 */
proto.p4.v1.Replica.prototype.getPort = function() {
  return /** @type {!(string|Uint8Array)} */ (jspb.Message.getFieldWithDefault(this, 3, ""));
};


/**
 * optional bytes port = 3;
 * This is a type-conversion wrapper around `getPort()`
 * @return {string}
 */
proto.p4.v1.Replica.prototype.getPort_asB64 = function() {
  return /** @type {string} */ (jspb.Message.bytesAsB64(
      this.getPort()));
};


/**
 * optional bytes port = 3;
 * Note that Uint8Array is not supported on all browsers.
 * @see http://caniuse.com/Uint8Array
 * This is a type-conversion wrapper around `getPort()`
 * @return {!Uint8Array}
 */
proto.p4.v1.Replica.prototype.getPort_asU8 = function() {
  return /** @type {!Uint8Array} */ (jspb.Message.bytesAsU8(
      this.getPort()));
};


/**
 * @param {!(string|Uint8Array)} value
 * @return {!proto.p4.v1.Replica} returns this
 */
proto.p4.v1.Replica.prototype.setPort = function(value) {
  return jspb.Message.setOneofField(this, 3, proto.p4.v1.Replica.oneofGroups_[0], value);
};


/**
 * Clears the field making it undefined.
 * @return {!proto.p4.v1.Replica} returns this
 */
proto.p4.v1.Replica.prototype.clearPort = function() {
  return jspb.Message.setOneofField(this, 3, proto.p4.v1.Replica.oneofGroups_[0], undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.Replica.prototype.hasPort = function() {
  return jspb.Message.getField(this, 3) != null;
};


/**
 * optional uint32 instance = 2;
 * @return {number}
 */
proto.p4.v1.Replica.prototype.getInstance = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 2, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.Replica} returns this
 */
proto.p4.v1.Replica.prototype.setInstance = function(value) {
  return jspb.Message.setProto3IntField(this, 2, value);
};


/**
 * repeated BackupReplica backup_replicas = 4;
 * @return {!Array<!proto.p4.v1.BackupReplica>}
 */
proto.p4.v1.Replica.prototype.getBackupReplicasList = function() {
  return /** @type{!Array<!proto.p4.v1.BackupReplica>} */ (
    jspb.Message.getRepeatedWrapperField(this, proto.p4.v1.BackupReplica, 4));
};


/**
 * @param {!Array<!proto.p4.v1.BackupReplica>} value
 * @return {!proto.p4.v1.Replica} returns this
*/
proto.p4.v1.Replica.prototype.setBackupReplicasList = function(value) {
  return jspb.Message.setRepeatedWrapperField(this, 4, value);
};


/**
 * @param {!proto.p4.v1.BackupReplica=} opt_value
 * @param {number=} opt_index
 * @return {!proto.p4.v1.BackupReplica}
 */
proto.p4.v1.Replica.prototype.addBackupReplicas = function(opt_value, opt_index) {
  return jspb.Message.addToRepeatedWrapperField(this, 4, opt_value, proto.p4.v1.BackupReplica, opt_index);
};


/**
 * Clears the list making it empty but non-null.
 * @return {!proto.p4.v1.Replica} returns this
 */
proto.p4.v1.Replica.prototype.clearBackupReplicasList = function() {
  return this.setBackupReplicasList([]);
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.BackupReplica.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.BackupReplica.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.BackupReplica} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.BackupReplica.toObject = function(includeInstance, msg) {
  var f, obj = {
    port: msg.getPort_asB64(),
    instance: jspb.Message.getFieldWithDefault(msg, 2, 0)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.BackupReplica}
 */
proto.p4.v1.BackupReplica.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.BackupReplica;
  return proto.p4.v1.BackupReplica.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.BackupReplica} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.BackupReplica}
 */
proto.p4.v1.BackupReplica.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {!Uint8Array} */ (reader.readBytes());
      msg.setPort(value);
      break;
    case 2:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setInstance(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.BackupReplica.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.BackupReplica.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.BackupReplica} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.BackupReplica.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getPort_asU8();
  if (f.length > 0) {
    writer.writeBytes(
      1,
      f
    );
  }
  f = message.getInstance();
  if (f !== 0) {
    writer.writeUint32(
      2,
      f
    );
  }
};


/**
 * optional bytes port = 1;
 * @return {!(string|Uint8Array)}
 */
proto.p4.v1.BackupReplica.prototype.getPort = function() {
  return /** @type {!(string|Uint8Array)} */ (jspb.Message.getFieldWithDefault(this, 1, ""));
};


/**
 * optional bytes port = 1;
 * This is a type-conversion wrapper around `getPort()`
 * @return {string}
 */
proto.p4.v1.BackupReplica.prototype.getPort_asB64 = function() {
  return /** @type {string} */ (jspb.Message.bytesAsB64(
      this.getPort()));
};


/**
 * optional bytes port = 1;
 * Note that Uint8Array is not supported on all browsers.
 * @see http://caniuse.com/Uint8Array
 * This is a type-conversion wrapper around `getPort()`
 * @return {!Uint8Array}
 */
proto.p4.v1.BackupReplica.prototype.getPort_asU8 = function() {
  return /** @type {!Uint8Array} */ (jspb.Message.bytesAsU8(
      this.getPort()));
};


/**
 * @param {!(string|Uint8Array)} value
 * @return {!proto.p4.v1.BackupReplica} returns this
 */
proto.p4.v1.BackupReplica.prototype.setPort = function(value) {
  return jspb.Message.setProto3BytesField(this, 1, value);
};


/**
 * optional uint32 instance = 2;
 * @return {number}
 */
proto.p4.v1.BackupReplica.prototype.getInstance = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 2, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.BackupReplica} returns this
 */
proto.p4.v1.BackupReplica.prototype.setInstance = function(value) {
  return jspb.Message.setProto3IntField(this, 2, value);
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.DigestEntry.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.DigestEntry.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.DigestEntry} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.DigestEntry.toObject = function(includeInstance, msg) {
  var f, obj = {
    digestId: jspb.Message.getFieldWithDefault(msg, 1, 0),
    config: (f = msg.getConfig()) && proto.p4.v1.DigestEntry.Config.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.DigestEntry}
 */
proto.p4.v1.DigestEntry.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.DigestEntry;
  return proto.p4.v1.DigestEntry.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.DigestEntry} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.DigestEntry}
 */
proto.p4.v1.DigestEntry.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setDigestId(value);
      break;
    case 2:
      var value = new proto.p4.v1.DigestEntry.Config;
      reader.readMessage(value,proto.p4.v1.DigestEntry.Config.deserializeBinaryFromReader);
      msg.setConfig(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.DigestEntry.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.DigestEntry.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.DigestEntry} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.DigestEntry.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getDigestId();
  if (f !== 0) {
    writer.writeUint32(
      1,
      f
    );
  }
  f = message.getConfig();
  if (f != null) {
    writer.writeMessage(
      2,
      f,
      proto.p4.v1.DigestEntry.Config.serializeBinaryToWriter
    );
  }
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.DigestEntry.Config.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.DigestEntry.Config.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.DigestEntry.Config} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.DigestEntry.Config.toObject = function(includeInstance, msg) {
  var f, obj = {
    maxTimeoutNs: jspb.Message.getFieldWithDefault(msg, 1, 0),
    maxListSize: jspb.Message.getFieldWithDefault(msg, 2, 0),
    ackTimeoutNs: jspb.Message.getFieldWithDefault(msg, 3, 0)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.DigestEntry.Config}
 */
proto.p4.v1.DigestEntry.Config.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.DigestEntry.Config;
  return proto.p4.v1.DigestEntry.Config.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.DigestEntry.Config} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.DigestEntry.Config}
 */
proto.p4.v1.DigestEntry.Config.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readInt64());
      msg.setMaxTimeoutNs(value);
      break;
    case 2:
      var value = /** @type {number} */ (reader.readInt32());
      msg.setMaxListSize(value);
      break;
    case 3:
      var value = /** @type {number} */ (reader.readInt64());
      msg.setAckTimeoutNs(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.DigestEntry.Config.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.DigestEntry.Config.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.DigestEntry.Config} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.DigestEntry.Config.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getMaxTimeoutNs();
  if (f !== 0) {
    writer.writeInt64(
      1,
      f
    );
  }
  f = message.getMaxListSize();
  if (f !== 0) {
    writer.writeInt32(
      2,
      f
    );
  }
  f = message.getAckTimeoutNs();
  if (f !== 0) {
    writer.writeInt64(
      3,
      f
    );
  }
};


/**
 * optional int64 max_timeout_ns = 1;
 * @return {number}
 */
proto.p4.v1.DigestEntry.Config.prototype.getMaxTimeoutNs = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.DigestEntry.Config} returns this
 */
proto.p4.v1.DigestEntry.Config.prototype.setMaxTimeoutNs = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * optional int32 max_list_size = 2;
 * @return {number}
 */
proto.p4.v1.DigestEntry.Config.prototype.getMaxListSize = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 2, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.DigestEntry.Config} returns this
 */
proto.p4.v1.DigestEntry.Config.prototype.setMaxListSize = function(value) {
  return jspb.Message.setProto3IntField(this, 2, value);
};


/**
 * optional int64 ack_timeout_ns = 3;
 * @return {number}
 */
proto.p4.v1.DigestEntry.Config.prototype.getAckTimeoutNs = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 3, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.DigestEntry.Config} returns this
 */
proto.p4.v1.DigestEntry.Config.prototype.setAckTimeoutNs = function(value) {
  return jspb.Message.setProto3IntField(this, 3, value);
};


/**
 * optional uint32 digest_id = 1;
 * @return {number}
 */
proto.p4.v1.DigestEntry.prototype.getDigestId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.DigestEntry} returns this
 */
proto.p4.v1.DigestEntry.prototype.setDigestId = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * optional Config config = 2;
 * @return {?proto.p4.v1.DigestEntry.Config}
 */
proto.p4.v1.DigestEntry.prototype.getConfig = function() {
  return /** @type{?proto.p4.v1.DigestEntry.Config} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.DigestEntry.Config, 2));
};


/**
 * @param {?proto.p4.v1.DigestEntry.Config|undefined} value
 * @return {!proto.p4.v1.DigestEntry} returns this
*/
proto.p4.v1.DigestEntry.prototype.setConfig = function(value) {
  return jspb.Message.setWrapperField(this, 2, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.DigestEntry} returns this
 */
proto.p4.v1.DigestEntry.prototype.clearConfig = function() {
  return this.setConfig(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.DigestEntry.prototype.hasConfig = function() {
  return jspb.Message.getField(this, 2) != null;
};



/**
 * List of repeated fields within this message type.
 * @private {!Array<number>}
 * @const
 */
proto.p4.v1.DigestList.repeatedFields_ = [3];



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.DigestList.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.DigestList.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.DigestList} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.DigestList.toObject = function(includeInstance, msg) {
  var f, obj = {
    digestId: jspb.Message.getFieldWithDefault(msg, 1, 0),
    listId: jspb.Message.getFieldWithDefault(msg, 2, "0"),
    dataList: jspb.Message.toObjectList(msg.getDataList(),
    p4_v1_p4data_pb.P4Data.toObject, includeInstance),
    timestamp: jspb.Message.getFieldWithDefault(msg, 4, "0")
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.DigestList}
 */
proto.p4.v1.DigestList.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.DigestList;
  return proto.p4.v1.DigestList.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.DigestList} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.DigestList}
 */
proto.p4.v1.DigestList.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setDigestId(value);
      break;
    case 2:
      var value = /** @type {string} */ (reader.readUint64String());
      msg.setListId(value);
      break;
    case 3:
      var value = new p4_v1_p4data_pb.P4Data;
      reader.readMessage(value,p4_v1_p4data_pb.P4Data.deserializeBinaryFromReader);
      msg.addData(value);
      break;
    case 4:
      var value = /** @type {string} */ (reader.readInt64String());
      msg.setTimestamp(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.DigestList.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.DigestList.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.DigestList} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.DigestList.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getDigestId();
  if (f !== 0) {
    writer.writeUint32(
      1,
      f
    );
  }
  f = message.getListId();
  if (parseInt(f, 10) !== 0) {
    writer.writeUint64String(
      2,
      f
    );
  }
  f = message.getDataList();
  if (f.length > 0) {
    writer.writeRepeatedMessage(
      3,
      f,
      p4_v1_p4data_pb.P4Data.serializeBinaryToWriter
    );
  }
  f = message.getTimestamp();
  if (parseInt(f, 10) !== 0) {
    writer.writeInt64String(
      4,
      f
    );
  }
};


/**
 * optional uint32 digest_id = 1;
 * @return {number}
 */
proto.p4.v1.DigestList.prototype.getDigestId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.DigestList} returns this
 */
proto.p4.v1.DigestList.prototype.setDigestId = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * optional uint64 list_id = 2;
 * @return {string}
 */
proto.p4.v1.DigestList.prototype.getListId = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 2, "0"));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.DigestList} returns this
 */
proto.p4.v1.DigestList.prototype.setListId = function(value) {
  return jspb.Message.setProto3StringIntField(this, 2, value);
};


/**
 * repeated P4Data data = 3;
 * @return {!Array<!proto.p4.v1.P4Data>}
 */
proto.p4.v1.DigestList.prototype.getDataList = function() {
  return /** @type{!Array<!proto.p4.v1.P4Data>} */ (
    jspb.Message.getRepeatedWrapperField(this, p4_v1_p4data_pb.P4Data, 3));
};


/**
 * @param {!Array<!proto.p4.v1.P4Data>} value
 * @return {!proto.p4.v1.DigestList} returns this
*/
proto.p4.v1.DigestList.prototype.setDataList = function(value) {
  return jspb.Message.setRepeatedWrapperField(this, 3, value);
};


/**
 * @param {!proto.p4.v1.P4Data=} opt_value
 * @param {number=} opt_index
 * @return {!proto.p4.v1.P4Data}
 */
proto.p4.v1.DigestList.prototype.addData = function(opt_value, opt_index) {
  return jspb.Message.addToRepeatedWrapperField(this, 3, opt_value, proto.p4.v1.P4Data, opt_index);
};


/**
 * Clears the list making it empty but non-null.
 * @return {!proto.p4.v1.DigestList} returns this
 */
proto.p4.v1.DigestList.prototype.clearDataList = function() {
  return this.setDataList([]);
};


/**
 * optional int64 timestamp = 4;
 * @return {string}
 */
proto.p4.v1.DigestList.prototype.getTimestamp = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 4, "0"));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.DigestList} returns this
 */
proto.p4.v1.DigestList.prototype.setTimestamp = function(value) {
  return jspb.Message.setProto3StringIntField(this, 4, value);
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.DigestListAck.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.DigestListAck.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.DigestListAck} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.DigestListAck.toObject = function(includeInstance, msg) {
  var f, obj = {
    digestId: jspb.Message.getFieldWithDefault(msg, 1, 0),
    listId: jspb.Message.getFieldWithDefault(msg, 2, "0")
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.DigestListAck}
 */
proto.p4.v1.DigestListAck.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.DigestListAck;
  return proto.p4.v1.DigestListAck.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.DigestListAck} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.DigestListAck}
 */
proto.p4.v1.DigestListAck.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setDigestId(value);
      break;
    case 2:
      var value = /** @type {string} */ (reader.readUint64String());
      msg.setListId(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.DigestListAck.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.DigestListAck.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.DigestListAck} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.DigestListAck.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getDigestId();
  if (f !== 0) {
    writer.writeUint32(
      1,
      f
    );
  }
  f = message.getListId();
  if (parseInt(f, 10) !== 0) {
    writer.writeUint64String(
      2,
      f
    );
  }
};


/**
 * optional uint32 digest_id = 1;
 * @return {number}
 */
proto.p4.v1.DigestListAck.prototype.getDigestId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.DigestListAck} returns this
 */
proto.p4.v1.DigestListAck.prototype.setDigestId = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * optional uint64 list_id = 2;
 * @return {string}
 */
proto.p4.v1.DigestListAck.prototype.getListId = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 2, "0"));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.DigestListAck} returns this
 */
proto.p4.v1.DigestListAck.prototype.setListId = function(value) {
  return jspb.Message.setProto3StringIntField(this, 2, value);
};



/**
 * Oneof group definitions for this message. Each group defines the field
 * numbers belonging to that group. When of these fields' value is set, all
 * other fields in the group are cleared. During deserialization, if multiple
 * fields are encountered for a group, only the last value seen will be kept.
 * @private {!Array<!Array<number>>}
 * @const
 */
proto.p4.v1.StreamMessageRequest.oneofGroups_ = [[1,2,3,4]];

/**
 * @enum {number}
 */
proto.p4.v1.StreamMessageRequest.UpdateCase = {
  UPDATE_NOT_SET: 0,
  ARBITRATION: 1,
  PACKET: 2,
  DIGEST_ACK: 3,
  OTHER: 4
};

/**
 * @return {proto.p4.v1.StreamMessageRequest.UpdateCase}
 */
proto.p4.v1.StreamMessageRequest.prototype.getUpdateCase = function() {
  return /** @type {proto.p4.v1.StreamMessageRequest.UpdateCase} */(jspb.Message.computeOneofCase(this, proto.p4.v1.StreamMessageRequest.oneofGroups_[0]));
};



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.StreamMessageRequest.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.StreamMessageRequest.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.StreamMessageRequest} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.StreamMessageRequest.toObject = function(includeInstance, msg) {
  var f, obj = {
    arbitration: (f = msg.getArbitration()) && proto.p4.v1.MasterArbitrationUpdate.toObject(includeInstance, f),
    packet: (f = msg.getPacket()) && proto.p4.v1.PacketOut.toObject(includeInstance, f),
    digestAck: (f = msg.getDigestAck()) && proto.p4.v1.DigestListAck.toObject(includeInstance, f),
    other: (f = msg.getOther()) && google_protobuf_any_pb.Any.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.StreamMessageRequest}
 */
proto.p4.v1.StreamMessageRequest.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.StreamMessageRequest;
  return proto.p4.v1.StreamMessageRequest.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.StreamMessageRequest} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.StreamMessageRequest}
 */
proto.p4.v1.StreamMessageRequest.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = new proto.p4.v1.MasterArbitrationUpdate;
      reader.readMessage(value,proto.p4.v1.MasterArbitrationUpdate.deserializeBinaryFromReader);
      msg.setArbitration(value);
      break;
    case 2:
      var value = new proto.p4.v1.PacketOut;
      reader.readMessage(value,proto.p4.v1.PacketOut.deserializeBinaryFromReader);
      msg.setPacket(value);
      break;
    case 3:
      var value = new proto.p4.v1.DigestListAck;
      reader.readMessage(value,proto.p4.v1.DigestListAck.deserializeBinaryFromReader);
      msg.setDigestAck(value);
      break;
    case 4:
      var value = new google_protobuf_any_pb.Any;
      reader.readMessage(value,google_protobuf_any_pb.Any.deserializeBinaryFromReader);
      msg.setOther(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.StreamMessageRequest.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.StreamMessageRequest.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.StreamMessageRequest} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.StreamMessageRequest.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getArbitration();
  if (f != null) {
    writer.writeMessage(
      1,
      f,
      proto.p4.v1.MasterArbitrationUpdate.serializeBinaryToWriter
    );
  }
  f = message.getPacket();
  if (f != null) {
    writer.writeMessage(
      2,
      f,
      proto.p4.v1.PacketOut.serializeBinaryToWriter
    );
  }
  f = message.getDigestAck();
  if (f != null) {
    writer.writeMessage(
      3,
      f,
      proto.p4.v1.DigestListAck.serializeBinaryToWriter
    );
  }
  f = message.getOther();
  if (f != null) {
    writer.writeMessage(
      4,
      f,
      google_protobuf_any_pb.Any.serializeBinaryToWriter
    );
  }
};


/**
 * optional MasterArbitrationUpdate arbitration = 1;
 * @return {?proto.p4.v1.MasterArbitrationUpdate}
 */
proto.p4.v1.StreamMessageRequest.prototype.getArbitration = function() {
  return /** @type{?proto.p4.v1.MasterArbitrationUpdate} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.MasterArbitrationUpdate, 1));
};


/**
 * @param {?proto.p4.v1.MasterArbitrationUpdate|undefined} value
 * @return {!proto.p4.v1.StreamMessageRequest} returns this
*/
proto.p4.v1.StreamMessageRequest.prototype.setArbitration = function(value) {
  return jspb.Message.setOneofWrapperField(this, 1, proto.p4.v1.StreamMessageRequest.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.StreamMessageRequest} returns this
 */
proto.p4.v1.StreamMessageRequest.prototype.clearArbitration = function() {
  return this.setArbitration(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.StreamMessageRequest.prototype.hasArbitration = function() {
  return jspb.Message.getField(this, 1) != null;
};


/**
 * optional PacketOut packet = 2;
 * @return {?proto.p4.v1.PacketOut}
 */
proto.p4.v1.StreamMessageRequest.prototype.getPacket = function() {
  return /** @type{?proto.p4.v1.PacketOut} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.PacketOut, 2));
};


/**
 * @param {?proto.p4.v1.PacketOut|undefined} value
 * @return {!proto.p4.v1.StreamMessageRequest} returns this
*/
proto.p4.v1.StreamMessageRequest.prototype.setPacket = function(value) {
  return jspb.Message.setOneofWrapperField(this, 2, proto.p4.v1.StreamMessageRequest.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.StreamMessageRequest} returns this
 */
proto.p4.v1.StreamMessageRequest.prototype.clearPacket = function() {
  return this.setPacket(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.StreamMessageRequest.prototype.hasPacket = function() {
  return jspb.Message.getField(this, 2) != null;
};


/**
 * optional DigestListAck digest_ack = 3;
 * @return {?proto.p4.v1.DigestListAck}
 */
proto.p4.v1.StreamMessageRequest.prototype.getDigestAck = function() {
  return /** @type{?proto.p4.v1.DigestListAck} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.DigestListAck, 3));
};


/**
 * @param {?proto.p4.v1.DigestListAck|undefined} value
 * @return {!proto.p4.v1.StreamMessageRequest} returns this
*/
proto.p4.v1.StreamMessageRequest.prototype.setDigestAck = function(value) {
  return jspb.Message.setOneofWrapperField(this, 3, proto.p4.v1.StreamMessageRequest.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.StreamMessageRequest} returns this
 */
proto.p4.v1.StreamMessageRequest.prototype.clearDigestAck = function() {
  return this.setDigestAck(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.StreamMessageRequest.prototype.hasDigestAck = function() {
  return jspb.Message.getField(this, 3) != null;
};


/**
 * optional google.protobuf.Any other = 4;
 * @return {?proto.google.protobuf.Any}
 */
proto.p4.v1.StreamMessageRequest.prototype.getOther = function() {
  return /** @type{?proto.google.protobuf.Any} */ (
    jspb.Message.getWrapperField(this, google_protobuf_any_pb.Any, 4));
};


/**
 * @param {?proto.google.protobuf.Any|undefined} value
 * @return {!proto.p4.v1.StreamMessageRequest} returns this
*/
proto.p4.v1.StreamMessageRequest.prototype.setOther = function(value) {
  return jspb.Message.setOneofWrapperField(this, 4, proto.p4.v1.StreamMessageRequest.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.StreamMessageRequest} returns this
 */
proto.p4.v1.StreamMessageRequest.prototype.clearOther = function() {
  return this.setOther(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.StreamMessageRequest.prototype.hasOther = function() {
  return jspb.Message.getField(this, 4) != null;
};



/**
 * Oneof group definitions for this message. Each group defines the field
 * numbers belonging to that group. When of these fields' value is set, all
 * other fields in the group are cleared. During deserialization, if multiple
 * fields are encountered for a group, only the last value seen will be kept.
 * @private {!Array<!Array<number>>}
 * @const
 */
proto.p4.v1.StreamMessageResponse.oneofGroups_ = [[1,2,3,4,5,6]];

/**
 * @enum {number}
 */
proto.p4.v1.StreamMessageResponse.UpdateCase = {
  UPDATE_NOT_SET: 0,
  ARBITRATION: 1,
  PACKET: 2,
  DIGEST: 3,
  IDLE_TIMEOUT_NOTIFICATION: 4,
  OTHER: 5,
  ERROR: 6
};

/**
 * @return {proto.p4.v1.StreamMessageResponse.UpdateCase}
 */
proto.p4.v1.StreamMessageResponse.prototype.getUpdateCase = function() {
  return /** @type {proto.p4.v1.StreamMessageResponse.UpdateCase} */(jspb.Message.computeOneofCase(this, proto.p4.v1.StreamMessageResponse.oneofGroups_[0]));
};



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.StreamMessageResponse.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.StreamMessageResponse.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.StreamMessageResponse} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.StreamMessageResponse.toObject = function(includeInstance, msg) {
  var f, obj = {
    arbitration: (f = msg.getArbitration()) && proto.p4.v1.MasterArbitrationUpdate.toObject(includeInstance, f),
    packet: (f = msg.getPacket()) && proto.p4.v1.PacketIn.toObject(includeInstance, f),
    digest: (f = msg.getDigest()) && proto.p4.v1.DigestList.toObject(includeInstance, f),
    idleTimeoutNotification: (f = msg.getIdleTimeoutNotification()) && proto.p4.v1.IdleTimeoutNotification.toObject(includeInstance, f),
    other: (f = msg.getOther()) && google_protobuf_any_pb.Any.toObject(includeInstance, f),
    error: (f = msg.getError()) && proto.p4.v1.StreamError.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.StreamMessageResponse}
 */
proto.p4.v1.StreamMessageResponse.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.StreamMessageResponse;
  return proto.p4.v1.StreamMessageResponse.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.StreamMessageResponse} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.StreamMessageResponse}
 */
proto.p4.v1.StreamMessageResponse.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = new proto.p4.v1.MasterArbitrationUpdate;
      reader.readMessage(value,proto.p4.v1.MasterArbitrationUpdate.deserializeBinaryFromReader);
      msg.setArbitration(value);
      break;
    case 2:
      var value = new proto.p4.v1.PacketIn;
      reader.readMessage(value,proto.p4.v1.PacketIn.deserializeBinaryFromReader);
      msg.setPacket(value);
      break;
    case 3:
      var value = new proto.p4.v1.DigestList;
      reader.readMessage(value,proto.p4.v1.DigestList.deserializeBinaryFromReader);
      msg.setDigest(value);
      break;
    case 4:
      var value = new proto.p4.v1.IdleTimeoutNotification;
      reader.readMessage(value,proto.p4.v1.IdleTimeoutNotification.deserializeBinaryFromReader);
      msg.setIdleTimeoutNotification(value);
      break;
    case 5:
      var value = new google_protobuf_any_pb.Any;
      reader.readMessage(value,google_protobuf_any_pb.Any.deserializeBinaryFromReader);
      msg.setOther(value);
      break;
    case 6:
      var value = new proto.p4.v1.StreamError;
      reader.readMessage(value,proto.p4.v1.StreamError.deserializeBinaryFromReader);
      msg.setError(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.StreamMessageResponse.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.StreamMessageResponse.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.StreamMessageResponse} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.StreamMessageResponse.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getArbitration();
  if (f != null) {
    writer.writeMessage(
      1,
      f,
      proto.p4.v1.MasterArbitrationUpdate.serializeBinaryToWriter
    );
  }
  f = message.getPacket();
  if (f != null) {
    writer.writeMessage(
      2,
      f,
      proto.p4.v1.PacketIn.serializeBinaryToWriter
    );
  }
  f = message.getDigest();
  if (f != null) {
    writer.writeMessage(
      3,
      f,
      proto.p4.v1.DigestList.serializeBinaryToWriter
    );
  }
  f = message.getIdleTimeoutNotification();
  if (f != null) {
    writer.writeMessage(
      4,
      f,
      proto.p4.v1.IdleTimeoutNotification.serializeBinaryToWriter
    );
  }
  f = message.getOther();
  if (f != null) {
    writer.writeMessage(
      5,
      f,
      google_protobuf_any_pb.Any.serializeBinaryToWriter
    );
  }
  f = message.getError();
  if (f != null) {
    writer.writeMessage(
      6,
      f,
      proto.p4.v1.StreamError.serializeBinaryToWriter
    );
  }
};


/**
 * optional MasterArbitrationUpdate arbitration = 1;
 * @return {?proto.p4.v1.MasterArbitrationUpdate}
 */
proto.p4.v1.StreamMessageResponse.prototype.getArbitration = function() {
  return /** @type{?proto.p4.v1.MasterArbitrationUpdate} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.MasterArbitrationUpdate, 1));
};


/**
 * @param {?proto.p4.v1.MasterArbitrationUpdate|undefined} value
 * @return {!proto.p4.v1.StreamMessageResponse} returns this
*/
proto.p4.v1.StreamMessageResponse.prototype.setArbitration = function(value) {
  return jspb.Message.setOneofWrapperField(this, 1, proto.p4.v1.StreamMessageResponse.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.StreamMessageResponse} returns this
 */
proto.p4.v1.StreamMessageResponse.prototype.clearArbitration = function() {
  return this.setArbitration(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.StreamMessageResponse.prototype.hasArbitration = function() {
  return jspb.Message.getField(this, 1) != null;
};


/**
 * optional PacketIn packet = 2;
 * @return {?proto.p4.v1.PacketIn}
 */
proto.p4.v1.StreamMessageResponse.prototype.getPacket = function() {
  return /** @type{?proto.p4.v1.PacketIn} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.PacketIn, 2));
};


/**
 * @param {?proto.p4.v1.PacketIn|undefined} value
 * @return {!proto.p4.v1.StreamMessageResponse} returns this
*/
proto.p4.v1.StreamMessageResponse.prototype.setPacket = function(value) {
  return jspb.Message.setOneofWrapperField(this, 2, proto.p4.v1.StreamMessageResponse.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.StreamMessageResponse} returns this
 */
proto.p4.v1.StreamMessageResponse.prototype.clearPacket = function() {
  return this.setPacket(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.StreamMessageResponse.prototype.hasPacket = function() {
  return jspb.Message.getField(this, 2) != null;
};


/**
 * optional DigestList digest = 3;
 * @return {?proto.p4.v1.DigestList}
 */
proto.p4.v1.StreamMessageResponse.prototype.getDigest = function() {
  return /** @type{?proto.p4.v1.DigestList} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.DigestList, 3));
};


/**
 * @param {?proto.p4.v1.DigestList|undefined} value
 * @return {!proto.p4.v1.StreamMessageResponse} returns this
*/
proto.p4.v1.StreamMessageResponse.prototype.setDigest = function(value) {
  return jspb.Message.setOneofWrapperField(this, 3, proto.p4.v1.StreamMessageResponse.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.StreamMessageResponse} returns this
 */
proto.p4.v1.StreamMessageResponse.prototype.clearDigest = function() {
  return this.setDigest(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.StreamMessageResponse.prototype.hasDigest = function() {
  return jspb.Message.getField(this, 3) != null;
};


/**
 * optional IdleTimeoutNotification idle_timeout_notification = 4;
 * @return {?proto.p4.v1.IdleTimeoutNotification}
 */
proto.p4.v1.StreamMessageResponse.prototype.getIdleTimeoutNotification = function() {
  return /** @type{?proto.p4.v1.IdleTimeoutNotification} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.IdleTimeoutNotification, 4));
};


/**
 * @param {?proto.p4.v1.IdleTimeoutNotification|undefined} value
 * @return {!proto.p4.v1.StreamMessageResponse} returns this
*/
proto.p4.v1.StreamMessageResponse.prototype.setIdleTimeoutNotification = function(value) {
  return jspb.Message.setOneofWrapperField(this, 4, proto.p4.v1.StreamMessageResponse.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.StreamMessageResponse} returns this
 */
proto.p4.v1.StreamMessageResponse.prototype.clearIdleTimeoutNotification = function() {
  return this.setIdleTimeoutNotification(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.StreamMessageResponse.prototype.hasIdleTimeoutNotification = function() {
  return jspb.Message.getField(this, 4) != null;
};


/**
 * optional google.protobuf.Any other = 5;
 * @return {?proto.google.protobuf.Any}
 */
proto.p4.v1.StreamMessageResponse.prototype.getOther = function() {
  return /** @type{?proto.google.protobuf.Any} */ (
    jspb.Message.getWrapperField(this, google_protobuf_any_pb.Any, 5));
};


/**
 * @param {?proto.google.protobuf.Any|undefined} value
 * @return {!proto.p4.v1.StreamMessageResponse} returns this
*/
proto.p4.v1.StreamMessageResponse.prototype.setOther = function(value) {
  return jspb.Message.setOneofWrapperField(this, 5, proto.p4.v1.StreamMessageResponse.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.StreamMessageResponse} returns this
 */
proto.p4.v1.StreamMessageResponse.prototype.clearOther = function() {
  return this.setOther(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.StreamMessageResponse.prototype.hasOther = function() {
  return jspb.Message.getField(this, 5) != null;
};


/**
 * optional StreamError error = 6;
 * @return {?proto.p4.v1.StreamError}
 */
proto.p4.v1.StreamMessageResponse.prototype.getError = function() {
  return /** @type{?proto.p4.v1.StreamError} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.StreamError, 6));
};


/**
 * @param {?proto.p4.v1.StreamError|undefined} value
 * @return {!proto.p4.v1.StreamMessageResponse} returns this
*/
proto.p4.v1.StreamMessageResponse.prototype.setError = function(value) {
  return jspb.Message.setOneofWrapperField(this, 6, proto.p4.v1.StreamMessageResponse.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.StreamMessageResponse} returns this
 */
proto.p4.v1.StreamMessageResponse.prototype.clearError = function() {
  return this.setError(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.StreamMessageResponse.prototype.hasError = function() {
  return jspb.Message.getField(this, 6) != null;
};



/**
 * List of repeated fields within this message type.
 * @private {!Array<number>}
 * @const
 */
proto.p4.v1.PacketOut.repeatedFields_ = [2];



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.PacketOut.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.PacketOut.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.PacketOut} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.PacketOut.toObject = function(includeInstance, msg) {
  var f, obj = {
    payload: msg.getPayload_asB64(),
    metadataList: jspb.Message.toObjectList(msg.getMetadataList(),
    proto.p4.v1.PacketMetadata.toObject, includeInstance)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.PacketOut}
 */
proto.p4.v1.PacketOut.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.PacketOut;
  return proto.p4.v1.PacketOut.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.PacketOut} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.PacketOut}
 */
proto.p4.v1.PacketOut.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {!Uint8Array} */ (reader.readBytes());
      msg.setPayload(value);
      break;
    case 2:
      var value = new proto.p4.v1.PacketMetadata;
      reader.readMessage(value,proto.p4.v1.PacketMetadata.deserializeBinaryFromReader);
      msg.addMetadata(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.PacketOut.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.PacketOut.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.PacketOut} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.PacketOut.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getPayload_asU8();
  if (f.length > 0) {
    writer.writeBytes(
      1,
      f
    );
  }
  f = message.getMetadataList();
  if (f.length > 0) {
    writer.writeRepeatedMessage(
      2,
      f,
      proto.p4.v1.PacketMetadata.serializeBinaryToWriter
    );
  }
};


/**
 * optional bytes payload = 1;
 * @return {!(string|Uint8Array)}
 */
proto.p4.v1.PacketOut.prototype.getPayload = function() {
  return /** @type {!(string|Uint8Array)} */ (jspb.Message.getFieldWithDefault(this, 1, ""));
};


/**
 * optional bytes payload = 1;
 * This is a type-conversion wrapper around `getPayload()`
 * @return {string}
 */
proto.p4.v1.PacketOut.prototype.getPayload_asB64 = function() {
  return /** @type {string} */ (jspb.Message.bytesAsB64(
      this.getPayload()));
};


/**
 * optional bytes payload = 1;
 * Note that Uint8Array is not supported on all browsers.
 * @see http://caniuse.com/Uint8Array
 * This is a type-conversion wrapper around `getPayload()`
 * @return {!Uint8Array}
 */
proto.p4.v1.PacketOut.prototype.getPayload_asU8 = function() {
  return /** @type {!Uint8Array} */ (jspb.Message.bytesAsU8(
      this.getPayload()));
};


/**
 * @param {!(string|Uint8Array)} value
 * @return {!proto.p4.v1.PacketOut} returns this
 */
proto.p4.v1.PacketOut.prototype.setPayload = function(value) {
  return jspb.Message.setProto3BytesField(this, 1, value);
};


/**
 * repeated PacketMetadata metadata = 2;
 * @return {!Array<!proto.p4.v1.PacketMetadata>}
 */
proto.p4.v1.PacketOut.prototype.getMetadataList = function() {
  return /** @type{!Array<!proto.p4.v1.PacketMetadata>} */ (
    jspb.Message.getRepeatedWrapperField(this, proto.p4.v1.PacketMetadata, 2));
};


/**
 * @param {!Array<!proto.p4.v1.PacketMetadata>} value
 * @return {!proto.p4.v1.PacketOut} returns this
*/
proto.p4.v1.PacketOut.prototype.setMetadataList = function(value) {
  return jspb.Message.setRepeatedWrapperField(this, 2, value);
};


/**
 * @param {!proto.p4.v1.PacketMetadata=} opt_value
 * @param {number=} opt_index
 * @return {!proto.p4.v1.PacketMetadata}
 */
proto.p4.v1.PacketOut.prototype.addMetadata = function(opt_value, opt_index) {
  return jspb.Message.addToRepeatedWrapperField(this, 2, opt_value, proto.p4.v1.PacketMetadata, opt_index);
};


/**
 * Clears the list making it empty but non-null.
 * @return {!proto.p4.v1.PacketOut} returns this
 */
proto.p4.v1.PacketOut.prototype.clearMetadataList = function() {
  return this.setMetadataList([]);
};



/**
 * List of repeated fields within this message type.
 * @private {!Array<number>}
 * @const
 */
proto.p4.v1.PacketIn.repeatedFields_ = [2];



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.PacketIn.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.PacketIn.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.PacketIn} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.PacketIn.toObject = function(includeInstance, msg) {
  var f, obj = {
    payload: msg.getPayload_asB64(),
    metadataList: jspb.Message.toObjectList(msg.getMetadataList(),
    proto.p4.v1.PacketMetadata.toObject, includeInstance)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.PacketIn}
 */
proto.p4.v1.PacketIn.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.PacketIn;
  return proto.p4.v1.PacketIn.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.PacketIn} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.PacketIn}
 */
proto.p4.v1.PacketIn.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {!Uint8Array} */ (reader.readBytes());
      msg.setPayload(value);
      break;
    case 2:
      var value = new proto.p4.v1.PacketMetadata;
      reader.readMessage(value,proto.p4.v1.PacketMetadata.deserializeBinaryFromReader);
      msg.addMetadata(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.PacketIn.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.PacketIn.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.PacketIn} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.PacketIn.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getPayload_asU8();
  if (f.length > 0) {
    writer.writeBytes(
      1,
      f
    );
  }
  f = message.getMetadataList();
  if (f.length > 0) {
    writer.writeRepeatedMessage(
      2,
      f,
      proto.p4.v1.PacketMetadata.serializeBinaryToWriter
    );
  }
};


/**
 * optional bytes payload = 1;
 * @return {!(string|Uint8Array)}
 */
proto.p4.v1.PacketIn.prototype.getPayload = function() {
  return /** @type {!(string|Uint8Array)} */ (jspb.Message.getFieldWithDefault(this, 1, ""));
};


/**
 * optional bytes payload = 1;
 * This is a type-conversion wrapper around `getPayload()`
 * @return {string}
 */
proto.p4.v1.PacketIn.prototype.getPayload_asB64 = function() {
  return /** @type {string} */ (jspb.Message.bytesAsB64(
      this.getPayload()));
};


/**
 * optional bytes payload = 1;
 * Note that Uint8Array is not supported on all browsers.
 * @see http://caniuse.com/Uint8Array
 * This is a type-conversion wrapper around `getPayload()`
 * @return {!Uint8Array}
 */
proto.p4.v1.PacketIn.prototype.getPayload_asU8 = function() {
  return /** @type {!Uint8Array} */ (jspb.Message.bytesAsU8(
      this.getPayload()));
};


/**
 * @param {!(string|Uint8Array)} value
 * @return {!proto.p4.v1.PacketIn} returns this
 */
proto.p4.v1.PacketIn.prototype.setPayload = function(value) {
  return jspb.Message.setProto3BytesField(this, 1, value);
};


/**
 * repeated PacketMetadata metadata = 2;
 * @return {!Array<!proto.p4.v1.PacketMetadata>}
 */
proto.p4.v1.PacketIn.prototype.getMetadataList = function() {
  return /** @type{!Array<!proto.p4.v1.PacketMetadata>} */ (
    jspb.Message.getRepeatedWrapperField(this, proto.p4.v1.PacketMetadata, 2));
};


/**
 * @param {!Array<!proto.p4.v1.PacketMetadata>} value
 * @return {!proto.p4.v1.PacketIn} returns this
*/
proto.p4.v1.PacketIn.prototype.setMetadataList = function(value) {
  return jspb.Message.setRepeatedWrapperField(this, 2, value);
};


/**
 * @param {!proto.p4.v1.PacketMetadata=} opt_value
 * @param {number=} opt_index
 * @return {!proto.p4.v1.PacketMetadata}
 */
proto.p4.v1.PacketIn.prototype.addMetadata = function(opt_value, opt_index) {
  return jspb.Message.addToRepeatedWrapperField(this, 2, opt_value, proto.p4.v1.PacketMetadata, opt_index);
};


/**
 * Clears the list making it empty but non-null.
 * @return {!proto.p4.v1.PacketIn} returns this
 */
proto.p4.v1.PacketIn.prototype.clearMetadataList = function() {
  return this.setMetadataList([]);
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.PacketMetadata.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.PacketMetadata.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.PacketMetadata} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.PacketMetadata.toObject = function(includeInstance, msg) {
  var f, obj = {
    metadataId: jspb.Message.getFieldWithDefault(msg, 1, 0),
    value: msg.getValue_asB64()
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.PacketMetadata}
 */
proto.p4.v1.PacketMetadata.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.PacketMetadata;
  return proto.p4.v1.PacketMetadata.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.PacketMetadata} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.PacketMetadata}
 */
proto.p4.v1.PacketMetadata.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readUint32());
      msg.setMetadataId(value);
      break;
    case 2:
      var value = /** @type {!Uint8Array} */ (reader.readBytes());
      msg.setValue(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.PacketMetadata.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.PacketMetadata.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.PacketMetadata} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.PacketMetadata.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getMetadataId();
  if (f !== 0) {
    writer.writeUint32(
      1,
      f
    );
  }
  f = message.getValue_asU8();
  if (f.length > 0) {
    writer.writeBytes(
      2,
      f
    );
  }
};


/**
 * optional uint32 metadata_id = 1;
 * @return {number}
 */
proto.p4.v1.PacketMetadata.prototype.getMetadataId = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.PacketMetadata} returns this
 */
proto.p4.v1.PacketMetadata.prototype.setMetadataId = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * optional bytes value = 2;
 * @return {!(string|Uint8Array)}
 */
proto.p4.v1.PacketMetadata.prototype.getValue = function() {
  return /** @type {!(string|Uint8Array)} */ (jspb.Message.getFieldWithDefault(this, 2, ""));
};


/**
 * optional bytes value = 2;
 * This is a type-conversion wrapper around `getValue()`
 * @return {string}
 */
proto.p4.v1.PacketMetadata.prototype.getValue_asB64 = function() {
  return /** @type {string} */ (jspb.Message.bytesAsB64(
      this.getValue()));
};


/**
 * optional bytes value = 2;
 * Note that Uint8Array is not supported on all browsers.
 * @see http://caniuse.com/Uint8Array
 * This is a type-conversion wrapper around `getValue()`
 * @return {!Uint8Array}
 */
proto.p4.v1.PacketMetadata.prototype.getValue_asU8 = function() {
  return /** @type {!Uint8Array} */ (jspb.Message.bytesAsU8(
      this.getValue()));
};


/**
 * @param {!(string|Uint8Array)} value
 * @return {!proto.p4.v1.PacketMetadata} returns this
 */
proto.p4.v1.PacketMetadata.prototype.setValue = function(value) {
  return jspb.Message.setProto3BytesField(this, 2, value);
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.MasterArbitrationUpdate.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.MasterArbitrationUpdate.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.MasterArbitrationUpdate} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.MasterArbitrationUpdate.toObject = function(includeInstance, msg) {
  var f, obj = {
    deviceId: jspb.Message.getFieldWithDefault(msg, 1, "0"),
    role: (f = msg.getRole()) && proto.p4.v1.Role.toObject(includeInstance, f),
    electionId: (f = msg.getElectionId()) && proto.p4.v1.Uint128.toObject(includeInstance, f),
    status: (f = msg.getStatus()) && google_rpc_status_pb.Status.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.MasterArbitrationUpdate}
 */
proto.p4.v1.MasterArbitrationUpdate.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.MasterArbitrationUpdate;
  return proto.p4.v1.MasterArbitrationUpdate.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.MasterArbitrationUpdate} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.MasterArbitrationUpdate}
 */
proto.p4.v1.MasterArbitrationUpdate.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {string} */ (reader.readUint64String());
      msg.setDeviceId(value);
      break;
    case 2:
      var value = new proto.p4.v1.Role;
      reader.readMessage(value,proto.p4.v1.Role.deserializeBinaryFromReader);
      msg.setRole(value);
      break;
    case 3:
      var value = new proto.p4.v1.Uint128;
      reader.readMessage(value,proto.p4.v1.Uint128.deserializeBinaryFromReader);
      msg.setElectionId(value);
      break;
    case 4:
      var value = new google_rpc_status_pb.Status;
      reader.readMessage(value,google_rpc_status_pb.Status.deserializeBinaryFromReader);
      msg.setStatus(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.MasterArbitrationUpdate.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.MasterArbitrationUpdate.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.MasterArbitrationUpdate} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.MasterArbitrationUpdate.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getDeviceId();
  if (parseInt(f, 10) !== 0) {
    writer.writeUint64String(
      1,
      f
    );
  }
  f = message.getRole();
  if (f != null) {
    writer.writeMessage(
      2,
      f,
      proto.p4.v1.Role.serializeBinaryToWriter
    );
  }
  f = message.getElectionId();
  if (f != null) {
    writer.writeMessage(
      3,
      f,
      proto.p4.v1.Uint128.serializeBinaryToWriter
    );
  }
  f = message.getStatus();
  if (f != null) {
    writer.writeMessage(
      4,
      f,
      google_rpc_status_pb.Status.serializeBinaryToWriter
    );
  }
};


/**
 * optional uint64 device_id = 1;
 * @return {string}
 */
proto.p4.v1.MasterArbitrationUpdate.prototype.getDeviceId = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 1, "0"));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.MasterArbitrationUpdate} returns this
 */
proto.p4.v1.MasterArbitrationUpdate.prototype.setDeviceId = function(value) {
  return jspb.Message.setProto3StringIntField(this, 1, value);
};


/**
 * optional Role role = 2;
 * @return {?proto.p4.v1.Role}
 */
proto.p4.v1.MasterArbitrationUpdate.prototype.getRole = function() {
  return /** @type{?proto.p4.v1.Role} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.Role, 2));
};


/**
 * @param {?proto.p4.v1.Role|undefined} value
 * @return {!proto.p4.v1.MasterArbitrationUpdate} returns this
*/
proto.p4.v1.MasterArbitrationUpdate.prototype.setRole = function(value) {
  return jspb.Message.setWrapperField(this, 2, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.MasterArbitrationUpdate} returns this
 */
proto.p4.v1.MasterArbitrationUpdate.prototype.clearRole = function() {
  return this.setRole(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.MasterArbitrationUpdate.prototype.hasRole = function() {
  return jspb.Message.getField(this, 2) != null;
};


/**
 * optional Uint128 election_id = 3;
 * @return {?proto.p4.v1.Uint128}
 */
proto.p4.v1.MasterArbitrationUpdate.prototype.getElectionId = function() {
  return /** @type{?proto.p4.v1.Uint128} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.Uint128, 3));
};


/**
 * @param {?proto.p4.v1.Uint128|undefined} value
 * @return {!proto.p4.v1.MasterArbitrationUpdate} returns this
*/
proto.p4.v1.MasterArbitrationUpdate.prototype.setElectionId = function(value) {
  return jspb.Message.setWrapperField(this, 3, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.MasterArbitrationUpdate} returns this
 */
proto.p4.v1.MasterArbitrationUpdate.prototype.clearElectionId = function() {
  return this.setElectionId(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.MasterArbitrationUpdate.prototype.hasElectionId = function() {
  return jspb.Message.getField(this, 3) != null;
};


/**
 * optional google.rpc.Status status = 4;
 * @return {?proto.google.rpc.Status}
 */
proto.p4.v1.MasterArbitrationUpdate.prototype.getStatus = function() {
  return /** @type{?proto.google.rpc.Status} */ (
    jspb.Message.getWrapperField(this, google_rpc_status_pb.Status, 4));
};


/**
 * @param {?proto.google.rpc.Status|undefined} value
 * @return {!proto.p4.v1.MasterArbitrationUpdate} returns this
*/
proto.p4.v1.MasterArbitrationUpdate.prototype.setStatus = function(value) {
  return jspb.Message.setWrapperField(this, 4, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.MasterArbitrationUpdate} returns this
 */
proto.p4.v1.MasterArbitrationUpdate.prototype.clearStatus = function() {
  return this.setStatus(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.MasterArbitrationUpdate.prototype.hasStatus = function() {
  return jspb.Message.getField(this, 4) != null;
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.Role.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.Role.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.Role} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.Role.toObject = function(includeInstance, msg) {
  var f, obj = {
    id: jspb.Message.getFieldWithDefault(msg, 1, "0"),
    config: (f = msg.getConfig()) && google_protobuf_any_pb.Any.toObject(includeInstance, f),
    name: jspb.Message.getFieldWithDefault(msg, 3, "")
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.Role}
 */
proto.p4.v1.Role.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.Role;
  return proto.p4.v1.Role.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.Role} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.Role}
 */
proto.p4.v1.Role.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {string} */ (reader.readUint64String());
      msg.setId(value);
      break;
    case 2:
      var value = new google_protobuf_any_pb.Any;
      reader.readMessage(value,google_protobuf_any_pb.Any.deserializeBinaryFromReader);
      msg.setConfig(value);
      break;
    case 3:
      var value = /** @type {string} */ (reader.readString());
      msg.setName(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.Role.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.Role.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.Role} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.Role.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getId();
  if (parseInt(f, 10) !== 0) {
    writer.writeUint64String(
      1,
      f
    );
  }
  f = message.getConfig();
  if (f != null) {
    writer.writeMessage(
      2,
      f,
      google_protobuf_any_pb.Any.serializeBinaryToWriter
    );
  }
  f = message.getName();
  if (f.length > 0) {
    writer.writeString(
      3,
      f
    );
  }
};


/**
 * optional uint64 id = 1;
 * @return {string}
 */
proto.p4.v1.Role.prototype.getId = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 1, "0"));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.Role} returns this
 */
proto.p4.v1.Role.prototype.setId = function(value) {
  return jspb.Message.setProto3StringIntField(this, 1, value);
};


/**
 * optional google.protobuf.Any config = 2;
 * @return {?proto.google.protobuf.Any}
 */
proto.p4.v1.Role.prototype.getConfig = function() {
  return /** @type{?proto.google.protobuf.Any} */ (
    jspb.Message.getWrapperField(this, google_protobuf_any_pb.Any, 2));
};


/**
 * @param {?proto.google.protobuf.Any|undefined} value
 * @return {!proto.p4.v1.Role} returns this
*/
proto.p4.v1.Role.prototype.setConfig = function(value) {
  return jspb.Message.setWrapperField(this, 2, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.Role} returns this
 */
proto.p4.v1.Role.prototype.clearConfig = function() {
  return this.setConfig(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.Role.prototype.hasConfig = function() {
  return jspb.Message.getField(this, 2) != null;
};


/**
 * optional string name = 3;
 * @return {string}
 */
proto.p4.v1.Role.prototype.getName = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 3, ""));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.Role} returns this
 */
proto.p4.v1.Role.prototype.setName = function(value) {
  return jspb.Message.setProto3StringField(this, 3, value);
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.Uint128.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.Uint128.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.Uint128} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.Uint128.toObject = function(includeInstance, msg) {
  var f, obj = {
    high: jspb.Message.getFieldWithDefault(msg, 1, "0"),
    low: jspb.Message.getFieldWithDefault(msg, 2, "0")
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.Uint128}
 */
proto.p4.v1.Uint128.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.Uint128;
  return proto.p4.v1.Uint128.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.Uint128} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.Uint128}
 */
proto.p4.v1.Uint128.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {string} */ (reader.readUint64String());
      msg.setHigh(value);
      break;
    case 2:
      var value = /** @type {string} */ (reader.readUint64String());
      msg.setLow(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.Uint128.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.Uint128.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.Uint128} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.Uint128.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getHigh();
  if (parseInt(f, 10) !== 0) {
    writer.writeUint64String(
      1,
      f
    );
  }
  f = message.getLow();
  if (parseInt(f, 10) !== 0) {
    writer.writeUint64String(
      2,
      f
    );
  }
};


/**
 * optional uint64 high = 1;
 * @return {string}
 */
proto.p4.v1.Uint128.prototype.getHigh = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 1, "0"));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.Uint128} returns this
 */
proto.p4.v1.Uint128.prototype.setHigh = function(value) {
  return jspb.Message.setProto3StringIntField(this, 1, value);
};


/**
 * optional uint64 low = 2;
 * @return {string}
 */
proto.p4.v1.Uint128.prototype.getLow = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 2, "0"));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.Uint128} returns this
 */
proto.p4.v1.Uint128.prototype.setLow = function(value) {
  return jspb.Message.setProto3StringIntField(this, 2, value);
};



/**
 * List of repeated fields within this message type.
 * @private {!Array<number>}
 * @const
 */
proto.p4.v1.IdleTimeoutNotification.repeatedFields_ = [1];



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.IdleTimeoutNotification.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.IdleTimeoutNotification.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.IdleTimeoutNotification} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.IdleTimeoutNotification.toObject = function(includeInstance, msg) {
  var f, obj = {
    tableEntryList: jspb.Message.toObjectList(msg.getTableEntryList(),
    proto.p4.v1.TableEntry.toObject, includeInstance),
    timestamp: jspb.Message.getFieldWithDefault(msg, 2, "0")
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.IdleTimeoutNotification}
 */
proto.p4.v1.IdleTimeoutNotification.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.IdleTimeoutNotification;
  return proto.p4.v1.IdleTimeoutNotification.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.IdleTimeoutNotification} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.IdleTimeoutNotification}
 */
proto.p4.v1.IdleTimeoutNotification.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = new proto.p4.v1.TableEntry;
      reader.readMessage(value,proto.p4.v1.TableEntry.deserializeBinaryFromReader);
      msg.addTableEntry(value);
      break;
    case 2:
      var value = /** @type {string} */ (reader.readInt64String());
      msg.setTimestamp(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.IdleTimeoutNotification.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.IdleTimeoutNotification.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.IdleTimeoutNotification} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.IdleTimeoutNotification.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getTableEntryList();
  if (f.length > 0) {
    writer.writeRepeatedMessage(
      1,
      f,
      proto.p4.v1.TableEntry.serializeBinaryToWriter
    );
  }
  f = message.getTimestamp();
  if (parseInt(f, 10) !== 0) {
    writer.writeInt64String(
      2,
      f
    );
  }
};


/**
 * repeated TableEntry table_entry = 1;
 * @return {!Array<!proto.p4.v1.TableEntry>}
 */
proto.p4.v1.IdleTimeoutNotification.prototype.getTableEntryList = function() {
  return /** @type{!Array<!proto.p4.v1.TableEntry>} */ (
    jspb.Message.getRepeatedWrapperField(this, proto.p4.v1.TableEntry, 1));
};


/**
 * @param {!Array<!proto.p4.v1.TableEntry>} value
 * @return {!proto.p4.v1.IdleTimeoutNotification} returns this
*/
proto.p4.v1.IdleTimeoutNotification.prototype.setTableEntryList = function(value) {
  return jspb.Message.setRepeatedWrapperField(this, 1, value);
};


/**
 * @param {!proto.p4.v1.TableEntry=} opt_value
 * @param {number=} opt_index
 * @return {!proto.p4.v1.TableEntry}
 */
proto.p4.v1.IdleTimeoutNotification.prototype.addTableEntry = function(opt_value, opt_index) {
  return jspb.Message.addToRepeatedWrapperField(this, 1, opt_value, proto.p4.v1.TableEntry, opt_index);
};


/**
 * Clears the list making it empty but non-null.
 * @return {!proto.p4.v1.IdleTimeoutNotification} returns this
 */
proto.p4.v1.IdleTimeoutNotification.prototype.clearTableEntryList = function() {
  return this.setTableEntryList([]);
};


/**
 * optional int64 timestamp = 2;
 * @return {string}
 */
proto.p4.v1.IdleTimeoutNotification.prototype.getTimestamp = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 2, "0"));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.IdleTimeoutNotification} returns this
 */
proto.p4.v1.IdleTimeoutNotification.prototype.setTimestamp = function(value) {
  return jspb.Message.setProto3StringIntField(this, 2, value);
};



/**
 * Oneof group definitions for this message. Each group defines the field
 * numbers belonging to that group. When of these fields' value is set, all
 * other fields in the group are cleared. During deserialization, if multiple
 * fields are encountered for a group, only the last value seen will be kept.
 * @private {!Array<!Array<number>>}
 * @const
 */
proto.p4.v1.StreamError.oneofGroups_ = [[5,6,7]];

/**
 * @enum {number}
 */
proto.p4.v1.StreamError.DetailsCase = {
  DETAILS_NOT_SET: 0,
  PACKET_OUT: 5,
  DIGEST_LIST_ACK: 6,
  OTHER: 7
};

/**
 * @return {proto.p4.v1.StreamError.DetailsCase}
 */
proto.p4.v1.StreamError.prototype.getDetailsCase = function() {
  return /** @type {proto.p4.v1.StreamError.DetailsCase} */(jspb.Message.computeOneofCase(this, proto.p4.v1.StreamError.oneofGroups_[0]));
};



if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.StreamError.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.StreamError.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.StreamError} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.StreamError.toObject = function(includeInstance, msg) {
  var f, obj = {
    canonicalCode: jspb.Message.getFieldWithDefault(msg, 1, 0),
    message: jspb.Message.getFieldWithDefault(msg, 2, ""),
    space: jspb.Message.getFieldWithDefault(msg, 3, ""),
    code: jspb.Message.getFieldWithDefault(msg, 4, 0),
    packetOut: (f = msg.getPacketOut()) && proto.p4.v1.PacketOutError.toObject(includeInstance, f),
    digestListAck: (f = msg.getDigestListAck()) && proto.p4.v1.DigestListAckError.toObject(includeInstance, f),
    other: (f = msg.getOther()) && proto.p4.v1.StreamOtherError.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.StreamError}
 */
proto.p4.v1.StreamError.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.StreamError;
  return proto.p4.v1.StreamError.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.StreamError} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.StreamError}
 */
proto.p4.v1.StreamError.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readInt32());
      msg.setCanonicalCode(value);
      break;
    case 2:
      var value = /** @type {string} */ (reader.readString());
      msg.setMessage(value);
      break;
    case 3:
      var value = /** @type {string} */ (reader.readString());
      msg.setSpace(value);
      break;
    case 4:
      var value = /** @type {number} */ (reader.readInt32());
      msg.setCode(value);
      break;
    case 5:
      var value = new proto.p4.v1.PacketOutError;
      reader.readMessage(value,proto.p4.v1.PacketOutError.deserializeBinaryFromReader);
      msg.setPacketOut(value);
      break;
    case 6:
      var value = new proto.p4.v1.DigestListAckError;
      reader.readMessage(value,proto.p4.v1.DigestListAckError.deserializeBinaryFromReader);
      msg.setDigestListAck(value);
      break;
    case 7:
      var value = new proto.p4.v1.StreamOtherError;
      reader.readMessage(value,proto.p4.v1.StreamOtherError.deserializeBinaryFromReader);
      msg.setOther(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.StreamError.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.StreamError.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.StreamError} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.StreamError.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getCanonicalCode();
  if (f !== 0) {
    writer.writeInt32(
      1,
      f
    );
  }
  f = message.getMessage();
  if (f.length > 0) {
    writer.writeString(
      2,
      f
    );
  }
  f = message.getSpace();
  if (f.length > 0) {
    writer.writeString(
      3,
      f
    );
  }
  f = message.getCode();
  if (f !== 0) {
    writer.writeInt32(
      4,
      f
    );
  }
  f = message.getPacketOut();
  if (f != null) {
    writer.writeMessage(
      5,
      f,
      proto.p4.v1.PacketOutError.serializeBinaryToWriter
    );
  }
  f = message.getDigestListAck();
  if (f != null) {
    writer.writeMessage(
      6,
      f,
      proto.p4.v1.DigestListAckError.serializeBinaryToWriter
    );
  }
  f = message.getOther();
  if (f != null) {
    writer.writeMessage(
      7,
      f,
      proto.p4.v1.StreamOtherError.serializeBinaryToWriter
    );
  }
};


/**
 * optional int32 canonical_code = 1;
 * @return {number}
 */
proto.p4.v1.StreamError.prototype.getCanonicalCode = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.StreamError} returns this
 */
proto.p4.v1.StreamError.prototype.setCanonicalCode = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * optional string message = 2;
 * @return {string}
 */
proto.p4.v1.StreamError.prototype.getMessage = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 2, ""));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.StreamError} returns this
 */
proto.p4.v1.StreamError.prototype.setMessage = function(value) {
  return jspb.Message.setProto3StringField(this, 2, value);
};


/**
 * optional string space = 3;
 * @return {string}
 */
proto.p4.v1.StreamError.prototype.getSpace = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 3, ""));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.StreamError} returns this
 */
proto.p4.v1.StreamError.prototype.setSpace = function(value) {
  return jspb.Message.setProto3StringField(this, 3, value);
};


/**
 * optional int32 code = 4;
 * @return {number}
 */
proto.p4.v1.StreamError.prototype.getCode = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 4, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.StreamError} returns this
 */
proto.p4.v1.StreamError.prototype.setCode = function(value) {
  return jspb.Message.setProto3IntField(this, 4, value);
};


/**
 * optional PacketOutError packet_out = 5;
 * @return {?proto.p4.v1.PacketOutError}
 */
proto.p4.v1.StreamError.prototype.getPacketOut = function() {
  return /** @type{?proto.p4.v1.PacketOutError} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.PacketOutError, 5));
};


/**
 * @param {?proto.p4.v1.PacketOutError|undefined} value
 * @return {!proto.p4.v1.StreamError} returns this
*/
proto.p4.v1.StreamError.prototype.setPacketOut = function(value) {
  return jspb.Message.setOneofWrapperField(this, 5, proto.p4.v1.StreamError.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.StreamError} returns this
 */
proto.p4.v1.StreamError.prototype.clearPacketOut = function() {
  return this.setPacketOut(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.StreamError.prototype.hasPacketOut = function() {
  return jspb.Message.getField(this, 5) != null;
};


/**
 * optional DigestListAckError digest_list_ack = 6;
 * @return {?proto.p4.v1.DigestListAckError}
 */
proto.p4.v1.StreamError.prototype.getDigestListAck = function() {
  return /** @type{?proto.p4.v1.DigestListAckError} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.DigestListAckError, 6));
};


/**
 * @param {?proto.p4.v1.DigestListAckError|undefined} value
 * @return {!proto.p4.v1.StreamError} returns this
*/
proto.p4.v1.StreamError.prototype.setDigestListAck = function(value) {
  return jspb.Message.setOneofWrapperField(this, 6, proto.p4.v1.StreamError.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.StreamError} returns this
 */
proto.p4.v1.StreamError.prototype.clearDigestListAck = function() {
  return this.setDigestListAck(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.StreamError.prototype.hasDigestListAck = function() {
  return jspb.Message.getField(this, 6) != null;
};


/**
 * optional StreamOtherError other = 7;
 * @return {?proto.p4.v1.StreamOtherError}
 */
proto.p4.v1.StreamError.prototype.getOther = function() {
  return /** @type{?proto.p4.v1.StreamOtherError} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.StreamOtherError, 7));
};


/**
 * @param {?proto.p4.v1.StreamOtherError|undefined} value
 * @return {!proto.p4.v1.StreamError} returns this
*/
proto.p4.v1.StreamError.prototype.setOther = function(value) {
  return jspb.Message.setOneofWrapperField(this, 7, proto.p4.v1.StreamError.oneofGroups_[0], value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.StreamError} returns this
 */
proto.p4.v1.StreamError.prototype.clearOther = function() {
  return this.setOther(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.StreamError.prototype.hasOther = function() {
  return jspb.Message.getField(this, 7) != null;
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.PacketOutError.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.PacketOutError.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.PacketOutError} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.PacketOutError.toObject = function(includeInstance, msg) {
  var f, obj = {
    packetOut: (f = msg.getPacketOut()) && proto.p4.v1.PacketOut.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.PacketOutError}
 */
proto.p4.v1.PacketOutError.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.PacketOutError;
  return proto.p4.v1.PacketOutError.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.PacketOutError} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.PacketOutError}
 */
proto.p4.v1.PacketOutError.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = new proto.p4.v1.PacketOut;
      reader.readMessage(value,proto.p4.v1.PacketOut.deserializeBinaryFromReader);
      msg.setPacketOut(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.PacketOutError.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.PacketOutError.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.PacketOutError} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.PacketOutError.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getPacketOut();
  if (f != null) {
    writer.writeMessage(
      1,
      f,
      proto.p4.v1.PacketOut.serializeBinaryToWriter
    );
  }
};


/**
 * optional PacketOut packet_out = 1;
 * @return {?proto.p4.v1.PacketOut}
 */
proto.p4.v1.PacketOutError.prototype.getPacketOut = function() {
  return /** @type{?proto.p4.v1.PacketOut} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.PacketOut, 1));
};


/**
 * @param {?proto.p4.v1.PacketOut|undefined} value
 * @return {!proto.p4.v1.PacketOutError} returns this
*/
proto.p4.v1.PacketOutError.prototype.setPacketOut = function(value) {
  return jspb.Message.setWrapperField(this, 1, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.PacketOutError} returns this
 */
proto.p4.v1.PacketOutError.prototype.clearPacketOut = function() {
  return this.setPacketOut(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.PacketOutError.prototype.hasPacketOut = function() {
  return jspb.Message.getField(this, 1) != null;
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.DigestListAckError.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.DigestListAckError.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.DigestListAckError} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.DigestListAckError.toObject = function(includeInstance, msg) {
  var f, obj = {
    digestListAck: (f = msg.getDigestListAck()) && proto.p4.v1.DigestListAck.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.DigestListAckError}
 */
proto.p4.v1.DigestListAckError.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.DigestListAckError;
  return proto.p4.v1.DigestListAckError.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.DigestListAckError} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.DigestListAckError}
 */
proto.p4.v1.DigestListAckError.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = new proto.p4.v1.DigestListAck;
      reader.readMessage(value,proto.p4.v1.DigestListAck.deserializeBinaryFromReader);
      msg.setDigestListAck(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.DigestListAckError.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.DigestListAckError.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.DigestListAckError} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.DigestListAckError.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getDigestListAck();
  if (f != null) {
    writer.writeMessage(
      1,
      f,
      proto.p4.v1.DigestListAck.serializeBinaryToWriter
    );
  }
};


/**
 * optional DigestListAck digest_list_ack = 1;
 * @return {?proto.p4.v1.DigestListAck}
 */
proto.p4.v1.DigestListAckError.prototype.getDigestListAck = function() {
  return /** @type{?proto.p4.v1.DigestListAck} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.DigestListAck, 1));
};


/**
 * @param {?proto.p4.v1.DigestListAck|undefined} value
 * @return {!proto.p4.v1.DigestListAckError} returns this
*/
proto.p4.v1.DigestListAckError.prototype.setDigestListAck = function(value) {
  return jspb.Message.setWrapperField(this, 1, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.DigestListAckError} returns this
 */
proto.p4.v1.DigestListAckError.prototype.clearDigestListAck = function() {
  return this.setDigestListAck(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.DigestListAckError.prototype.hasDigestListAck = function() {
  return jspb.Message.getField(this, 1) != null;
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.StreamOtherError.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.StreamOtherError.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.StreamOtherError} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.StreamOtherError.toObject = function(includeInstance, msg) {
  var f, obj = {
    other: (f = msg.getOther()) && google_protobuf_any_pb.Any.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.StreamOtherError}
 */
proto.p4.v1.StreamOtherError.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.StreamOtherError;
  return proto.p4.v1.StreamOtherError.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.StreamOtherError} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.StreamOtherError}
 */
proto.p4.v1.StreamOtherError.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = new google_protobuf_any_pb.Any;
      reader.readMessage(value,google_protobuf_any_pb.Any.deserializeBinaryFromReader);
      msg.setOther(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.StreamOtherError.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.StreamOtherError.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.StreamOtherError} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.StreamOtherError.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getOther();
  if (f != null) {
    writer.writeMessage(
      1,
      f,
      google_protobuf_any_pb.Any.serializeBinaryToWriter
    );
  }
};


/**
 * optional google.protobuf.Any other = 1;
 * @return {?proto.google.protobuf.Any}
 */
proto.p4.v1.StreamOtherError.prototype.getOther = function() {
  return /** @type{?proto.google.protobuf.Any} */ (
    jspb.Message.getWrapperField(this, google_protobuf_any_pb.Any, 1));
};


/**
 * @param {?proto.google.protobuf.Any|undefined} value
 * @return {!proto.p4.v1.StreamOtherError} returns this
*/
proto.p4.v1.StreamOtherError.prototype.setOther = function(value) {
  return jspb.Message.setWrapperField(this, 1, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.StreamOtherError} returns this
 */
proto.p4.v1.StreamOtherError.prototype.clearOther = function() {
  return this.setOther(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.StreamOtherError.prototype.hasOther = function() {
  return jspb.Message.getField(this, 1) != null;
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.SetForwardingPipelineConfigRequest.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.SetForwardingPipelineConfigRequest} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.toObject = function(includeInstance, msg) {
  var f, obj = {
    deviceId: jspb.Message.getFieldWithDefault(msg, 1, "0"),
    roleId: jspb.Message.getFieldWithDefault(msg, 2, "0"),
    electionId: (f = msg.getElectionId()) && proto.p4.v1.Uint128.toObject(includeInstance, f),
    action: jspb.Message.getFieldWithDefault(msg, 4, 0),
    config: (f = msg.getConfig()) && proto.p4.v1.ForwardingPipelineConfig.toObject(includeInstance, f),
    role: jspb.Message.getFieldWithDefault(msg, 6, "")
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.SetForwardingPipelineConfigRequest}
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.SetForwardingPipelineConfigRequest;
  return proto.p4.v1.SetForwardingPipelineConfigRequest.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.SetForwardingPipelineConfigRequest} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.SetForwardingPipelineConfigRequest}
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {string} */ (reader.readUint64String());
      msg.setDeviceId(value);
      break;
    case 2:
      var value = /** @type {string} */ (reader.readUint64String());
      msg.setRoleId(value);
      break;
    case 3:
      var value = new proto.p4.v1.Uint128;
      reader.readMessage(value,proto.p4.v1.Uint128.deserializeBinaryFromReader);
      msg.setElectionId(value);
      break;
    case 4:
      var value = /** @type {!proto.p4.v1.SetForwardingPipelineConfigRequest.Action} */ (reader.readEnum());
      msg.setAction(value);
      break;
    case 5:
      var value = new proto.p4.v1.ForwardingPipelineConfig;
      reader.readMessage(value,proto.p4.v1.ForwardingPipelineConfig.deserializeBinaryFromReader);
      msg.setConfig(value);
      break;
    case 6:
      var value = /** @type {string} */ (reader.readString());
      msg.setRole(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.SetForwardingPipelineConfigRequest.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.SetForwardingPipelineConfigRequest} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getDeviceId();
  if (parseInt(f, 10) !== 0) {
    writer.writeUint64String(
      1,
      f
    );
  }
  f = message.getRoleId();
  if (parseInt(f, 10) !== 0) {
    writer.writeUint64String(
      2,
      f
    );
  }
  f = message.getElectionId();
  if (f != null) {
    writer.writeMessage(
      3,
      f,
      proto.p4.v1.Uint128.serializeBinaryToWriter
    );
  }
  f = message.getAction();
  if (f !== 0.0) {
    writer.writeEnum(
      4,
      f
    );
  }
  f = message.getConfig();
  if (f != null) {
    writer.writeMessage(
      5,
      f,
      proto.p4.v1.ForwardingPipelineConfig.serializeBinaryToWriter
    );
  }
  f = message.getRole();
  if (f.length > 0) {
    writer.writeString(
      6,
      f
    );
  }
};


/**
 * @enum {number}
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.Action = {
  UNSPECIFIED: 0,
  VERIFY: 1,
  VERIFY_AND_SAVE: 2,
  VERIFY_AND_COMMIT: 3,
  COMMIT: 4,
  RECONCILE_AND_COMMIT: 5
};

/**
 * optional uint64 device_id = 1;
 * @return {string}
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.prototype.getDeviceId = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 1, "0"));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.SetForwardingPipelineConfigRequest} returns this
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.prototype.setDeviceId = function(value) {
  return jspb.Message.setProto3StringIntField(this, 1, value);
};


/**
 * optional uint64 role_id = 2;
 * @return {string}
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.prototype.getRoleId = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 2, "0"));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.SetForwardingPipelineConfigRequest} returns this
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.prototype.setRoleId = function(value) {
  return jspb.Message.setProto3StringIntField(this, 2, value);
};


/**
 * optional Uint128 election_id = 3;
 * @return {?proto.p4.v1.Uint128}
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.prototype.getElectionId = function() {
  return /** @type{?proto.p4.v1.Uint128} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.Uint128, 3));
};


/**
 * @param {?proto.p4.v1.Uint128|undefined} value
 * @return {!proto.p4.v1.SetForwardingPipelineConfigRequest} returns this
*/
proto.p4.v1.SetForwardingPipelineConfigRequest.prototype.setElectionId = function(value) {
  return jspb.Message.setWrapperField(this, 3, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.SetForwardingPipelineConfigRequest} returns this
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.prototype.clearElectionId = function() {
  return this.setElectionId(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.prototype.hasElectionId = function() {
  return jspb.Message.getField(this, 3) != null;
};


/**
 * optional Action action = 4;
 * @return {!proto.p4.v1.SetForwardingPipelineConfigRequest.Action}
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.prototype.getAction = function() {
  return /** @type {!proto.p4.v1.SetForwardingPipelineConfigRequest.Action} */ (jspb.Message.getFieldWithDefault(this, 4, 0));
};


/**
 * @param {!proto.p4.v1.SetForwardingPipelineConfigRequest.Action} value
 * @return {!proto.p4.v1.SetForwardingPipelineConfigRequest} returns this
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.prototype.setAction = function(value) {
  return jspb.Message.setProto3EnumField(this, 4, value);
};


/**
 * optional ForwardingPipelineConfig config = 5;
 * @return {?proto.p4.v1.ForwardingPipelineConfig}
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.prototype.getConfig = function() {
  return /** @type{?proto.p4.v1.ForwardingPipelineConfig} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.ForwardingPipelineConfig, 5));
};


/**
 * @param {?proto.p4.v1.ForwardingPipelineConfig|undefined} value
 * @return {!proto.p4.v1.SetForwardingPipelineConfigRequest} returns this
*/
proto.p4.v1.SetForwardingPipelineConfigRequest.prototype.setConfig = function(value) {
  return jspb.Message.setWrapperField(this, 5, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.SetForwardingPipelineConfigRequest} returns this
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.prototype.clearConfig = function() {
  return this.setConfig(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.prototype.hasConfig = function() {
  return jspb.Message.getField(this, 5) != null;
};


/**
 * optional string role = 6;
 * @return {string}
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.prototype.getRole = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 6, ""));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.SetForwardingPipelineConfigRequest} returns this
 */
proto.p4.v1.SetForwardingPipelineConfigRequest.prototype.setRole = function(value) {
  return jspb.Message.setProto3StringField(this, 6, value);
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.SetForwardingPipelineConfigResponse.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.SetForwardingPipelineConfigResponse.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.SetForwardingPipelineConfigResponse} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.SetForwardingPipelineConfigResponse.toObject = function(includeInstance, msg) {
  var f, obj = {

  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.SetForwardingPipelineConfigResponse}
 */
proto.p4.v1.SetForwardingPipelineConfigResponse.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.SetForwardingPipelineConfigResponse;
  return proto.p4.v1.SetForwardingPipelineConfigResponse.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.SetForwardingPipelineConfigResponse} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.SetForwardingPipelineConfigResponse}
 */
proto.p4.v1.SetForwardingPipelineConfigResponse.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.SetForwardingPipelineConfigResponse.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.SetForwardingPipelineConfigResponse.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.SetForwardingPipelineConfigResponse} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.SetForwardingPipelineConfigResponse.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.ForwardingPipelineConfig.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.ForwardingPipelineConfig.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.ForwardingPipelineConfig} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ForwardingPipelineConfig.toObject = function(includeInstance, msg) {
  var f, obj = {
    p4info: (f = msg.getP4info()) && p4_config_v1_p4info_pb.P4Info.toObject(includeInstance, f),
    p4DeviceConfig: msg.getP4DeviceConfig_asB64(),
    cookie: (f = msg.getCookie()) && proto.p4.v1.ForwardingPipelineConfig.Cookie.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.ForwardingPipelineConfig}
 */
proto.p4.v1.ForwardingPipelineConfig.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.ForwardingPipelineConfig;
  return proto.p4.v1.ForwardingPipelineConfig.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.ForwardingPipelineConfig} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.ForwardingPipelineConfig}
 */
proto.p4.v1.ForwardingPipelineConfig.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = new p4_config_v1_p4info_pb.P4Info;
      reader.readMessage(value,p4_config_v1_p4info_pb.P4Info.deserializeBinaryFromReader);
      msg.setP4info(value);
      break;
    case 2:
      var value = /** @type {!Uint8Array} */ (reader.readBytes());
      msg.setP4DeviceConfig(value);
      break;
    case 3:
      var value = new proto.p4.v1.ForwardingPipelineConfig.Cookie;
      reader.readMessage(value,proto.p4.v1.ForwardingPipelineConfig.Cookie.deserializeBinaryFromReader);
      msg.setCookie(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.ForwardingPipelineConfig.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.ForwardingPipelineConfig.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.ForwardingPipelineConfig} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ForwardingPipelineConfig.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getP4info();
  if (f != null) {
    writer.writeMessage(
      1,
      f,
      p4_config_v1_p4info_pb.P4Info.serializeBinaryToWriter
    );
  }
  f = message.getP4DeviceConfig_asU8();
  if (f.length > 0) {
    writer.writeBytes(
      2,
      f
    );
  }
  f = message.getCookie();
  if (f != null) {
    writer.writeMessage(
      3,
      f,
      proto.p4.v1.ForwardingPipelineConfig.Cookie.serializeBinaryToWriter
    );
  }
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.ForwardingPipelineConfig.Cookie.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.ForwardingPipelineConfig.Cookie.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.ForwardingPipelineConfig.Cookie} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ForwardingPipelineConfig.Cookie.toObject = function(includeInstance, msg) {
  var f, obj = {
    cookie: jspb.Message.getFieldWithDefault(msg, 1, "0")
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.ForwardingPipelineConfig.Cookie}
 */
proto.p4.v1.ForwardingPipelineConfig.Cookie.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.ForwardingPipelineConfig.Cookie;
  return proto.p4.v1.ForwardingPipelineConfig.Cookie.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.ForwardingPipelineConfig.Cookie} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.ForwardingPipelineConfig.Cookie}
 */
proto.p4.v1.ForwardingPipelineConfig.Cookie.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {string} */ (reader.readUint64String());
      msg.setCookie(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.ForwardingPipelineConfig.Cookie.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.ForwardingPipelineConfig.Cookie.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.ForwardingPipelineConfig.Cookie} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.ForwardingPipelineConfig.Cookie.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getCookie();
  if (parseInt(f, 10) !== 0) {
    writer.writeUint64String(
      1,
      f
    );
  }
};


/**
 * optional uint64 cookie = 1;
 * @return {string}
 */
proto.p4.v1.ForwardingPipelineConfig.Cookie.prototype.getCookie = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 1, "0"));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.ForwardingPipelineConfig.Cookie} returns this
 */
proto.p4.v1.ForwardingPipelineConfig.Cookie.prototype.setCookie = function(value) {
  return jspb.Message.setProto3StringIntField(this, 1, value);
};


/**
 * optional p4.config.v1.P4Info p4info = 1;
 * @return {?proto.p4.config.v1.P4Info}
 */
proto.p4.v1.ForwardingPipelineConfig.prototype.getP4info = function() {
  return /** @type{?proto.p4.config.v1.P4Info} */ (
    jspb.Message.getWrapperField(this, p4_config_v1_p4info_pb.P4Info, 1));
};


/**
 * @param {?proto.p4.config.v1.P4Info|undefined} value
 * @return {!proto.p4.v1.ForwardingPipelineConfig} returns this
*/
proto.p4.v1.ForwardingPipelineConfig.prototype.setP4info = function(value) {
  return jspb.Message.setWrapperField(this, 1, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.ForwardingPipelineConfig} returns this
 */
proto.p4.v1.ForwardingPipelineConfig.prototype.clearP4info = function() {
  return this.setP4info(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.ForwardingPipelineConfig.prototype.hasP4info = function() {
  return jspb.Message.getField(this, 1) != null;
};


/**
 * optional bytes p4_device_config = 2;
 * @return {!(string|Uint8Array)}
 */
proto.p4.v1.ForwardingPipelineConfig.prototype.getP4DeviceConfig = function() {
  return /** @type {!(string|Uint8Array)} */ (jspb.Message.getFieldWithDefault(this, 2, ""));
};


/**
 * optional bytes p4_device_config = 2;
 * This is a type-conversion wrapper around `getP4DeviceConfig()`
 * @return {string}
 */
proto.p4.v1.ForwardingPipelineConfig.prototype.getP4DeviceConfig_asB64 = function() {
  return /** @type {string} */ (jspb.Message.bytesAsB64(
      this.getP4DeviceConfig()));
};


/**
 * optional bytes p4_device_config = 2;
 * Note that Uint8Array is not supported on all browsers.
 * @see http://caniuse.com/Uint8Array
 * This is a type-conversion wrapper around `getP4DeviceConfig()`
 * @return {!Uint8Array}
 */
proto.p4.v1.ForwardingPipelineConfig.prototype.getP4DeviceConfig_asU8 = function() {
  return /** @type {!Uint8Array} */ (jspb.Message.bytesAsU8(
      this.getP4DeviceConfig()));
};


/**
 * @param {!(string|Uint8Array)} value
 * @return {!proto.p4.v1.ForwardingPipelineConfig} returns this
 */
proto.p4.v1.ForwardingPipelineConfig.prototype.setP4DeviceConfig = function(value) {
  return jspb.Message.setProto3BytesField(this, 2, value);
};


/**
 * optional Cookie cookie = 3;
 * @return {?proto.p4.v1.ForwardingPipelineConfig.Cookie}
 */
proto.p4.v1.ForwardingPipelineConfig.prototype.getCookie = function() {
  return /** @type{?proto.p4.v1.ForwardingPipelineConfig.Cookie} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.ForwardingPipelineConfig.Cookie, 3));
};


/**
 * @param {?proto.p4.v1.ForwardingPipelineConfig.Cookie|undefined} value
 * @return {!proto.p4.v1.ForwardingPipelineConfig} returns this
*/
proto.p4.v1.ForwardingPipelineConfig.prototype.setCookie = function(value) {
  return jspb.Message.setWrapperField(this, 3, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.ForwardingPipelineConfig} returns this
 */
proto.p4.v1.ForwardingPipelineConfig.prototype.clearCookie = function() {
  return this.setCookie(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.ForwardingPipelineConfig.prototype.hasCookie = function() {
  return jspb.Message.getField(this, 3) != null;
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.GetForwardingPipelineConfigRequest.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.GetForwardingPipelineConfigRequest.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.GetForwardingPipelineConfigRequest} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.GetForwardingPipelineConfigRequest.toObject = function(includeInstance, msg) {
  var f, obj = {
    deviceId: jspb.Message.getFieldWithDefault(msg, 1, "0"),
    responseType: jspb.Message.getFieldWithDefault(msg, 2, 0)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.GetForwardingPipelineConfigRequest}
 */
proto.p4.v1.GetForwardingPipelineConfigRequest.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.GetForwardingPipelineConfigRequest;
  return proto.p4.v1.GetForwardingPipelineConfigRequest.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.GetForwardingPipelineConfigRequest} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.GetForwardingPipelineConfigRequest}
 */
proto.p4.v1.GetForwardingPipelineConfigRequest.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {string} */ (reader.readUint64String());
      msg.setDeviceId(value);
      break;
    case 2:
      var value = /** @type {!proto.p4.v1.GetForwardingPipelineConfigRequest.ResponseType} */ (reader.readEnum());
      msg.setResponseType(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.GetForwardingPipelineConfigRequest.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.GetForwardingPipelineConfigRequest.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.GetForwardingPipelineConfigRequest} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.GetForwardingPipelineConfigRequest.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getDeviceId();
  if (parseInt(f, 10) !== 0) {
    writer.writeUint64String(
      1,
      f
    );
  }
  f = message.getResponseType();
  if (f !== 0.0) {
    writer.writeEnum(
      2,
      f
    );
  }
};


/**
 * @enum {number}
 */
proto.p4.v1.GetForwardingPipelineConfigRequest.ResponseType = {
  ALL: 0,
  COOKIE_ONLY: 1,
  P4INFO_AND_COOKIE: 2,
  DEVICE_CONFIG_AND_COOKIE: 3
};

/**
 * optional uint64 device_id = 1;
 * @return {string}
 */
proto.p4.v1.GetForwardingPipelineConfigRequest.prototype.getDeviceId = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 1, "0"));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.GetForwardingPipelineConfigRequest} returns this
 */
proto.p4.v1.GetForwardingPipelineConfigRequest.prototype.setDeviceId = function(value) {
  return jspb.Message.setProto3StringIntField(this, 1, value);
};


/**
 * optional ResponseType response_type = 2;
 * @return {!proto.p4.v1.GetForwardingPipelineConfigRequest.ResponseType}
 */
proto.p4.v1.GetForwardingPipelineConfigRequest.prototype.getResponseType = function() {
  return /** @type {!proto.p4.v1.GetForwardingPipelineConfigRequest.ResponseType} */ (jspb.Message.getFieldWithDefault(this, 2, 0));
};


/**
 * @param {!proto.p4.v1.GetForwardingPipelineConfigRequest.ResponseType} value
 * @return {!proto.p4.v1.GetForwardingPipelineConfigRequest} returns this
 */
proto.p4.v1.GetForwardingPipelineConfigRequest.prototype.setResponseType = function(value) {
  return jspb.Message.setProto3EnumField(this, 2, value);
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.GetForwardingPipelineConfigResponse.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.GetForwardingPipelineConfigResponse.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.GetForwardingPipelineConfigResponse} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.GetForwardingPipelineConfigResponse.toObject = function(includeInstance, msg) {
  var f, obj = {
    config: (f = msg.getConfig()) && proto.p4.v1.ForwardingPipelineConfig.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.GetForwardingPipelineConfigResponse}
 */
proto.p4.v1.GetForwardingPipelineConfigResponse.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.GetForwardingPipelineConfigResponse;
  return proto.p4.v1.GetForwardingPipelineConfigResponse.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.GetForwardingPipelineConfigResponse} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.GetForwardingPipelineConfigResponse}
 */
proto.p4.v1.GetForwardingPipelineConfigResponse.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = new proto.p4.v1.ForwardingPipelineConfig;
      reader.readMessage(value,proto.p4.v1.ForwardingPipelineConfig.deserializeBinaryFromReader);
      msg.setConfig(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.GetForwardingPipelineConfigResponse.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.GetForwardingPipelineConfigResponse.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.GetForwardingPipelineConfigResponse} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.GetForwardingPipelineConfigResponse.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getConfig();
  if (f != null) {
    writer.writeMessage(
      1,
      f,
      proto.p4.v1.ForwardingPipelineConfig.serializeBinaryToWriter
    );
  }
};


/**
 * optional ForwardingPipelineConfig config = 1;
 * @return {?proto.p4.v1.ForwardingPipelineConfig}
 */
proto.p4.v1.GetForwardingPipelineConfigResponse.prototype.getConfig = function() {
  return /** @type{?proto.p4.v1.ForwardingPipelineConfig} */ (
    jspb.Message.getWrapperField(this, proto.p4.v1.ForwardingPipelineConfig, 1));
};


/**
 * @param {?proto.p4.v1.ForwardingPipelineConfig|undefined} value
 * @return {!proto.p4.v1.GetForwardingPipelineConfigResponse} returns this
*/
proto.p4.v1.GetForwardingPipelineConfigResponse.prototype.setConfig = function(value) {
  return jspb.Message.setWrapperField(this, 1, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.GetForwardingPipelineConfigResponse} returns this
 */
proto.p4.v1.GetForwardingPipelineConfigResponse.prototype.clearConfig = function() {
  return this.setConfig(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.GetForwardingPipelineConfigResponse.prototype.hasConfig = function() {
  return jspb.Message.getField(this, 1) != null;
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.Error.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.Error.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.Error} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.Error.toObject = function(includeInstance, msg) {
  var f, obj = {
    canonicalCode: jspb.Message.getFieldWithDefault(msg, 1, 0),
    message: jspb.Message.getFieldWithDefault(msg, 2, ""),
    space: jspb.Message.getFieldWithDefault(msg, 3, ""),
    code: jspb.Message.getFieldWithDefault(msg, 4, 0),
    details: (f = msg.getDetails()) && google_protobuf_any_pb.Any.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.Error}
 */
proto.p4.v1.Error.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.Error;
  return proto.p4.v1.Error.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.Error} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.Error}
 */
proto.p4.v1.Error.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readInt32());
      msg.setCanonicalCode(value);
      break;
    case 2:
      var value = /** @type {string} */ (reader.readString());
      msg.setMessage(value);
      break;
    case 3:
      var value = /** @type {string} */ (reader.readString());
      msg.setSpace(value);
      break;
    case 4:
      var value = /** @type {number} */ (reader.readInt32());
      msg.setCode(value);
      break;
    case 5:
      var value = new google_protobuf_any_pb.Any;
      reader.readMessage(value,google_protobuf_any_pb.Any.deserializeBinaryFromReader);
      msg.setDetails(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.Error.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.Error.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.Error} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.Error.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getCanonicalCode();
  if (f !== 0) {
    writer.writeInt32(
      1,
      f
    );
  }
  f = message.getMessage();
  if (f.length > 0) {
    writer.writeString(
      2,
      f
    );
  }
  f = message.getSpace();
  if (f.length > 0) {
    writer.writeString(
      3,
      f
    );
  }
  f = message.getCode();
  if (f !== 0) {
    writer.writeInt32(
      4,
      f
    );
  }
  f = message.getDetails();
  if (f != null) {
    writer.writeMessage(
      5,
      f,
      google_protobuf_any_pb.Any.serializeBinaryToWriter
    );
  }
};


/**
 * optional int32 canonical_code = 1;
 * @return {number}
 */
proto.p4.v1.Error.prototype.getCanonicalCode = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.Error} returns this
 */
proto.p4.v1.Error.prototype.setCanonicalCode = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};


/**
 * optional string message = 2;
 * @return {string}
 */
proto.p4.v1.Error.prototype.getMessage = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 2, ""));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.Error} returns this
 */
proto.p4.v1.Error.prototype.setMessage = function(value) {
  return jspb.Message.setProto3StringField(this, 2, value);
};


/**
 * optional string space = 3;
 * @return {string}
 */
proto.p4.v1.Error.prototype.getSpace = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 3, ""));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.Error} returns this
 */
proto.p4.v1.Error.prototype.setSpace = function(value) {
  return jspb.Message.setProto3StringField(this, 3, value);
};


/**
 * optional int32 code = 4;
 * @return {number}
 */
proto.p4.v1.Error.prototype.getCode = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 4, 0));
};


/**
 * @param {number} value
 * @return {!proto.p4.v1.Error} returns this
 */
proto.p4.v1.Error.prototype.setCode = function(value) {
  return jspb.Message.setProto3IntField(this, 4, value);
};


/**
 * optional google.protobuf.Any details = 5;
 * @return {?proto.google.protobuf.Any}
 */
proto.p4.v1.Error.prototype.getDetails = function() {
  return /** @type{?proto.google.protobuf.Any} */ (
    jspb.Message.getWrapperField(this, google_protobuf_any_pb.Any, 5));
};


/**
 * @param {?proto.google.protobuf.Any|undefined} value
 * @return {!proto.p4.v1.Error} returns this
*/
proto.p4.v1.Error.prototype.setDetails = function(value) {
  return jspb.Message.setWrapperField(this, 5, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.Error} returns this
 */
proto.p4.v1.Error.prototype.clearDetails = function() {
  return this.setDetails(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.Error.prototype.hasDetails = function() {
  return jspb.Message.getField(this, 5) != null;
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.CapabilitiesRequest.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.CapabilitiesRequest.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.CapabilitiesRequest} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.CapabilitiesRequest.toObject = function(includeInstance, msg) {
  var f, obj = {
    deviceId: jspb.Message.getFieldWithDefault(msg, 1, "0")
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.CapabilitiesRequest}
 */
proto.p4.v1.CapabilitiesRequest.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.CapabilitiesRequest;
  return proto.p4.v1.CapabilitiesRequest.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.CapabilitiesRequest} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.CapabilitiesRequest}
 */
proto.p4.v1.CapabilitiesRequest.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {string} */ (reader.readUint64String());
      msg.setDeviceId(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.CapabilitiesRequest.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.CapabilitiesRequest.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.CapabilitiesRequest} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.CapabilitiesRequest.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getDeviceId();
  if (parseInt(f, 10) !== 0) {
    writer.writeUint64String(
      1,
      f
    );
  }
};


/**
 * optional uint64 device_id = 1;
 * @return {string}
 */
proto.p4.v1.CapabilitiesRequest.prototype.getDeviceId = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 1, "0"));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.CapabilitiesRequest} returns this
 */
proto.p4.v1.CapabilitiesRequest.prototype.setDeviceId = function(value) {
  return jspb.Message.setProto3StringIntField(this, 1, value);
};





if (jspb.Message.GENERATE_TO_OBJECT) {
/**
 * Creates an object representation of this proto.
 * Field names that are reserved in JavaScript and will be renamed to pb_name.
 * Optional fields that are not set will be set to undefined.
 * To access a reserved field use, foo.pb_<name>, eg, foo.pb_default.
 * For the list of reserved names please see:
 *     net/proto2/compiler/js/internal/generator.cc#kKeyword.
 * @param {boolean=} opt_includeInstance Deprecated. whether to include the
 *     JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @return {!Object}
 */
proto.p4.v1.CapabilitiesResponse.prototype.toObject = function(opt_includeInstance) {
  return proto.p4.v1.CapabilitiesResponse.toObject(opt_includeInstance, this);
};


/**
 * Static version of the {@see toObject} method.
 * @param {boolean|undefined} includeInstance Deprecated. Whether to include
 *     the JSPB instance for transitional soy proto support:
 *     http://goto/soy-param-migration
 * @param {!proto.p4.v1.CapabilitiesResponse} msg The msg instance to transform.
 * @return {!Object}
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.CapabilitiesResponse.toObject = function(includeInstance, msg) {
  var f, obj = {
    p4runtimeApiVersion: jspb.Message.getFieldWithDefault(msg, 1, ""),
    experimental: (f = msg.getExperimental()) && google_protobuf_any_pb.Any.toObject(includeInstance, f)
  };

  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}


/**
 * Deserializes binary data (in protobuf wire format).
 * @param {jspb.ByteSource} bytes The bytes to deserialize.
 * @return {!proto.p4.v1.CapabilitiesResponse}
 */
proto.p4.v1.CapabilitiesResponse.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.p4.v1.CapabilitiesResponse;
  return proto.p4.v1.CapabilitiesResponse.deserializeBinaryFromReader(msg, reader);
};


/**
 * Deserializes binary data (in protobuf wire format) from the
 * given reader into the given message object.
 * @param {!proto.p4.v1.CapabilitiesResponse} msg The message object to deserialize into.
 * @param {!jspb.BinaryReader} reader The BinaryReader to use.
 * @return {!proto.p4.v1.CapabilitiesResponse}
 */
proto.p4.v1.CapabilitiesResponse.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {string} */ (reader.readString());
      msg.setP4runtimeApiVersion(value);
      break;
    case 999:
      var value = new google_protobuf_any_pb.Any;
      reader.readMessage(value,google_protobuf_any_pb.Any.deserializeBinaryFromReader);
      msg.setExperimental(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};


/**
 * Serializes the message to binary data (in protobuf wire format).
 * @return {!Uint8Array}
 */
proto.p4.v1.CapabilitiesResponse.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.p4.v1.CapabilitiesResponse.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};


/**
 * Serializes the given message to binary data (in protobuf wire
 * format), writing to the given BinaryWriter.
 * @param {!proto.p4.v1.CapabilitiesResponse} message
 * @param {!jspb.BinaryWriter} writer
 * @suppress {unusedLocalVariables} f is only used for nested messages
 */
proto.p4.v1.CapabilitiesResponse.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getP4runtimeApiVersion();
  if (f.length > 0) {
    writer.writeString(
      1,
      f
    );
  }
  f = message.getExperimental();
  if (f != null) {
    writer.writeMessage(
      999,
      f,
      google_protobuf_any_pb.Any.serializeBinaryToWriter
    );
  }
};


/**
 * optional string p4runtime_api_version = 1;
 * @return {string}
 */
proto.p4.v1.CapabilitiesResponse.prototype.getP4runtimeApiVersion = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 1, ""));
};


/**
 * @param {string} value
 * @return {!proto.p4.v1.CapabilitiesResponse} returns this
 */
proto.p4.v1.CapabilitiesResponse.prototype.setP4runtimeApiVersion = function(value) {
  return jspb.Message.setProto3StringField(this, 1, value);
};


/**
 * optional google.protobuf.Any experimental = 999;
 * @return {?proto.google.protobuf.Any}
 */
proto.p4.v1.CapabilitiesResponse.prototype.getExperimental = function() {
  return /** @type{?proto.google.protobuf.Any} */ (
    jspb.Message.getWrapperField(this, google_protobuf_any_pb.Any, 999));
};


/**
 * @param {?proto.google.protobuf.Any|undefined} value
 * @return {!proto.p4.v1.CapabilitiesResponse} returns this
*/
proto.p4.v1.CapabilitiesResponse.prototype.setExperimental = function(value) {
  return jspb.Message.setWrapperField(this, 999, value);
};


/**
 * Clears the message field making it undefined.
 * @return {!proto.p4.v1.CapabilitiesResponse} returns this
 */
proto.p4.v1.CapabilitiesResponse.prototype.clearExperimental = function() {
  return this.setExperimental(undefined);
};


/**
 * Returns whether this field is set.
 * @return {boolean}
 */
proto.p4.v1.CapabilitiesResponse.prototype.hasExperimental = function() {
  return jspb.Message.getField(this, 999) != null;
};


/**
 * @enum {number}
 */
proto.p4.v1.SdnPort = {
  SDN_PORT_UNKNOWN: 0,
  SDN_PORT_MIN: 1,
  SDN_PORT_MAX: -257,
  SDN_PORT_RECIRCULATE: -6,
  SDN_PORT_CPU: -3
};

goog.object.extend(exports, proto.p4.v1);
