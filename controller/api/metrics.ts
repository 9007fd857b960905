import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry as MetricRegistry } from 'prom-client';
import type { Controller } from '../controller.js';
import { readLosses } from '../telemetry/losses.js';
import type { EventLog, LoggedEvent } from './event-log.js';

/** Least time between two readings of the switches for metrics, milliseconds. */
const READING_MS = 1000;

/** What Prometheus scrapes: the controller's state as of the scrape, and counts since it started. */
export class Metrics {
  readonly registry = new MetricRegistry();
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  readonly #controller: Controller;
  readonly #unwatch: () => void;
  readonly #events: Counter<'kind'>;
  readonly #registrations: Counter<'change'>;
  readonly #errors: Counter<'switch'>;
  readonly #gauges: Gauges;
  #lastReading = 0;

  constructor(controller: Controller, log: EventLog) {
    this.#controller = controller;
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.requests = new Histogram({
      name: 'sincmesh_api_request_seconds',
      help: 'Duration of API requests',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
      registers,
    });
    this.#events = new Counter({
      name: 'sincmesh_events_total',
      help: 'Events of the controller, by kind',
      labelNames: ['kind'],
      registers,
    });
    this.#registrations = new Counter({
      name: 'sincmesh_registry_changes_total',
      help: 'Instances registered, changed, deregistered or expired, hosts attached',
      labelNames: ['change'],
      registers,
    });
    this.#errors = new Counter({
      name: 'sincmesh_errors_total',
      help: 'Errors the controller met, by switch (empty: its own)',
      labelNames: ['switch'],
      registers,
    });
    this.#gauges = makeGauges(registers);
    this.#unwatch = log.watch((event) => this.#count(event));
  }

  close(): void {
    this.#unwatch();
    this.registry.clear();
  }

  /** The text format of Prometheus. Services' numbers are read from the switches, at most once a second. */
  async text(): Promise<string> {
    const now = Date.now();
    if (now - this.#lastReading >= READING_MS) {
      this.#lastReading = now;
      // What cannot be read now is shown as last measured.
      await Promise.all([this.#controller.telemetry.measure().catch(() => undefined), this.#losses()]);
    }
    this.#switches();
    this.#services();
    return this.registry.metrics();
  }

  #count({ event }: LoggedEvent): void {
    const {
      kind,
      switch: name,
      event: inner,
    } = event as { kind: string; switch?: string; event?: { kind: string } };
    this.#events.inc({ kind });
    if (kind === 'registry' && inner !== undefined) this.#registrations.inc({ change: inner.kind });
    if (kind === 'error') this.#errors.inc({ switch: name ?? '' });
  }

  #switches(): void {
    const { connected, settled, desired, refused, written } = this.#gauges;
    for (const name of this.#controller.topology.switches.keys()) {
      const session = this.#controller.session(name);
      const labels = { switch: name };
      connected.set(labels, session.client?.state.kind === 'primary' ? 1 : 0);
      settled.set(labels, session.isSettled ? 1 : 0);
      desired.set(labels, session.desired.size);
      refused.set(labels, session.reconciler?.refusedCount ?? 0);
      written.set(labels, session.reconciler?.stats.written ?? 0);
    }
  }

  async #losses(): Promise<void> {
    const { dropped, nacked, denied } = this.#gauges;
    const read = [...this.#controller.topology.switches.keys()].map(async (name) => {
      const { client } = this.#controller.session(name);
      if (client?.state.kind !== 'primary') return;
      const { drops, nacks, denials } = await readLosses(client);
      for (const [reason, count] of drops) dropped.set({ switch: name, reason }, count);
      for (const [reason, count] of nacks) nacked.set({ switch: name, reason }, count);
      for (const [reason, count] of denials) denied.set({ switch: name, reason }, count);
    });
    await Promise.allSettled(read);
  }

  #services(): void {
    const gauges = this.#gauges;
    const { registry, telemetry } = this.#controller;
    for (const gauge of [gauges.instances, gauges.requests, gauges.responses, gauges.nacks, gauges.latency]) {
      gauge.reset();
    }
    let leases = 0;
    for (const { name, instances } of registry.services()) {
      gauges.instances.set({ service: name.text }, instances.length);
      leases += instances.length;
    }
    gauges.leases.set(leases);
    gauges.hosts.set(registry.hosts().length);
    for (const { service, requests, responses, nacks, latencyUs } of telemetry.services()) {
      gauges.requests.set({ service }, requests);
      gauges.responses.set({ service }, responses);
      for (const [reason, count] of Object.entries(nacks)) gauges.nacks.set({ service, reason }, count);
      if (latencyUs === undefined) continue;
      gauges.latency.set({ service, quantile: '0.5' }, latencyUs.p50 / 1e6);
      gauges.latency.set({ service, quantile: '0.99' }, latencyUs.p99 / 1e6);
    }
  }
}

type Gauges = ReturnType<typeof makeGauges>;

function makeGauges(registers: MetricRegistry[]) {
  const perSwitch = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: ['switch'] as const, registers });
  const perService = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: ['service'] as const, registers });
  const perReason = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: ['switch', 'reason'] as const, registers });
  return {
    dropped: perReason('sincmesh_switch_dropped_packets', 'Packets the switch has dropped, by reason'),
    nacked: perReason('sincmesh_switch_nacks', 'Nacks the switch has made, by reason'),
    denied: perReason('sincmesh_switch_denied_packets', 'Packets refused at edge ports, by reason'),
    connected: perSwitch('sincmesh_switch_connected', '1 where the controller is the primary of the switch'),
    settled: perSwitch('sincmesh_switch_settled', '1 where the switch holds everything it should'),
    desired: perSwitch('sincmesh_switch_desired_entries', 'Entries the switch should hold'),
    refused: perSwitch('sincmesh_switch_refused_entries', 'Entries the switch does not take'),
    written: perSwitch(
      'sincmesh_switch_written_updates',
      'Updates the switch has taken since it was connected',
    ),
    instances: perService('sincmesh_service_instances', 'Instances registered for the service'),
    requests: perService(
      'sincmesh_service_requests',
      'Requests that entered the fabric, since the switches started',
    ),
    responses: perService('sincmesh_service_responses', 'Answers that reached their caller'),
    leases: new Gauge({ name: 'sincmesh_leases', help: 'Leases that are kept', registers }),
    hosts: new Gauge({ name: 'sincmesh_hosts', help: 'Hosts reachable by name', registers }),
    nacks: new Gauge({
      name: 'sincmesh_service_nacks',
      help: 'Nacks that reached their caller, by reason',
      labelNames: ['service', 'reason'] as const,
      registers,
    }),
    latency: new Gauge({
      name: 'sincmesh_service_latency_seconds',
      help: 'From request to answer at the leaf of the caller',
      labelNames: ['service', 'quantile'] as const,
      registers,
    }),
  };
}
