/**
 * Every word the page and its script show. The server puts them into the page, so the script holds none of its own.
 * `{date}`, `{number}`, `{count}` and `{size}` stay open, see `fill`.
 */
export function pageWords(texts: {
  say(key: string, voice: 'teen', values: Readonly<Record<string, string>>): string;
}) {
  const open = { date: '{date}', number: '{number}', count: '{count}', size: '{size}' };
  const say = (key: string) => texts.say(`page.${key}`, 'teen', open);
  return {
    title: say('title'),
    name: say('name'),
    tagline: say('tagline'),
    callLine: say('call_line'),
    callLineLabel: say('call_line_label'),
    skip: say('skip'),
    log: say('log'),
    hello: say('intro.hello'),
    machine: say('intro.machine'),
    safety: say('intro.safety'),
    begin: say('intro.begin'),
    fromUs: say('message.from_us'),
    fromYou: say('message.from_you'),
    fromStaff: say('message.from_staff'),
    choices: say('message.choices'),
    sources: say('message.sources'),
    effective: say('message.effective'),
    call: say('message.call'),
    danger: say('message.danger'),
    code: say('message.code'),
    notAPhoneAfter: say('message.not_a_phone_after'),
    writeLabel: say('write.label'),
    writeText: say('write.text'),
    writePlace: say('write.place'),
    writeCode: say('write.code'),
    send: say('write.send'),
    news: say('write.news'),
    file: say('write.file'),
    fileTooBig: say('write.file_too_big'),
    fileSent: say('write.file_sent'),
    placesLabel: say('places.label'),
    placesNone: say('places.none'),
    placesSome: say('places.some'),
    waiting: say('state.waiting'),
    retrying: say('state.retrying'),
    uploading: say('state.uploading'),
    lost: say('state.lost'),
    notSent: say('state.not_sent'),
    sendAgain: say('state.send_again'),
    noNews: say('state.no_news'),
    idle: say('state.idle'),
    beginAgain: say('state.begin_again'),
    leave: say('leave.button'),
    leaveNote: say('leave.note'),
    leaveKeys: say('leave.keys'),
  };
}

export type PageWords = ReturnType<typeof pageWords>;

/** Puts a value into an open place of a word: `fill('Gọi {number}', 'number', '111')`. */
export function fill(word: string, name: 'date' | 'number' | 'count' | 'size', value: string): string {
  return word.replace(`{${name}}`, value);
}
