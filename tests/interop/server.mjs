// SPDX-License-Identifier: GPL-3.0-or-later

// A real server on a free port with the small sample, and people signed in to it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const DEADLINE = 20_000;

export const people = {
  admin: ['admin@retailfixit.com', 'admin123'],
  dispatcher: ['dispatcher@coolair.com', 'dispatch123'],
  technician: ['ahmed@coolair.com', 'tech123'],
  otherDispatcher: ['dispatcher@sparkelectric.com', 'dispatch123'],
  otherTechnician: ['sara@sparkelectric.com', 'tech123'],
};

// Waits for a condition that something else brings about.
export async function until(condition, what) {
  const end = Date.now() + DEADLINE;

  while (!condition()) {
    if (Date.now() > end)
      throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export class Server {
  #directory;
  #process;
  #port = 0;

  static async start() {
    const server = new Server();
    server.#directory = await mkdtemp(join(tmpdir(), 'rfi-interop-'));
    await server.#spawn('small');
    return server;
  }

  async #spawn(sample) {
    this.#process = spawn(process.env.RFI_SERVER,
      ['--data', this.#directory, '--listen', '127.0.0.1', '--port', String(this.#port),
        '--sample', sample],
      { stdio: ['ignore', 'pipe', 'ignore'] });
    const lines = createInterface({ input: this.#process.stdout });
    const line = await Promise.race([
      once(lines, 'line').then(([text]) => text),
      once(this.#process, 'exit').then(([code]) => { throw new Error(`server ended: ${code}`); }),
    ]);
    this.#port = Number(new URL(line.slice('listening on '.length)).port);
    lines.on('line', () => {});
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  async stop() {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    const [code] = await ended;
    return code;
  }

  async startAgain() {
    await this.#spawn('none');
  }

  async remove() {
    if (this.#process.exitCode === null)
      await this.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }

  async request(method, path, token, body) {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        Accept: 'application/json',
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body && { 'Content-Type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok)
      throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }

  async signIn(name) {
    const [email, password] = people[name];
    const { token, user } = await this.request('POST', '/api/auth/login', null,
      { email, password });
    return { name, token, user };
  }
}
