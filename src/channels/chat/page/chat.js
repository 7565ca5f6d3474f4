// The customer's side of a chat in the browser. docs/chat.md describes the messages.

const AGAIN_MS_MIN = 500;
const AGAIN_MS_MAX = 15_000;
/** A line that was refused because too much came at once is sent again after this. */
const SLOW_DOWN_MS = 5_000;
const TYPING_EVERY_MS = 2_500;
const TYPING_SHOWN_MS = 4_000;
/** The chat of this tab, so that it goes on when the page is loaded again. */
const KEPT = 'strowger-chat';

const byId = (id) => document.getElementById(id);
const lines = byId('lines');
const statusLine = byId('status');
const typing = byId('typing');
const begin = byId('begin');
const write = byId('write');
const text = byId('text');
const leave = byId('leave');

let kept = readKept();
let socket;
let againMs = AGAIN_MS_MIN;
let over = false;
/** The status in words, shown while the connection stands. */
let said = '';
let typedAtMs = 0;
let typingTimer;
/** Whoever reads the newest line goes on reading the newest one. */
let atEnd = true;
/** What was not said to be received yet, by id, in order; sent again after every break. */
const unsent = new Map();

function readKept() {
  try {
    const chat = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
    return chat && { token: chat.token, seq: 0 };
  } catch {
    return null;
  }
}

function keep(chat) {
  kept = chat;
  if (chat) sessionStorage.setItem(KEPT, JSON.stringify({ token: chat.token }));
  else sessionStorage.removeItem(KEPT);
}

function connect(first) {
  socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/chat/socket`);
  socket.onopen = () => send(first());
  socket.onmessage = ({ data }) => receive(JSON.parse(data));
  socket.onclose = () => {
    if (over) return;
    show('Connecting again …', true);
    typing.hidden = true;
    if (kept) setTimeout(() => connect(resume), againMs * (0.5 + Math.random() / 2));
    else askForName('The chat cannot be reached. Please try again.');
    againMs = Math.min(againMs * 2, AGAIN_MS_MAX);
  };
}

function resume() {
  return { type: 'resume', token: kept.token, after: kept.seq };
}

function send(message) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function receive(message) {
  switch (message.type) {
    case 'welcome':
      return welcome(message);
    case 'message':
      return line(message);
    case 'status':
      return status(message);
    case 'typing':
      return showTyping();
    case 'received':
      unsent.delete(message.id);
      return;
    case 'error':
      return trouble(message);
  }
}

function welcome({ token }) {
  againMs = AGAIN_MS_MIN;
  keep({ token, seq: kept?.token === token ? kept.seq : 0 });
  begin.hidden = true;
  write.hidden = false;
  leave.hidden = false;
  for (const message of unsent.values()) send(message);
  if (!document.activeElement || document.activeElement === document.body) text.focus();
}

function status({ status: stage, position, agent }) {
  if (stage === 'ended') return end('The chat is over.');
  if (stage === 'waiting') show(position > 1 ? `You are number ${position} in line.` : 'You are next in line.');
  else show(stage === 'talking' ? `You are talking with ${agent}.` : 'You are connected.');
}

function show(words, bad = false) {
  if (!bad) said = words;
  statusLine.textContent = words;
  statusLine.classList.toggle('trouble', bad);
}

function trouble({ code, id, message }) {
  if (code === 'chat.slow_down' && id) {
    const again = unsent.get(id);
    if (again) setTimeout(() => unsent.has(id) && send(again), SLOW_DOWN_MS);
    return show('That was quick: sending again in a moment …', true);
  }
  if (code === 'chat.unavailable') return setTimeout(() => unsent.has(id) && send(unsent.get(id)), SLOW_DOWN_MS);
  if (code === 'chat.token_wrong' || code === 'chat.over') return end('That chat is over.');
  if (code === 'chat.choice_unknown') closeChoices();
  if (id) {
    unsent.delete(id);
    byLineId(id)?.remove();
  }
  if (code === 'chat.refused' || code === 'chat.slow_down') keep(null);
  show(message, true);
  setTimeout(() => show(said), SLOW_DOWN_MS);
}

function end(words) {
  over = true;
  keep(null);
  unsent.clear();
  closeChoices();
  typing.hidden = true;
  write.hidden = true;
  leave.hidden = true;
  socket?.close();
  askForName(words);
}

function askForName(words) {
  show(words);
  begin.hidden = false;
  write.hidden = true;
  begin.querySelector('button').textContent = lines.childElementCount > 0 ? 'Start a new chat' : 'Start the chat';
}

function line(message) {
  const { seq, id, from } = message;
  if (!kept || seq <= kept.seq) return;
  kept.seq = seq;
  send({ type: 'ack', seq });
  if (from === 'customer') {
    unsent.delete(id);
    byLineId(id)?.remove();
    answered(message.text);
  } else typing.hidden = true;
  if (message.choices) closeChoices();
  lines.append(drawn(message));
  conceal(from === 'site' && message.sensitive === true);
  if (from === 'customer') atEnd = true;
  toEnd();
}

function drawn({ id, from, name, text: words, choices, sensitive, seq, pending }) {
  const item = document.createElement('li');
  item.className = from;
  item.dataset.id = id;
  const last = lines.lastElementChild;
  if (name && last?.dataset.name !== name) {
    const by = document.createElement('span');
    by.className = 'by';
    by.textContent = name;
    item.append(by);
  }
  if (name) item.dataset.name = name;
  if (pending) item.classList.add('pending');
  const hidden = from === 'customer' && sensitive && !words;
  if (hidden) item.classList.add('concealed');
  if (words || hidden) {
    const bubble = document.createElement('p');
    bubble.className = 'bubble';
    bubble.textContent = hidden ? 'Not kept' : words;
    item.append(bubble);
  }
  if (choices) item.append(buttons(choices, seq));
  return item;
}

function buttons(choices, seq) {
  const group = document.createElement('div');
  group.className = 'choices';
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', 'Choices');
  for (const { key, label } of choices) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.onclick = () => {
      button.classList.add('chosen');
      closeChoices();
      say({ type: 'choose', id: newId(), key, seq }, label);
      text.focus();
    };
    group.append(button);
  }
  return group;
}

/** Only the newest question can be answered by its buttons. */
function closeChoices() {
  for (const button of lines.querySelectorAll('.choices button')) button.disabled = true;
}

/** What is asked for in confidence is not shown while it is typed. */
function conceal(yes) {
  text.style.webkitTextSecurity = yes ? 'disc' : '';
  text.dataset.sensitive = yes ? 'yes' : '';
}

/** A choice that was made before the page was loaded again, or on another one. */
function answered(words) {
  const open = [...lines.querySelectorAll('.choices button:enabled')];
  const chosen = open.find((button) => button.textContent === words);
  if (!chosen) return;
  chosen.classList.add('chosen');
  closeChoices();
}

function toEnd() {
  if (atEnd) lines.scrollTop = lines.scrollHeight;
}

function byLineId(id) {
  return lines.querySelector(`.customer[data-id="${CSS.escape(id)}"]`);
}

function newId() {
  return `c${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
}

/** Shown at once, and sent until it is said to be received. */
function say(message, words) {
  unsent.set(message.id, message);
  lines.append(drawn({ id: message.id, from: 'customer', text: words, pending: true }));
  atEnd = true;
  toEnd();
  send(message);
}

function showTyping() {
  typing.hidden = false;
  clearTimeout(typingTimer);
  typingTimer = setTimeout(() => {
    typing.hidden = true;
  }, TYPING_SHOWN_MS);
}

function fit() {
  text.style.height = 'auto';
  text.style.height = `${text.scrollHeight + 2}px`;
}

begin.onsubmit = (event) => {
  event.preventDefault();
  over = false;
  keep(null);
  kept = null;
  lines.replaceChildren();
  show('Connecting …');
  const name = byId('name').value.trim();
  const to = new URLSearchParams(location.search).get('to');
  connect(() => (kept ? resume() : { type: 'hello', name, language: navigator.language, ...(to ? { to } : {}) }));
};

write.onsubmit = (event) => {
  event.preventDefault();
  const words = text.value.trim();
  if (!words) return;
  text.value = '';
  fit();
  say({ type: 'message', id: newId(), text: words }, text.dataset.sensitive ? '•'.repeat(words.length) : words);
};

text.onkeydown = (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  write.requestSubmit();
};

text.oninput = () => {
  fit();
  if (Date.now() - typedAtMs < TYPING_EVERY_MS) return;
  typedAtMs = Date.now();
  send({ type: 'typing' });
};

lines.onscroll = () => {
  atEnd = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 80;
};

// The space for lines changes with the keyboard of a phone, the hint that somebody writes, a message of many lines.
new ResizeObserver(toEnd).observe(lines);

leave.onclick = () => send({ type: 'bye' });

if (kept) connect(resume);
else byId('name').focus();
