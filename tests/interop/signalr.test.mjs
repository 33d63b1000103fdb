// SPDX-License-Identifier: GPL-3.0-or-later

// The official SignalR client for JavaScript against our hub.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Server, people, until } from './server.mjs';

const require = createRequire(join(process.env.RFI_NODE_MODULES, 'here'));
const { HttpTransportType, HubConnectionBuilder, HubConnectionState, LogLevel } =
  require('@microsoft/signalr');

const EVENTS = ['JobCreated', 'JobAssigned', 'JobStatusChanged', 'JobUpdated', 'JobDeleted'];
// The phone's way: it goes straight to the socket. Other clients ask the hub first.
const PHONE = { skipNegotiation: true, transport: HttpTransportType.WebSockets };
const STANDARD = {};

let server;
const persons = {};

class Listener {
  constructor(person, url, token, options) {
    this.name = person.name;
    this.heard = [];
    this.n_reconnected = 0;
    this.connection = new HubConnectionBuilder()
      .withUrl(url, { ...options, accessTokenFactory: () => token })
      .withAutomaticReconnect(Array(200).fill(100))
      .configureLogging(LogLevel.None)
      .build();
    for (const event of EVENTS)
      this.connection.on(event, (...args) => this.heard.push({ event, args }));
    this.connection.onreconnected(() => this.n_reconnected++);
  }

  static async connect(person, options) {
    const { url, accessToken } =
      await server.request('POST', '/api/signalr/negotiate', person.token);
    const listener = new Listener(person, url, accessToken, options);
    await listener.connection.start();
    return listener;
  }

  // What the server sends arrives in order: once it has answered this, nothing sent before is
  // still on its way.
  async drain() {
    await assert.rejects(this.connection.invoke('Mark'), /Mark/);
  }

  take() {
    return this.heard.splice(0);
  }
}

async function connectAll(options) {
  return Promise.all(Object.values(persons).map((person) => Listener.connect(person, options)));
}

async function disconnect(listeners) {
  await Promise.all(listeners.map((listener) => listener.connection.stop()));
}

// Exactly those named heard exactly one event, and this one; nobody else heard anything.
async function expectEvent(listeners, event, names, check) {
  const expected = listeners.filter((listener) => names.includes(listener.name));

  await until(() => expected.every((listener) => listener.heard.length > 0),
    `${names} hear ${event}`);
  await Promise.all(listeners.map((listener) => listener.drain()));
  for (const listener of listeners) {
    const heard = listener.take();
    assert.deepEqual(heard.map((one) => one.event),
      names.includes(listener.name) ? [event] : [], `${event} at ${listener.name}`);
    for (const { args } of heard) {
      assert.equal(args.length, 1);
      check(args[0]);
    }
  }
}

const newJob = () => ({
  title: 'Ice machine leaks',
  description: 'Water under the machine – about 2 °C.',
  priority: 'high',
  vendorId: 'vendor-001',
  location: {
    storeName: 'FreshMart #7', address: '12 Elm St', city: 'Dallas', state: 'TX', zipCode: '75201',
  },
});

async function createJob(token) {
  return (await server.request('POST', '/api/jobs', token, newJob())).data;
}

// Through the life of a job, every event it can cause.
async function liveThrough(listeners) {
  const { admin, dispatcher, technician } = persons;
  let job = await createJob(admin.token);
  const is = (id) => (payload) => assert.equal(payload.job.id, id);

  await expectEvent(listeners, 'JobCreated', ['admin', 'dispatcher'], (payload) => {
    // What our console uses besides, other clients pass over.
    assert.deepEqual(Object.keys(payload), ['job', 'triggeredBy', 'changeSeq']);
    assert.equal(payload.job.description, newJob().description);
    assert.equal(payload.job._etag, job._etag);
    assert.equal(payload.triggeredBy, admin.user.id);
    assert.ok(!('createdByName' in payload.job));
  });

  ({ data: job } = await server.request('POST', `/api/jobs/${job.id}/assign`, dispatcher.token,
    { technicianId: technician.user.id }));
  await expectEvent(listeners, 'JobAssigned', ['admin', 'dispatcher', 'technician'],
    (payload) => assert.equal(payload.job.assignedTo, technician.user.id));

  ({ data: job } = await server.request('PATCH', `/api/jobs/${job.id}/status`, technician.token,
    { status: 'in-progress', _etag: job._etag }));
  await expectEvent(listeners, 'JobStatusChanged', ['admin', 'dispatcher', 'technician'],
    (payload) => {
      assert.equal(payload.previousStatus, 'assigned');
      assert.equal(payload.job.status, 'in-progress');
      assert.equal(payload.triggeredBy, technician.user.id);
    });

  ({ data: job } = await server.request('PATCH', `/api/jobs/${job.id}`, dispatcher.token,
    { title: 'Ice machine leaks badly', _etag: job._etag }));
  await expectEvent(listeners, 'JobUpdated', ['admin', 'dispatcher', 'technician'],
    (payload) => assert.equal(payload.job.title, 'Ice machine leaks badly'));

  await server.request('DELETE', `/api/jobs/${job.id}`, admin.token);
  await expectEvent(listeners, 'JobDeleted', ['admin', 'dispatcher', 'technician'], is(job.id));
}

before(async () => {
  server = await Server.start();
  for (const name of Object.keys(people))
    persons[name] = await server.signIn(name);
});

after(() => server.remove());

for (const [way, options] of [['as the phone does', PHONE], ['through negotiation', STANDARD]]) {
  test(`five people connect ${way} and hear what is theirs, once`, async () => {
    const listeners = await connectAll(options);

    await liveThrough(listeners);
    await disconnect(listeners);
  });
}

test('who loses a job is told', async () => {
  const listeners = await connectAll(PHONE);
  const { admin, technician } = persons;
  const job = await createJob(admin.token);

  await expectEvent(listeners, 'JobCreated', ['admin', 'dispatcher'], () => {});
  await server.request('POST', `/api/jobs/${job.id}/assign`, admin.token,
    { technicianId: technician.user.id });
  await expectEvent(listeners, 'JobAssigned', ['admin', 'dispatcher', 'technician'], () => {});
  await server.request('POST', `/api/jobs/${job.id}/assign`, admin.token, { technicianId: null });
  await expectEvent(listeners, 'JobAssigned', ['admin', 'dispatcher', 'technician'],
    (payload) => assert.equal(payload.job.assignedTo, null));
  await disconnect(listeners);
});

test('a second console of the same person hears its own copy', async () => {
  const listeners = [await Listener.connect(persons.dispatcher, PHONE),
    await Listener.connect(persons.dispatcher, STANDARD)];

  await createJob(persons.dispatcher.token);
  await expectEvent(listeners, 'JobCreated', ['dispatcher'], () => {});
  await disconnect(listeners);
});

test('a token that is not ours opens nothing', async () => {
  const url = `${server.url}/client/?hub=jobs`;

  for (const [options, words] of [[PHONE, /failed to connect/], [STANDARD, /401/]])
    for (const token of ['garbage', persons.admin.token]) {
      const listener = new Listener(persons.admin, url, token, options);
      await assert.rejects(listener.connection.start(), words);
    }
});

test('clients come back after the server was restarted', async () => {
  const listeners = [...await connectAll(PHONE), ...await connectAll(STANDARD)];

  assert.equal(await server.stop(), 0);
  await until(() => listeners.every(
    (listener) => listener.connection.state !== HubConnectionState.Connected),
  'everybody has noticed');
  await server.startAgain();
  await until(() => listeners.every((listener) => listener.n_reconnected === 1),
    'everybody is back');
  await liveThrough(listeners);
  await disconnect(listeners);
});
