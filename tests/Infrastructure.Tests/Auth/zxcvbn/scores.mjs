// Prints 10,000 passwords of at least 12 characters, the same ones each time, with the score of the reference
// implementation: one a line, as score, tab, password.
import zxcvbn from 'zxcvbn';
import lists from 'zxcvbn/lib/frequency_lists.js';

const letters = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const signs = '!@#$%&*-_.+ ';
const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890', '1qaz2wsx3edc4rfv5tgb6yhn7ujm', 'qazwsxedcrfvtgbyhnujm'];
const leet = { a: '4@', e: '3', i: '1!', o: '0', s: '5$', t: '7', l: '1' };
const words = Object.values(lists).map((list) => list.slice(0, 3000));

// A linear congruential generator: the passwords must not change from run to run.
let state = 20261128n;
const below = (bound) => {
  state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
  return Number((state >> 33n) % BigInt(bound));
};
const of = (choices) => choices[below(choices.length)];
const times = (count, make) => Array.from({ length: count }, make).join('');
const word = () => of(of(words));
const unit = (alphabet) => times(1 + below(6), () => of(alphabet));
const capital = (text) => text[0].toUpperCase() + text.slice(1);
const date = (separator) => [1 + below(28), 1 + below(12), 1940 + below(90)].join(separator);
const walk = () => {
  const row = below(2) ? of(rows) : [...of(rows)].reverse().join('');
  const start = below(row.length - 3);
  return row.slice(start, start + 4 + below(10));
};
const sequence = () => {
  const alphabet = of([letters, digits, letters.toUpperCase()]);
  const start = below(alphabet.length - 3);
  const part = alphabet.slice(start, start + 3 + below(10));
  return below(2) ? part : [...part].reverse().join('');
};

const kinds = {
  repeated: () => of([unit(letters), unit(digits), unit(letters + digits), unit(letters + signs), word(), walk(), sequence()]).repeat(2 + below(8)),
  repeatedAndMore: () => unit(letters + digits).repeat(3 + below(6)) + unit(digits + signs),
  moreAndRepeated: () => unit(letters + signs) + unit(letters + digits).repeat(3 + below(6)),
  repeatedTwice: () => unit(letters).repeat(2 + below(5)) + unit(digits).repeat(2 + below(5)),
  separated: () => Array(2 + below(6)).fill(of([unit(letters), unit(digits), unit(letters + digits), word()])).join(of(signs)),
  separatedEachTime: () => { const part = of([unit(letters), unit(letters + digits), word()]); return times(3 + below(5), () => part + of(signs)); },
  counted: () => { const part = of([unit(letters), word()]); return times(3 + below(5), (_, i) => part + (i + 1)); },
  capitals: () => { const part = unit(letters); return times(3 + below(5), (_, i) => (i % 2 ? part : capital(part))); },
  wordAndYear: () => capital(word()) + (1950 + below(90)) + times(below(3), () => of(signs)),
  wordAndDigits: () => word() + times(1 + below(6), () => of(digits)),
  twoWords: () => word() + of(signs + digits) + word(),
  threeWords: () => [word(), word(), word()].join(of(['', ' ', '-'])),
  leet: () => [...(word() + word())].map((letter) => (leet[letter] && below(2) ? of(leet[letter]) : letter)).join(''),
  reversed: () => [...word()].reverse().join('') + times(below(5), () => of(digits)),
  walks: () => walk() + of(['', of(signs), of(digits)]) + walk(),
  sequences: () => sequence() + of(['', of(signs)]) + sequence() + of(['', sequence()]),
  dates: () => date(of(['', '.', '/', '-'])) + of(['', word(), of(signs), date('')]),
  name: () => capital(word()) + of(signs) + date(''),
  padded: () => word() + of(signs + digits).repeat(2 + below(10)),
  random: () => times(12 + below(4), () => of(letters + letters.toUpperCase() + digits + signs)),
};

const passwords = new Set();
for (let i = 0; passwords.size < 10000; i++) {
  const made = Object.values(kinds)[i % Object.keys(kinds).length]();
  if (made.length >= 12 && made.length <= 72 && made.trim() === made) {
    passwords.add(made);
  }
}

for (const password of passwords) {
  console.log(`${zxcvbn(password).score}\t${password}`);
}
