import assert from 'node:assert/strict';
import {
  BackupReplica,
  CloneSessionEntry,
  type Entity,
  MulticastGroupEntry,
  PacketReplicationEngineEntry,
  Replica,
  type Update,
} from 'p4runtime-js';
import { bytes, EXISTS, entity, exact, INVALID, insert, NOT_FOUND, Rig, update } from './rig.js';

const FRAME = '00000000aa01' + '00000000bb01' + '1234';

type Place = readonly [port: number, instance: number];

function replica([port, instance]: Place, ...backups: Place[]): Replica {
  const message = new Replica();
  message.setPort(bytes(port));
  message.setInstance(instance);
  for (const [backupPort, backupInstance] of backups) {
    const backup = new BackupReplica();
    backup.setPort(bytes(backupPort));
    backup.setInstance(backupInstance);
    message.addBackupReplicas(backup);
  }
  return message;
}

function wrap(fill: (entry: PacketReplicationEngineEntry) => void): Entity {
  const entry = new PacketReplicationEngineEntry();
  fill(entry);
  return entity((e) => e.setPacketReplicationEngineEntry(entry));
}

function group(id: number, ...replicas: Replica[]): Entity {
  const message = new MulticastGroupEntry();
  message.setMulticastGroupId(id);
  message.setReplicasList(replicas);
  return wrap((entry) => entry.setMulticastGroupEntry(message));
}

function session(
  id: number,
  replicas: Replica[],
  edit: (message: CloneSessionEntry) => void = () => undefined,
): Entity {
  const message = new CloneSessionEntry();
  message.setSessionId(id);
  message.setReplicasList(replicas);
  edit(message);
  return wrap((entry) => entry.setCloneSessionEntry(message));
}

describe('P4Runtime specification: packet replication', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await new Rig().start();
    await rig.ready();
  });
  afterEach(() => rig.stop());

  const codes = (...updates: Update[]) => rig.codes(...updates);
  const ports = (): number[] => [...Array(8).keys()].filter((port) => rig.take(port).length > 0);
  const toGroup = () => insert(rig.entry('forward', [exact(1, 0xaa01)], rig.action('to_group', 7)));

  it('groups: ids, instances and ports are ones there can be, pairs of port and instance differ', async () => {
    assert.deepEqual(
      await codes(
        update('INSERT', group(0, replica([1, 1]))),
        update('INSERT', group(0x10000)),
        update('INSERT', group(1, replica([1, 0x10000]))),
        update('INSERT', group(1, replica([0x10000, 1]))),
        update('INSERT', group(1, replica([1, 1]), replica([1, 1]))),
        update('INSERT', group(1, replica([1, 1]), replica([2, 0], [1, 1]))),
        update('INSERT', group(1, replica([1, 1], [1, 2]))),
        update('INSERT', group(1, replica([1, 1], [2, 0x10000]))),
        update('INSERT', group(1, replica([1, 0]), replica([1, 1]))),
        update('INSERT', group(1)),
        update('MODIFY', group(2)),
        update('DELETE', group(2)),
        update('MODIFY', group(0)),
        update('DELETE', group(1)),
      ),
      [
        INVALID,
        INVALID,
        INVALID,
        INVALID,
        INVALID,
        INVALID,
        INVALID,
        INVALID,
        0,
        EXISTS,
        NOT_FOUND,
        NOT_FOUND,
        INVALID,
        0,
      ],
    );
  });

  it('sessions: ids, instances, class of service and length are ones there can be', async () => {
    const one = [replica([1, 0])];
    assert.deepEqual(
      await codes(
        update('INSERT', session(0, one)),
        update('INSERT', session(0x8000, one)),
        update('INSERT', session(1, [replica([1, 0x10000])])),
        update(
          'INSERT',
          session(1, one, (s) => s.setClassOfService(8)),
        ),
        update(
          'INSERT',
          session(1, one, (s) => s.setPacketLengthBytes(-1)),
        ),
        update(
          'INSERT',
          session(1, one, (s) => s.setClassOfService(7)),
        ),
        update('INSERT', session(1, one)),
        update('MODIFY', session(2, one)),
        update('DELETE', session(2, [])),
        update('DELETE', session(1, [])),
      ),
      [INVALID, INVALID, INVALID, INVALID, INVALID, 0, EXISTS, NOT_FOUND, NOT_FOUND, 0],
    );
  });

  it('packets for a group that is not there, or not any more, are dropped', async () => {
    await rig.apply(toGroup());
    rig.receive(0, FRAME);
    assert.deepEqual(ports(), []);
    await rig.apply(update('INSERT', group(7, replica([1, 0]), replica([2, 0]))));
    rig.receive(0, FRAME);
    assert.deepEqual(ports(), [1, 2]);
    await rig.apply(update('DELETE', group(7)));
    rig.receive(0, FRAME);
    assert.deepEqual(ports(), []);
  });

  it('a session that is not there makes no clones', async () => {
    await rig.apply(
      insert(rig.entry('forward', [exact(1, 0xaa01)], rig.action('set_port', 1))),
      insert(rig.entry('acl', [], rig.action('mirror', 4), (e) => e.setPriority(1))),
    );
    rig.receive(0, FRAME);
    assert.deepEqual(ports(), [1]);
    await rig.apply(update('INSERT', session(4, [replica([2, 0]), replica([3, 1])])));
    rig.receive(0, FRAME);
    assert.deepEqual(ports(), [1, 2, 3]);
    await rig.apply(update('DELETE', session(4, [])));
    rig.receive(0, FRAME);
    assert.deepEqual(ports(), [1]);
  });

  it('a replica whose port is down goes to the best backup whose port is up, and back', async () => {
    const device = (port: number) => ({
      transmit: (frame: Uint8Array) => rig.sent.get(port)?.push(Buffer.from(frame).toString('hex')),
    });
    await rig.apply(
      toGroup(),
      update('INSERT', group(7, replica([1, 0]), replica([2, 1], [3, 2], [4, 3]))),
      insert(rig.entry('acl', [], rig.action('mirror', 4), (e) => e.setPriority(1))),
      update('INSERT', session(4, [replica([5, 0], [6, 1])])),
    );
    const steps: readonly [(() => void) | undefined, number[]][] = [
      [undefined, [1, 2, 5]],
      [() => rig.sw.detach(2), [1, 3, 5]],
      [() => rig.sw.detach(3), [1, 4, 5]],
      [() => rig.sw.detach(4), [1, 5]],
      [() => rig.sw.detach(5), [1, 6]],
      [() => rig.sw.attach(3, device(3)), [1, 3, 6]],
      [() => rig.sw.attach(4, device(4)), [1, 3, 6]],
      [() => rig.sw.attach(2, device(2)), [1, 2, 6]],
      [() => rig.sw.attach(5, device(5)), [1, 2, 5]],
    ];
    for (const [step, expected] of steps) {
      step?.();
      rig.receive(0, FRAME);
      assert.deepEqual(ports(), expected);
    }
    // What is written while a port is down holds at once.
    rig.sw.detach(1);
    await rig.apply(update('MODIFY', group(7, replica([1, 0], [4, 0]))));
    rig.receive(0, FRAME);
    assert.deepEqual(ports(), [4, 5]);
  });

  it('groups and sessions are read as they were written, backups in order, old port numbers as numbers', async () => {
    const numbered = new Replica();
    numbered.setEgressPort(3);
    numbered.setInstance(9);
    const withMetadata = group(7, replica([2, 1], [5, 2], [4, 3]), numbered);
    withMetadata
      .getPacketReplicationEngineEntry()
      ?.getMulticastGroupEntry()
      ?.setMetadata(Uint8Array.of(1, 2, 3));
    const clones = session(4, [replica([5, 0], [6, 1]), numbered.clone()], (s) => {
      s.setClassOfService(3);
      s.setPacketLengthBytes(100);
    });
    await rig.apply(update('INSERT', withMetadata), update('INSERT', clones));
    assert.deepEqual((await rig.read(group(7)))[0]?.toObject(), withMetadata.toObject());
    assert.deepEqual((await rig.read(session(4, [])))[0]?.toObject(), clones.toObject());
    assert.deepEqual(await rig.read(group(8)), []);
    assert.equal((await rig.read(group(0))).length, 1);
    assert.equal((await rig.read(session(0, []))).length, 1);
  });
});
