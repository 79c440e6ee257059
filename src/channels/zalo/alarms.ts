/** What an alarm is about: the grant ends only when tokens flow again, sending only when something was sent. */
type Subject = 'grant' | 'sending';

export interface Alarms {
  raise(subject: Subject, code: string): void;
  clear(subject: Subject): void;
}

/**
 * Makes one alarm of the channel's two subjects, and says it only when it changes. The grant comes first: without it
 * nothing is sent either.
 */
export function createAlarms(alarm: (code: string | undefined) => void): Alarms {
  const codes: Partial<Record<Subject, string | undefined>> = {};
  let said: string | undefined | 'nothing yet' = 'nothing yet';
  const tell = () => {
    const code = codes.grant ?? codes.sending;
    // What an earlier process raised is cleared only by what is known now.
    if (said === code) return;
    if (said === 'nothing yet' && code === undefined && Object.keys(codes).length < 2) return;
    said = code;
    alarm(code);
  };
  const set = (subject: Subject, code: string | undefined) => {
    codes[subject] = code;
    tell();
  };
  return { raise: (subject, code) => set(subject, code), clear: (subject) => set(subject, undefined) };
}
