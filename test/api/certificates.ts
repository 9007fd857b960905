import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const KEY = 'req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes';

/** Certificates of two authorities, made with openssl in a temporary folder. */
export class Certificates {
  readonly #folder = mkdtempSync(join(tmpdir(), 'sincmesh-certificates-'));

  /** Why none can be made here; undefined where they can. */
  static get missing(): string | undefined {
    try {
      execFileSync('openssl', ['version'], { stdio: 'ignore' });
      return undefined;
    } catch {
      return 'there is no openssl to make certificates with';
    }
  }

  constructor() {
    for (const ca of ['ca', 'other']) {
      this.#openssl(`${KEY} -x509 -days 2 -subj /CN=${ca} -keyout ${ca}.key -out ${ca}.crt`);
    }
    this.#issue('server', 'ca', '-days 2');
    this.#issue('client', 'ca', '-days 2');
    this.#issue('stranger', 'other', '-days 2');
    this.#issue('late', 'ca', '-days -1');
  }

  /** `ca`, `other`: authorities. `server`, `client` of the first, `stranger` of the other, `late` has expired. */
  path(name: string, kind: 'crt' | 'key' = 'crt'): string {
    return join(this.#folder, `${name}.${kind}`);
  }

  pem(name: string, kind: 'crt' | 'key' = 'crt'): string {
    return readFileSync(this.path(name, kind), 'utf8');
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #issue(name: string, ca: string, validity: string): void {
    const names = `-subj /CN=${name} -addext subjectAltName=DNS:localhost,IP:127.0.0.1`;
    this.#openssl(`${KEY} ${names} -keyout ${name}.key -out ${name}.csr`);
    this.#openssl(
      `x509 -req ${validity} -copy_extensions copy -CA ${ca}.crt -CAkey ${ca}.key -CAcreateserial -in ${name}.csr -out ${name}.crt`,
    );
  }

  #openssl(line: string): void {
    execFileSync('openssl', line.split(' '), { cwd: this.#folder, stdio: 'ignore' });
  }
}
