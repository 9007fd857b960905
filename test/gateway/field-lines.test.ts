import assert from 'node:assert/strict';
import { framingOf, headersOf } from '../../host/gateway/field-lines.js';
import { Fields } from '../../host/gateway/heads.js';

describe('field lines', () => {
  it('have blanks and tabs cut from values, and no other byte: text in UTF-8 may end with a0 or 85', () => {
    // "voilà", and "Å" with a byte that JavaScript counts as white space.
    const lines = '\r\nHost:\t \u00c3\u00a0 \r\nX-Word: voil\u00c3\u00a0\t\r\nX-Other:\u00c2\u0085';
    assert.deepEqual(headersOf(lines), [
      ['host', '\u00c3\u00a0'],
      ['x-word', 'voil\u00c3\u00a0'],
      ['x-other', '\u00c2\u0085'],
    ]);
    assert.equal(framingOf(lines).host, '\u00c3\u00a0');
    assert.equal(Fields.ofLines(lines).value('x-word'), 'voil\u00c3\u00a0');
  });

  it('lose what belongs to one connection, named or not, from lines and from node’s lists alike', () => {
    const raw = ['Host', 'a', 'Connection', 'X-Mine, close', 'X-Mine', '1', 'TE', 'gzip', 'X-Kept', '2'];
    const lines = '\r\nHost: a\r\nConnection: X-Mine, close\r\nX-Mine: 1\r\nTE: gzip\r\nX-Kept: 2';
    const kept = [
      ['host', 'a'],
      ['x-kept', '2'],
    ];
    assert.deepEqual(Fields.ofRaw(raw).headers, kept);
    assert.deepEqual(headersOf(framingOf(lines).lines), kept);
  });

  it('are known by name where nothing stands behind the colon, too', () => {
    const lines =
      '\r\nHost:\r\nTE:\r\nKeep-Alive:\r\nContent-Length:\r\nContent-Length: 5\r\nX-Kept:\r\nConnection:';
    const { hosts, host, contentLength, lines: kept } = framingOf(lines);
    assert.deepEqual([hosts, host, contentLength], [1, '', Number.NaN]);
    assert.equal(kept, '\r\nHost:\r\nContent-Length:\r\nContent-Length: 5\r\nX-Kept:');
    assert.deepEqual(headersOf(framingOf('\r\nHost: a\r\nTE:\r\nUpgrade:\r\nX-Kept: 1').lines), [
      ['host', 'a'],
      ['x-kept', '1'],
    ]);
  });

  it('keep Upgrade where a tunnel is asked for, though Connection names it', () => {
    const raw = [':path', '/', 'Upgrade', 'websocket', 'Connection', 'Upgrade', 'X-Kept', '2'];
    assert.deepEqual(Fields.ofRaw(raw).headers, [['x-kept', '2']]);
    assert.deepEqual(Fields.ofRaw(raw, true).headers, [
      ['upgrade', 'websocket'],
      ['x-kept', '2'],
    ]);
  });
});
