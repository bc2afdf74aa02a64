// Draws /api/openapi.json: the operations by noun, what they take and answer,
// and a form to try each. Everything is set as text, never as markup.
'use strict';

const main = document.getElementById('main');
const toc = document.getElementById('toc');
let spec;
let token = '';

/** Makes an element with properties and children. */
function el(tag, props = {}, ...children) {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children.filter((c) => c !== undefined && c !== null));
  return node;
}

/** Follows a reference into the components. */
function resolve(schema) {
  let s = schema ?? {};
  while (s.$ref) s = s.$ref.slice(2).split('/').reduce((o, k) => o[k], spec);
  return s;
}

/** Names a type in one or two words. */
function typeName(schema) {
  const s = resolve(schema);
  const name = schema.$ref ? schema.$ref.split('/').pop() : '';
  if (s.enum) return s.enum.join(' | ');
  const type = [].concat(s.type ?? 'any').filter((t) => t !== 'null')[0];
  if (type === 'array') return `list of ${typeName(s.items ?? {})}`;
  if (type === 'object' && s.additionalProperties && !s.properties) return `map of ${typeName(s.additionalProperties)}`;
  return name || (s.format && !/^(int|double|float)/.test(s.format) ? s.format : type);
}

/** Finds the object below lists and maps, to show its members. */
function inner(schema) {
  const s = resolve(schema);
  if (s.items) return inner(s.items);
  if (!s.properties && typeof s.additionalProperties === 'object') return inner(s.additionalProperties);
  return s;
}

function limits(s) {
  const out = [];
  if (s.minLength) out.push(`at least ${s.minLength} characters`);
  if (s.maxLength) out.push(`at most ${s.maxLength} characters`);
  if (s.maxItems) out.push(`at most ${s.maxItems} items`);
  if (s.minimum !== undefined) out.push(`from ${s.minimum}`);
  if (s.maximum !== undefined) out.push(`to ${s.maximum}`);
  return out.length ? ` (${out.join(', ')})` : '';
}

/** One table row per member; objects open below their row when asked. */
function members(schema, trail) {
  const s = inner(schema);
  const names = Object.keys(s.properties ?? {});
  if (!names.length) return el('p', { textContent: 'No members.' });
  const required = new Set(s.required ?? []);
  const table = el('table');
  for (const name of names) {
    const prop = s.properties[name];
    const below = inner(prop);
    const note = el('td', { textContent: (prop.description ?? '') + limits(resolve(prop)) });
    if (below.properties && !trail.includes(below)) {
      const more = el('details', {}, el('summary', { textContent: 'members' }));
      more.addEventListener('toggle', () => more.childElementCount === 1 && more.append(members(below, [...trail, below])), { once: true });
      note.append(more);
    }
    const label = el('td', {}, name, required.has(name) ? el('span', { className: 'must', title: 'required', textContent: ' *' }) : undefined);
    table.append(el('tr', {}, label, el('td', { textContent: typeName(prop) }), note));
  }
  return table;
}

/** A body to begin with: the required members, and examples where there are some. */
function sample(schema, depth = 0) {
  const s = resolve(schema);
  if (s.examples) return s.examples[0];
  if (s.enum) return s.enum[0];
  if (s.properties && depth < 3) {
    const out = {};
    for (const [name, prop] of Object.entries(s.properties)) {
      if ((s.required ?? []).includes(name) || resolve(prop).examples) out[name] = sample(prop, depth + 1);
    }
    return out;
  }
  return { string: '', integer: 0, number: 0, boolean: false, array: [], object: {} }[[].concat(s.type)[0]] ?? null;
}

async function call(name, body) {
  const headers = { 'Content-Type': 'application/json' };
  if (token) headers.Authorization = `Bearer ${token}`;
  const began = performance.now();
  const res = await fetch(`/api/v1/${name}`, { method: 'POST', headers, body });
  const text = await res.text();
  let value;
  try { value = JSON.parse(text); } catch { value = text; }
  return { ok: res.ok, status: res.status, value, ms: Math.round(performance.now() - began) };
}

function tryForm(name, schema) {
  const box = el('textarea', { value: JSON.stringify(sample(schema), null, 2), spellcheck: false, ariaLabel: `Body for ${name}` });
  const out = el('div', { ariaLive: 'polite' });
  const send = el('button', { type: 'button', textContent: 'Send' });
  send.addEventListener('click', async () => {
    send.disabled = true;
    try {
      const a = await call(name, box.value);
      out.replaceChildren(
        el('p', { className: a.ok ? '' : 'status-bad', textContent: `${a.status} in ${a.ms} ms` }),
        el('pre', { textContent: typeof a.value === 'string' ? a.value : JSON.stringify(a.value, null, 2), tabIndex: 0 }),
      );
    } catch (e) {
      out.replaceChildren(el('p', { className: 'status-bad', textContent: `No answer: ${e.message}` }));
    }
    send.disabled = false;
  });
  return el('details', {}, el('summary', { textContent: 'Try it' }), box, send, out);
}

function operation(name, op) {
  const body = op.requestBody.content['application/json'].schema;
  const reply = op.responses['200'].content['application/json'].schema;
  const badges = el('p', {},
    el('span', { className: 'badge', textContent: `right: ${op['x-permission']}` }),
    op['x-changes'] ? el('span', { className: 'badge', textContent: 'Idempotency-Key' }) : undefined,
    op.deprecated ? el('span', { className: 'badge', textContent: 'deprecated' }) : undefined);
  return el('section', { id: name },
    el('h2', {}, name, el('small', { textContent: op.summary })),
    badges, el('p', { textContent: op.description }),
    el('h3', { textContent: 'Request' }), members(body, [inner(body)]),
    el('h3', { textContent: 'Reply' }), members(reply, [inner(reply)]),
    tryForm(name, body));
}

function problems() {
  const table = el('table');
  for (const [path, item] of Object.entries(spec.components.responses)) {
    const code = path.replace(/[A-Z]/g, (c, i) => (i ? '_' : '') + c.toLowerCase());
    table.append(el('tr', { id: `problem-${code}` }, el('td', { textContent: code }), el('td', { textContent: '' }), el('td', { textContent: item.description })));
  }
  return el('section', { id: 'problems' }, el('h2', { textContent: 'Problems' }),
    el('p', { textContent: 'Every answer that is not 200 is application/problem+json with one of these codes.' }), table);
}

function draw() {
  document.getElementById('version').textContent = spec.info.version;
  const intro = el('section', { className: 'intro' });
  for (const text of spec.info.description.split('\n\n')) intro.append(el('p', { textContent: text }));
  main.replaceChildren(intro);
  const groups = new Map(spec.tags.map((t) => [t.name, []]));
  for (const item of Object.values(spec.paths)) groups.get(item.post.tags[0]).push(item.post);
  for (const [noun, ops] of groups) {
    const list = el('li', { className: 'noun' }, el('b', { textContent: noun }));
    for (const op of ops) {
      list.append(el('a', { href: `#${op.operationId}`, textContent: op.operationId, title: op.summary }));
      main.append(operation(op.operationId, op));
    }
    toc.append(list);
  }
  toc.append(el('li', {}, el('b', { textContent: 'answers' }), el('a', { href: '#problems', textContent: 'problems' })));
  main.append(problems());
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

document.getElementById('filter').addEventListener('input', (e) => {
  const word = e.target.value.toLowerCase();
  for (const a of toc.querySelectorAll('a')) a.hidden = !`${a.textContent} ${a.title}`.toLowerCase().includes(word);
});

document.getElementById('signin').addEventListener('submit', async (e) => {
  e.preventDefault();
  const who = document.getElementById('who');
  const form = e.target;
  const answer = await call('auth.login', JSON.stringify(Object.fromEntries(new FormData(form))));
  token = answer.ok ? answer.value.access_token : '';
  who.textContent = answer.ok ? `signed in as ${form.email.value}` : answer.value.detail;
  form.password.value = '';
});

fetch('/api/openapi.json').then((r) => r.json()).then((d) => { spec = d; draw(); })
  .catch((e) => main.replaceChildren(el('p', { className: 'status-bad', textContent: `The description could not be read: ${e.message}` })));
