import assert from 'node:assert/strict';
import { switchArguments, switchHelp } from '../../cli/switch-arguments.js';

const read = (line: string) => {
  const args = switchArguments(line.split(' '));
  assert.ok(args !== 'help');
  return args;
};

describe('arguments of sincmesh switch', () => {
  it('are those scripts give simple_switch_grpc', () => {
    const args = read(
      '--no-p4 --device-id 7 --thrift-port 9091 --pcap logs -i 1@s1-eth1 -i2@udp:127.0.0.1:1-127.0.0.1:2 -L info -- ' +
        '--grpc-server-addr 127.0.0.1:50051 --cpu-port=255 --priority-queues 8',
    );
    assert.equal(args.deviceId, 7n);
    assert.equal(args.pcap, 'logs');
    assert.deepEqual(args.ports, [
      { port: 1, device: 's1-eth1' },
      { port: 2, device: 'udp:127.0.0.1:1-127.0.0.1:2' },
    ]);
    assert.equal(args.log.level, 'info');
    assert.deepEqual(
      [args.grpcAddress, args.cpuPort, args.dropPort, args.priorityQueues],
      ['127.0.0.1:50051', 255, 511, 8],
    );
    assert.match(args.notes.join(), /--thrift-port changes nothing/);
    assert.deepEqual([read('--pcap p.json').pcap, read('--pcap p.json').program], ['.', 'p.json']);
    assert.equal(switchArguments(['-h']), 'help');
    assert.match(switchHelp(), /--grpc-server-with-client-auth/);
  });

  it('that make no sense are refused with what would', () => {
    const cases: [string, RegExp][] = [
      ['-i 1@a', /JSON of a program, or --no-p4/],
      ['--no-p4 -i eth0', /PORT@DEVICE/],
      ['--no-p4 -i 1@a -i 1@b', /given twice/],
      ['--no-p4 -i 5@a -- --cpu-port 5', /is the --cpu-port/],
      ['--no-p4 -- --cpu-port x', /--cpu-port takes a whole number/],
      ['--no-p4 -- --cpu-port 511', /both 511/],
      ['--no-p4 -- --grpc-server-ssl', /needs --grpc-server-cert/],
      ['--no-p4 -- --load-modules x.so', /not supported/],
      ['--no-p4 -L loud', /--log-level is one of/],
      ['--no-p4 --nonsense', /no option --nonsense/],
      ['a.json b.json', /one argument too many/],
    ];
    for (const [line, message] of cases) assert.throws(() => read(line), { code: 'USAGE', message }, line);
  });
});
