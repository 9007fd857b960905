import assert from 'node:assert/strict';
import { credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import {
  type DeleteResourceResponse,
  type Document,
  GetClusterRequest,
  HostRequest,
  type Instance,
  LookupRequest,
  MeshClient,
  Registration,
  Resource,
  ResourceName,
  type Service,
  WatchServicesRequest,
} from 'p4runtime-js/mesh';
import type { LiveFabric } from '../../cli/up/fabric.js';
import { type ApiServer, hashToken, newToken } from '../../controller/api/index.js';
import { liveFabric, serveApi } from './support.js';

describe('gRPC', function () {
  this.timeout(120_000);
  const token = newToken();
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  let fabric: LiveFabric;
  let api: ApiServer;
  let client: MeshClient;
  before(async () => {
    fabric = await liveFabric();
    api = await serveApi(fabric, { tokens: [hashToken(token)] });
    client = new MeshClient(`127.0.0.1:${api.grpcPort}`, credentials.createInsecure());
  });
  after(async () => {
    client?.close();
    await api?.close();
    await fabric?.close();
  });

  /** Has one call made, with the callback it is given. */
  const answer = <A>(make: (done: (error: ServiceError | null, answer?: A) => void) => unknown): Promise<A> =>
    new Promise((resolve, reject) => {
      make((error, value) => {
        if (error === null && value !== undefined) resolve(value);
        else reject(error);
      });
    });

  it('registers, and tells whoever watches', async () => {
    const request = new WatchServicesRequest();
    request.setPrefix('/shop');
    const watch = client.watchServices(request, metadata);
    watch.on('error', () => undefined);
    await new Promise((resolve) => watch.once('metadata', resolve));
    const told = new Promise<Service>((resolve) => watch.once('data', resolve));
    const registration = new Registration();
    registration.setService('/shop/cart');
    registration.setAddress('10.0.2.1');
    registration.setPort(7000);
    const instance = await answer<Instance>((done) => client.register(registration, metadata, done));
    assert.equal(instance.getWeight(), 1);
    assert.equal((await told).getInstancesList()[0]?.getId(), instance.getId());
    watch.cancel();
  });

  it('puts a policy, and gives what REST gives', async () => {
    const policy = new Resource();
    policy.setKind('policies');
    policy.setName('slow');
    policy.setSpecJson('{"destination":"/shop","stickiness":{"idleMs":1000}}');
    const made = await answer<Resource>((done) => client.putResource(policy, metadata, done));
    const name = new ResourceName();
    name.setKind('policies');
    name.setName('slow');
    assert.equal(
      (await answer<Resource>((done) => client.getResource(name, metadata, done))).getSpecJson(),
      made.getSpecJson(),
    );
    const response = await fetch(`http://127.0.0.1:${api.port}/v1/policies/slow`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { spec } = (await response.json()) as { spec: unknown };
    assert.deepEqual(spec, JSON.parse(made.getSpecJson()));
    await answer<DeleteResourceResponse>((done) => client.deleteResource(name, metadata, done));
    await assert.rejects(
      answer<Resource>((done) => client.getResource(name, metadata, done)),
      { code: 5 },
    );
  });

  it('has a host act', async () => {
    const request = new HostRequest();
    request.setHost('h1');
    request.setOperation('ping');
    request.setBodyJson('{"name":"/fabric/switch/leaf1"}');
    const { attempts } = JSON.parse(
      (await answer<Document>((done) => client.askHost(request, metadata, done))).getJson(),
    ) as { attempts: number };
    assert.ok(attempts >= 1);
  });

  it('tells what leaves hold for a name, and who leads', async () => {
    const request = new LookupRequest();
    request.setName('/host/h1');
    const of = async (document: Promise<Document>) => JSON.parse((await document).getJson()) as unknown;
    const { host, leaves } = (await of(
      answer<Document>((done) => client.getName(request, metadata, done)),
    )) as { host: unknown; leaves: { switch: string; entry: { name: string } }[] };
    assert.deepEqual(host, { name: '/host/h1', address: '10.0.1.1' });
    assert.deepEqual(
      leaves.map((leaf) => [leaf.switch, leaf.entry.name]),
      [
        ['leaf1', '/host/h1'],
        ['leaf2', '/host/h1'],
      ],
    );
    const cluster = (await of(
      answer<Document>((done) => client.getCluster(new GetClusterRequest(), metadata, done)),
    )) as { state: string; controller: null; leads: string[] };
    assert.deepEqual([cluster.state, cluster.controller], ['active', null]);
    assert.deepEqual(cluster.leads, ['leaf1', 'leaf2', 'spine1']);
    request.setName('no name');
    await assert.rejects(
      answer<Document>((done) => client.getName(request, metadata, done)),
      { code: 3 },
    );
  });

  it('asks for the token', async () => {
    const name = new ResourceName();
    await assert.rejects(
      answer<Resource>((done) => client.getResource(name, new Metadata(), done)),
      { code: 16 },
    );
  });
});
