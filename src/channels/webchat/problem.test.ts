import { loadTexts } from '../../texts/texts.js';
import { PROBLEMS, type ProblemName, problemOfError, problemSentence } from './problem.js';

const texts = loadTexts('locales/vi/webchat');

describe('problems', () => {
  it.each(Object.keys(PROBLEMS) as ProblemName[])('%s has a title and a sentence with 111', (name) => {
    expect(texts.say(`problem.${name}.title`)).not.toBe('');
    expect(problemSentence(texts, name)).toContain('111');
  });

  it('have no words that blame or put off', () => {
    for (const key of texts.keys) {
      expect(texts.say(key, 'teen', { date: '', number: '', count: '', size: '' })).not.toMatch(
        /bạn nhập sai|không hợp lệ|vui lòng thử lại|hệ thống|lỗi/i,
      );
    }
  });

  it('are told apart by the kind of error, an unknown one counts as ours', () => {
    expect(problemOfError({ type: 'entity.parse.failed' })).toBe('broken_json');
    expect(problemOfError({ type: 'entity.too.large' })).toBe('too_large');
    for (const odd of [undefined, null, 'text', new Error('x'), { type: 7 }])
      expect(problemOfError(odd)).toBe('broken');
  });
});
