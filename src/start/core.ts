import path from 'node:path';
import { readAttachments } from '../conversation/attachments.js';
import { checkFlows } from '../conversation/check-flows.js';
import { createCite } from '../conversation/cite.js';
import { createEngine } from '../conversation/engine.js';
import { describeProblem, loadSoundFlows } from '../conversation/load-flows.js';
import { readOfficeHours } from '../conversation/office-hours.js';
import type { Engine } from '../conversation/talk.js';
import { createDirectory } from '../directory/create-directory.js';
import type { Directory } from '../directory/directory.js';
import { type Deadlines, loadDeadlines } from '../reports/deadlines.js';
import { type LikelySameRules, loadLikelySame } from '../reports/likely-same.js';
import { loadReferralGrounds, type ReferralGrounds } from '../reports/referral-grounds.js';
import { loadRetention, type Retention } from '../reports/retention.js';
import { loadTexts, type Texts } from '../texts/texts.js';
import type { ContentState } from '../understanding/content-state.js';
import { contentState } from '../understanding/content-state.js';
import { createUnderstanding } from '../understanding/create-understanding.js';
import type { Understanding } from '../understanding/understanding.js';

/** Everything that thinks and nothing that touches the outside: pure functions over the files of data/, flows/ and locales/. */
export interface Core {
  readonly engine: Engine;
  readonly understanding: Pick<Understanding, 'screenDanger'>;
  readonly directory: Directory;
  readonly deadlines: Deadlines;
  readonly retention: Retention;
  readonly likelySame: LikelySameRules;
  readonly referralGrounds: ReferralGrounds;
  readonly texts: {
    readonly messages: Texts;
    readonly console: Texts;
    readonly webchat: Texts;
    readonly terminal: Texts;
  };
  /** What was left out because it is broken; the rest works. One line each, for operators. */
  readonly problems: readonly string[];
  /** Which answers are hidden today, and which soon will be. */
  contentState(): ContentState;
  /** Reads the answers anew when the day has changed: some may be overdue, or cite a law that ended. True when it did. */
  renew(today: string): boolean;
}

/**
 * Reads the content from the project's folder. @throws when a part without which nothing can run is broken (texts,
 * places, competence, danger words); a bad flow or answer is left out and named in `problems`.
 * @param options.today ISO date in Việt Nam
 */
export function loadCore(options: { readonly root: string; readonly today: string }): Core {
  const { root } = options;
  const locale = (name: string): Texts => loadTexts(path.join(root, 'locales/vi', name));
  const texts = {
    messages: locale('messages'),
    console: locale('console'),
    webchat: locale('webchat'),
    terminal: locale('terminal'),
  };
  const directory = createDirectory({ root });
  // A flow that is broken is left out and named; an answer that has expired since takes no flow with it.
  const attachments = readAttachments(path.join(root, 'locales/vi/attachments'));
  const { flows, problems } = loadSoundFlows(path.join(root, 'flows'), (read) =>
    checkFlows(read, texts.messages, attachments),
  );
  const officeAt = readOfficeHours(path.join(root, 'data/office-hours.yaml'));
  const think = (today: string) => {
    const understanding = createUnderstanding({ root, today });
    const mind = {
      ...understanding,
      findPlaces: (text: string) => directory.findPlaces(text),
      cite: createCite(understanding.documents, texts.messages),
    };
    return { today, understanding, engine: createEngine({ flows, texts: texts.messages, mind, officeAt }) };
  };
  let now = think(options.today);
  return {
    engine: {
      step: (...given) => now.engine.step(...given),
      resume: (...given) => now.engine.resume(...given),
      wake: (...given) => now.engine.wake(...given),
      withoutStore: (context) => now.engine.withoutStore(context),
    },
    understanding: { screenDanger: (text) => now.understanding.screenDanger(text) },
    directory,
    deadlines: loadDeadlines(root),
    retention: loadRetention(root),
    likelySame: loadLikelySame(root),
    referralGrounds: loadReferralGrounds(root),
    texts,
    problems: [
      ...problems.map(describeProblem),
      ...now.understanding.problems.map(({ file, cause }) => `${file}: ${cause}`),
    ],
    contentState: () => contentState(now.understanding, now.today),
    renew(today) {
      if (today === now.today) return false;
      now = think(today);
      return true;
    },
  };
}
